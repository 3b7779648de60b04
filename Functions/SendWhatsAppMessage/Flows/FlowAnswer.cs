using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.SendWhatsAppMessage.Flows;

/// <summary>What a contact flow is told: a flat map of strings, which it reads under <c>$.External</c>.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="MessageId">End User Messaging's id of the message, where it is known.</param>
/// <param name="Reason">Why it was not sent, or what is not known.</param>
internal sealed record FlowAnswer(string Status, string? MessageId, string? Reason)
{
    /// <summary>End User Messaging has it; WhatsApp may still refuse it.</summary>
    public const string SentStatus = "sent";

    /// <summary>It was not sent, and the same again will not be either.</summary>
    public const string RefusedStatus = "refused";

    /// <summary>It was not sent, and may be later.</summary>
    public const string HeldBackStatus = "held_back";

    /// <summary>Nobody knows; the same again sends nothing.</summary>
    public const string UnknownStatus = "unknown";

    /// <summary>Amazon Connect takes 32 KB; a reason needs no more.</summary>
    private const int LongestReason = 1_000;

    public static FlowAnswer Sent(string? messageId) => new(SentStatus, messageId, null);

    public static FlowAnswer Refused(string reason) => new(RefusedStatus, null, reason);

    public static FlowAnswer HeldBack(string reason) => new(HeldBackStatus, null, reason);

    public static FlowAnswer Unknown() => new(UnknownStatus, null, "End User Messaging did not answer. The template may be on its way; it is not sent again for this contact.");

    public Stream ToJson()
    {
        var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, ReadableJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, Status);
            if (MessageId is not null)
            {
                writer.WriteString("messageId"u8, MessageId);
            }

            if (Reason is not null)
            {
                writer.WriteString("reason"u8, Shorten(Reason));
            }

            writer.WriteEndObject();
        }

        json.Position = 0;
        return json;
    }

    private static string Shorten(string reason) =>
        reason.Length <= LongestReason ? reason : $"{reason.AsSpan(0, char.IsHighSurrogate(reason[LongestReason - 2]) ? LongestReason - 2 : LongestReason - 1)}…";
}
