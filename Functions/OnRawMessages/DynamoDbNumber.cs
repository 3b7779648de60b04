using System.Globalization;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>
/// What DynamoDB's type N holds: 38 significant digits, magnitude from 1E-130 to 9.99…E+125, and zero (DynamoDB Developer Guide,
/// "Supported data types").
/// </summary>
internal static class DynamoDbNumber
{
    private const int MaxDigits = 38;
    private const int MinExponent = -130;
    private const int MaxExponent = 125;

    /// <summary>Whether a JSON number can be stored as N without losing a digit.</summary>
    public static bool Fits(ReadOnlySpan<char> json)
    {
        int exponentMark = json.IndexOfAny('e', 'E');
        ReadOnlySpan<char> mantissa = (exponentMark < 0 ? json : json[..exponentMark]).TrimStart('-');
        int point = mantissa.IndexOf('.');
        int wholeDigits = point < 0 ? mantissa.Length : point;
        int first = mantissa.IndexOfAnyInRange('1', '9');
        if (first < 0)
        {
            return exponentMark < 0;
        }

        int last = mantissa.LastIndexOfAnyInRange('1', '9');
        int significant = last - first + 1 - (first < point && point < last ? 1 : 0);
        int exponent = 0;
        if (exponentMark >= 0 && !int.TryParse(json[(exponentMark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }

        long leading = (long)exponent + (first < wholeDigits ? wholeDigits - first - 1 : wholeDigits - first);
        return significant <= MaxDigits && leading is >= MinExponent and <= MaxExponent;
    }
}
