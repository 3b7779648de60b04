using System.Buffers.Text;

namespace LocalAws.DynamoDb.Values;

/// <summary>What a number's text says: <c>±digits × 10^exponent</c>, without leading or trailing zeros in the digits.</summary>
internal struct NumberScan
{
    public bool Negative;

    /// <summary>The digits; meaningless when there are more of them than a number can hold.</summary>
    public Int128 Digits;

    /// <summary>How many digits there are; 0 for the number zero.</summary>
    public int Count;

    public long Exponent;

    public static bool TryScan(ReadOnlySpan<byte> text, out NumberScan scan)
    {
        scan = default;
        int i = text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        scan.Negative = text[0] == (byte)'-';
        bool anyDigit = false, afterPoint = false;
        int zeros = 0;
        for (; i < text.Length; i++)
        {
            byte c = text[i];
            if (c == (byte)'.' && !afterPoint)
            {
                afterPoint = true;
                continue;
            }

            if (c is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            anyDigit = true;
            scan.Exponent -= afterPoint ? 1 : 0;
            if (c == (byte)'0')
            {
                zeros += scan.Count > 0 ? 1 : 0;
                continue;
            }

            scan.Count += zeros + 1;
            if (scan.Count <= DynamoNumber.MaxDigits)
            {
                scan.Digits = (scan.Digits * DynamoNumber.Pow10(zeros + 1)) + (c - '0');
            }

            zeros = 0;
        }

        scan.Exponent += zeros;
        return anyDigit && (i == text.Length || TryScanExponent(text[i..], ref scan));
    }

    private static bool TryScanExponent(ReadOnlySpan<byte> text, ref NumberScan scan)
    {
        if (text[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        ReadOnlySpan<byte> digits = text[1..];
        if (!digits.IsEmpty && digits[0] == (byte)'+')
        {
            digits = digits[1..];
            if (!digits.IsEmpty && digits[0] == (byte)'-')
            {
                return false;
            }
        }

        if (!Utf8Parser.TryParse(digits, out int exponent, out int consumed) || consumed != digits.Length)
        {
            return false;
        }

        scan.Exponent += exponent;
        return true;
    }
}
