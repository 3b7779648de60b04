using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace LocalAws.DynamoDb.Values;

public sealed class DynamoNumberTests
{
    /// <summary>digits × 10^exponent, with at most 20 digits, so that sums fit into 38.</summary>
    public static Arbitrary<(BigInteger Digits, int Exponent)> Numbers() => Gen.Choose(-999_999_999, 999_999_999)
        .SelectMany(_ => Gen.Choose(0, 999_999_999), (high, low) => ((BigInteger)high * 1_000_000_000) + low)
        .SelectMany(_ => Gen.Choose(-9, 9), (digits, exponent) => (digits, exponent))
        .ToArbitrary();

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("-0", "0")]
    [InlineData("0e5", "0")]
    [InlineData("+5", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("00012", "12")]
    [InlineData("1e+2", "100")]
    [InlineData("1E-5", "0.00001")]
    [InlineData("-12.340", "-12.34")]
    [InlineData("100", "100")]
    [InlineData("12345678901234567890123456789012345678", "12345678901234567890123456789012345678")]
    public void A_number_is_shown_in_plain_notation(string text, string canonical) => Assert.Equal(canonical, Parse(text).ToString());

    [Theory]
    [InlineData("1E126", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("1E-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    [InlineData("1.23456789012345678901234567890123456789", "Attempting to store more than 38 significant digits in a Number")]
    [InlineData("", "The parameter cannot be converted to a numeric value")]
    [InlineData("abc", "The parameter cannot be converted to a numeric value: abc")]
    [InlineData(" 1", "The parameter cannot be converted to a numeric value:  1")]
    [InlineData("1e", "The parameter cannot be converted to a numeric value: 1e")]
    [InlineData("1.2.3", "The parameter cannot be converted to a numeric value: 1.2.3")]
    public void What_is_no_number_is_refused(string text, string problem)
    {
        Assert.False(DynamoNumber.TryParse(Encoding.UTF8.GetBytes(text), out _, out string? found));
        Assert.Equal(problem, found);
    }

    [Theory]
    [InlineData("1E125")]
    [InlineData("9.9999999999999999999999999999999999999E125")]
    [InlineData("-1E-130")]
    public void The_range_reaches_to_its_ends(string text) => Assert.Equal(Parse(text), Parse(Parse(text).ToString()));

    [Theory]
    [InlineData("0", 1)]
    [InlineData("-12", 3)]
    [InlineData("1.5", 3)]
    [InlineData("123456.789", 6)]
    public void A_number_counts_half_a_byte_for_a_digit(string text, int size) => Assert.Equal(size, Parse(text).Size);

    [Fact]
    public void A_sum_of_too_many_digits_is_refused()
    {
        var error = Assert.Throws<LocalAws.Endpoint.AwsException>(() => Parse("1E37") + Parse("1E-5"));

        Assert.Equal("Attempting to store more than 38 significant digits in a Number", error.Message);
    }

    [Property(Arbitrary = [typeof(DynamoNumberTests)])]
    public bool The_canonical_text_has_the_same_value((BigInteger Digits, int Exponent) n)
    {
        string text = From(n).ToString();
        return Value(text) == Value(n) && !text.Contains('E', StringComparison.Ordinal) && text == Parse(text).ToString()
            && !(text.Contains('.', StringComparison.Ordinal) && text.EndsWith('0')) && (text.Length == 1 || !text.TrimStart('-').StartsWith("00", StringComparison.Ordinal));
    }

    [Property(Arbitrary = [typeof(DynamoNumberTests)])]
    public bool The_order_is_that_of_the_values((BigInteger Digits, int Exponent) a, (BigInteger Digits, int Exponent) b) =>
        Math.Sign(From(a).CompareTo(From(b))) == Value(a).CompareTo(Value(b)) && From(a) == From(b) == (Value(a) == Value(b));

    [Property(Arbitrary = [typeof(DynamoNumberTests)])]
    public bool Sums_and_differences_are_exact((BigInteger Digits, int Exponent) a, (BigInteger Digits, int Exponent) b) =>
        Value((From(a) + From(b)).ToString()) == Value(a) + Value(b) && Value((From(a) - From(b)).ToString()) == Value(a) - Value(b);

    private static DynamoNumber From((BigInteger Digits, int Exponent) n) => Parse($"{n.Digits}E{n.Exponent}");

    private static DynamoNumber Parse(string text) =>
        DynamoNumber.TryParse(Encoding.UTF8.GetBytes(text), out DynamoNumber number, out string? problem) ? number : throw new FormatException(problem);

    /// <summary>The reference: an integer, 10^40 times the value.</summary>
    private static BigInteger Value((BigInteger Digits, int Exponent) n) => n.Digits * BigInteger.Pow(10, 40 + n.Exponent);

    private static BigInteger Value(string text)
    {
        string[] parts = text.Split('.');
        string fraction = parts.Length > 1 ? parts[1] : "";
        return BigInteger.Parse(parts[0] + fraction, CultureInfo.InvariantCulture) * BigInteger.Pow(10, 40 - fraction.Length);
    }
}
