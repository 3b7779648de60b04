using System.Text.RegularExpressions;

namespace WhatsAppBuffer.SendWhatsAppMessage.Templates;

/// <summary>Who sends, and who gets it, as people and flows write that.</summary>
internal static partial class Addresses
{
    /// <summary>The business number as other functions know it.</summary>
    /// <param name="number"><c>phone-number-id-…</c>, or its ARN.</param>
    /// <returns><c>phone-number-id-…</c>; null when it is neither.</returns>
    public static string? SystemNumberOf(string number) => BusinessNumber().Match(number) is { Success: true } match ? $"phone-number-id-{match.Groups["id"].Value}" : null;

    /// <summary>A phone number in digits, with its country's code, as WhatsApp knows people.</summary>
    /// <param name="number">With or without a plus sign; blanks, dots, hyphens and brackets between the digits do not count.</param>
    /// <returns>Null when it is none: E.164 allows 15 digits, and no country's code begins with 0.</returns>
    public static string? PhoneNumberOf(string number)
    {
        if (number.Length > 40)
        {
            return null;
        }

        string digits = Between().Replace(number, "");
        digits = digits.StartsWith('+') ? digits[1..] : digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
        return digits.Length is >= 7 and <= 15 && digits.All(char.IsAsciiDigit) && digits[0] != '0' ? digits : null;
    }

    /// <summary>Whether a text is a business-scoped user id. Source: Meta, "Business-scoped user IDs".</summary>
    public static bool IsUserId(string id) => UserId().IsMatch(id);

    [GeneratedRegex(@"^(phone-number-id-|arn:[^:]*:social-messaging:[^:]*:[^:]*:phone-number-id/)(?<id>[0-9a-zA-Z]{1,64})$")]
    private static partial Regex BusinessNumber();

    [GeneratedRegex(@"[\s().\u2010-\u2015-]")]
    private static partial Regex Between();

    [GeneratedRegex(@"^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$")]
    private static partial Regex UserId();
}
