using System.Buffers;
using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Courtesies;

/// <summary>Requests to Meta's Cloud API. Source: Meta's reference, "Mark messages as read", "Reaction messages", "Business-scoped user IDs".</summary>
internal static class CloudApiRequest
{
    public static byte[] Read(string messageId) => Write(writer =>
    {
        writer.WriteString("status"u8, "read"u8);
        writer.WriteString("message_id"u8, messageId);
    });

    /// <param name="recipient">A phone number in digits, or a business-scoped user id.</param>
    /// <param name="messageId">What is reacted to. A later reaction replaces an earlier one.</param>
    /// <param name="emoji">The reaction.</param>
    public static byte[] Reaction(string recipient, string messageId, string emoji) => Write(writer =>
    {
        writer.WriteString("recipient_type"u8, "individual"u8);
        if (recipient.All(char.IsAsciiDigit))
        {
            writer.WriteString("to"u8, $"+{recipient}");
        }
        else
        {
            writer.WriteString("recipient"u8, recipient);
        }

        writer.WriteString("type"u8, "reaction"u8);
        writer.WriteStartObject("reaction"u8);
        writer.WriteString("message_id"u8, messageId);
        writer.WriteString("emoji"u8, emoji);
        writer.WriteEndObject();
    });

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ReadableJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("messaging_product"u8, "whatsapp"u8);
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
