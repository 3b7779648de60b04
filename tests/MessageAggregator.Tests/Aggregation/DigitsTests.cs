using System.Text;
using WhatsAppBuffer.MessageAggregator.Aggregation;

namespace MessageAggregator.Tests.Aggregation;

public class DigitsTests
{
    [Theory]
    [InlineData("0", true)]
    [InlineData("-0", true)]
    [InlineData("10", true)]
    [InlineData("-0.5e+10", true)]
    [InlineData("1.25", true)]
    [InlineData("1E5", true)]
    [InlineData("1e-5", true)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("+1", false)]
    [InlineData("01", false)]
    [InlineData("1.", false)]
    [InlineData(".5", false)]
    [InlineData("1.5.5", false)]
    [InlineData("1e", false)]
    [InlineData("1e+", false)]
    [InlineData("1e5e5", false)]
    [InlineData("1x", false)]
    [InlineData("NaN", false)]
    public void A_number_is_what_JSONs_grammar_says(string text, bool isNumber) =>
        Assert.Equal(isNumber, JsonNumber.IsValid(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData(1, true)]
    [InlineData(40, true)]
    [InlineData(41, false)]
    [InlineData(0, false)]
    public void A_sequence_number_has_one_to_forty_digits(int digits, bool isSequenceNumber) =>
        Assert.Equal(isSequenceNumber, SequenceDigits.IsValid(Encoding.ASCII.GetBytes(new string('7', digits))));

    [Theory]
    [InlineData("9", "10", -1)]
    [InlineData("0009", "10", -1)]
    [InlineData("010", "9", 1)]
    [InlineData("0010", "10", 0)]
    [InlineData("12", "11", 1)]
    public void Sequence_numbers_compare_as_numbers(string left, string right, int expected) =>
        Assert.Equal(expected, Math.Sign(SequenceDigits.Compare(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right))));
}
