using System.Globalization;

namespace WhatsAppBuffer.Contracts.WhatsApp;

/// <summary>
/// <c>biz_opaque_callback_data</c> of what agents wrote, which part of which message it is, and of templates. WhatsApp's statuses bring it back, and so tell of a message whose
/// sending had no answer. Source: Meta, messages API reference; webhooks reference, "status".
/// </summary>
public static class CallbackData
{
    private const string Prefix = "reply:";
    private const string TemplatePrefix = "template:";

    /// <summary>What a part carries.</summary>
    /// <param name="messageId">Connect's id of the message.</param>
    /// <param name="part">0, 1, 2, …</param>
    public static string Of(string messageId, int part) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{part}:{messageId}");

    /// <summary>What a template carries.</summary>
    /// <param name="sendingId">The id of its sending.</param>
    public static string OfTemplate(string sendingId) => TemplatePrefix + sendingId;

    /// <summary>Reads what a status brings back.</summary>
    /// <param name="text">The member's value; null when it is absent.</param>
    /// <returns>A template is part 0 of its sending. Null when it is nothing of this system's.</returns>
    public static (string MessageId, int Part)? Read(string? text) =>
        text is { Length: > 9 and <= 256 } && text.StartsWith(TemplatePrefix, StringComparison.Ordinal) ? (text[TemplatePrefix.Length..], 0) : ReadReply(text);

    private static (string MessageId, int Part)? ReadReply(string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length..].Split(':', 2) is [var digits, { Length: > 0 and <= 256 } messageId]
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int part)
            ? (messageId, part)
            : null;
}
