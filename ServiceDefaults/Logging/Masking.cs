using System.Text.RegularExpressions;

namespace WhatsAppBuffer.ServiceDefaults.Logging;

/// <summary>
/// The safety net under every log: what looks like a phone number (8 to 15 digits in a row, E.164's length, with or without a plus) keeps
/// its last four digits. The first rule remains that no log call is given a number or a text.
/// </summary>
public static partial class Masking
{
    /// <summary>The text with phone numbers masked, <c>***1234</c>.</summary>
    /// <param name="text">Text of a log line.</param>
    public static string Mask(string text) =>
        PhoneNumber().Replace(text, match => string.Concat("***", match.ValueSpan[^4..]));

    /// <summary>The value as it may be logged: text masked, everything else as it is.</summary>
    /// <param name="value">Value of a log parameter.</param>
    public static object? Mask(object? value) => value is string text ? Mask(text) : value;

    // Not the account in an ARN (:123456789012:), nor the first or the last group of a UUID.
    [GeneratedRegex(@"(?<!\w|[0-9a-fA-F]{4}-)(?!(?<=:)\d{12}:)\+?\d{8,15}(?!\w|-[0-9a-fA-F]{4}-)")]
    private static partial Regex PhoneNumber();
}
