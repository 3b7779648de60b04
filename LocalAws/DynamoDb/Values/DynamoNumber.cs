using System.Globalization;
using System.Numerics;

namespace LocalAws.DynamoDb.Values;

/// <summary>
/// A number as DynamoDB keeps it: exact, up to 38 significant digits, magnitude from 1E-130 to just below 1E+126. Kept normalized
/// (<c>digits × 10^exponent</c> without trailing zeros), so that 1, 1.0 and 10E-1 are the same value.
/// </summary>
internal readonly record struct DynamoNumber : IComparable<DynamoNumber>
{
    /// <summary>Significant digits.</summary>
    public const int MaxDigits = 38;

    private const int MaxMagnitude = 125;
    private const int MinMagnitude = -130;

    private static readonly Int128[] Powers = [.. Enumerable.Range(0, MaxDigits + 1).Select(n => (Int128)BigInteger.Pow(10, n))];

    private readonly Int128 _digits;
    private readonly short _exponent;

    private DynamoNumber(Int128 digits, int exponent)
    {
        _digits = digits;
        _exponent = (short)exponent;
    }

    public static DynamoNumber Zero { get; }

    /// <summary>Bytes that count toward the item size: one per two digits (aligned to the decimal point's parity), one more, one for a minus.</summary>
    public int Size
    {
        get
        {
            if (_digits == 0)
            {
                return 1;
            }

            int count = DigitCount(_digits);
            int parity = count % 2 != 0 || (_exponent + count - 1) % 2 != 0 ? 0 : 1;
            return 1 + ((count + 1) / 2) + parity + (_digits < 0 ? 1 : 0);
        }
    }

    /// <summary>The whole seconds of this value as a time since the epoch, or null when it has no such meaning.</summary>
    public long? ToInt64()
    {
        if (_digits == 0)
        {
            return 0;
        }

        int magnitude = _exponent + DigitCount(_digits) - 1;
        if (magnitude is < 0 or > 17)
        {
            return magnitude < 0 ? 0 : null;
        }

        return (long)(_exponent >= 0 ? _digits * Pow10(_exponent) : _digits / Pow10(-_exponent));
    }

    /// <summary>Reads a number, or says in DynamoDB's words why it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DynamoNumber number, out string? problem)
    {
        number = default;
        problem = null;
        if (text.IsEmpty)
        {
            problem = "The parameter cannot be converted to a numeric value";
            return false;
        }

        if (!NumberScan.TryScan(text, out NumberScan scan))
        {
            problem = "The parameter cannot be converted to a numeric value: " + System.Text.Encoding.UTF8.GetString(text);
            return false;
        }

        problem = scan.Count == 0 ? null : RangeProblem(scan.Exponent, scan.Count);
        if (problem is null && scan.Count > 0)
        {
            number = new DynamoNumber(scan.Negative ? -scan.Digits : scan.Digits, (int)scan.Exponent);
        }

        return problem is null;
    }

    public static DynamoNumber From(long value) => Normalize(value, 0);

    /// <summary>Adds exactly.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: the sum has more than 38 digits or is out of range.</exception>
    public static DynamoNumber operator +(DynamoNumber left, DynamoNumber right)
    {
        int exponent = Math.Min(left._exponent, right._exponent);
        return left._digits == 0 ? right : right._digits == 0 ? left : Normalize(left.Scaled(exponent) + right.Scaled(exponent), exponent);
    }

    public static DynamoNumber operator -(DynamoNumber value) => new(-value._digits, value._exponent);

    public static DynamoNumber operator -(DynamoNumber left, DynamoNumber right) => left + -right;

    public int CompareTo(DynamoNumber other)
    {
        int sign = Int128.Sign(_digits);
        if (sign != Int128.Sign(other._digits) || sign == 0)
        {
            return sign.CompareTo(Int128.Sign(other._digits));
        }

        int count = DigitCount(_digits);
        int otherCount = DigitCount(other._digits);
        int byMagnitude = (_exponent + count).CompareTo(other._exponent + otherCount);
        return byMagnitude != 0
            ? sign * byMagnitude
            : (_digits * Pow10(Math.Max(0, otherCount - count))).CompareTo(other._digits * Pow10(Math.Max(0, count - otherCount)));
    }

    /// <summary>The canonical text: plain decimal notation, no exponent, no needless zeros.</summary>
    public override string ToString()
    {
        string digits = Int128.Abs(_digits).ToString(CultureInfo.InvariantCulture);
        string sign = _digits < 0 ? "-" : "";
        int point = digits.Length + _exponent;
        return _digits == 0 ? "0"
            : _exponent >= 0 ? sign + digits + new string('0', _exponent)
            : point > 0 ? $"{sign}{digits.AsSpan(0, point)}.{digits.AsSpan(point)}"
            : $"{sign}0.{new string('0', -point)}{digits}";
    }

    private static DynamoNumber Normalize(BigInteger digits, int exponent)
    {
        if (digits.IsZero)
        {
            return Zero;
        }

        while (true)
        {
            BigInteger quotient = BigInteger.DivRem(digits, 10, out BigInteger remainder);
            if (!remainder.IsZero)
            {
                break;
            }

            digits = quotient;
            exponent++;
        }

        int count = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).Length;
        return RangeProblem(exponent, count) is { } problem ? throw DynamoDbError.Validation(problem) : new DynamoNumber((Int128)digits, exponent);
    }

    private static string? RangeProblem(long exponent, int count) => (exponent + count - 1) switch
    {
        > MaxMagnitude => "Number overflow. Attempting to store a number with magnitude larger than supported range",
        < MinMagnitude => "Number underflow. Attempting to store a number with magnitude smaller than supported range",
        _ => count > MaxDigits ? "Attempting to store more than 38 significant digits in a Number" : null,
    };

    private BigInteger Scaled(int exponent) => _digits * BigInteger.Pow(10, _exponent - exponent);

    private static int DigitCount(Int128 value)
    {
        Int128 magnitude = Int128.Abs(value);
        int count = 1;
        while (count < Powers.Length && magnitude >= Powers[count])
        {
            count++;
        }

        return count;
    }

    internal static Int128 Pow10(int exponent) => Powers[exponent];
}
