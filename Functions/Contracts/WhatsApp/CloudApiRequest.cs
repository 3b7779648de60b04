using System.Buffers;
using System.Text.Json;

namespace WhatsAppBuffer.Contracts.WhatsApp;

/// <summary>Requests to Meta's Cloud API. Source: Meta's reference, "Mark messages as read", "Typing indicators", "Reaction messages", "Text messages", "Template messages", "Business-scoped user IDs".</summary>
public static class CloudApiRequest
{
    /// <summary>The longest text that WhatsApp takes, in characters.</summary>
    public const int MaxTextCharacters = 4_096;

    /// <summary>Marks a message as read, and those before it.</summary>
    /// <param name="messageId">WhatsApp's id of it.</param>
    public static byte[] Read(string messageId) => Write(writer =>
    {
        writer.WriteString("status"u8, "read"u8);
        writer.WriteString("message_id"u8, messageId);
    });

    /// <summary>Marks a message as read, and shows its writer for 25 seconds, or until a message comes, that somebody types.</summary>
    /// <param name="messageId">WhatsApp's id of it.</param>
    public static byte[] Typing(string messageId) => Write(writer =>
    {
        writer.WriteString("status"u8, "read"u8);
        writer.WriteString("message_id"u8, messageId);
        writer.WriteStartObject("typing_indicator"u8);
        writer.WriteString("type"u8, "text"u8);
        writer.WriteEndObject();
    });

    /// <summary>Reacts to a message. A later reaction replaces an earlier one.</summary>
    /// <param name="to">Whoever sees it.</param>
    /// <param name="messageId">WhatsApp's id of the message.</param>
    /// <param name="emoji">The reaction.</param>
    public static byte[] Reaction(Recipient to, string messageId, string emoji) => Write(writer =>
    {
        Write(writer, to);
        writer.WriteString("type"u8, "reaction"u8);
        writer.WriteStartObject("reaction"u8);
        writer.WriteString("message_id"u8, messageId);
        writer.WriteString("emoji"u8, emoji);
        writer.WriteEndObject();
    });

    /// <summary>Sends a text.</summary>
    /// <param name="to">Whoever gets it.</param>
    /// <param name="body">At most <see cref="MaxTextCharacters"/>.</param>
    /// <param name="callbackData">What the statuses of this message bring back; at most 512 characters.</param>
    public static byte[] Text(Recipient to, string body, string callbackData) => Write(writer =>
    {
        Write(writer, to);
        writer.WriteString("biz_opaque_callback_data"u8, callbackData);
        writer.WriteString("type"u8, "text"u8);
        writer.WriteStartObject("text"u8);
        writer.WriteBoolean("preview_url"u8, false);
        writer.WriteString("body"u8, body);
        writer.WriteEndObject();
    });

    /// <summary>Sends a file that was uploaded before. Source: Meta's reference, "Image messages", "Video messages", "Audio messages", "Document messages".</summary>
    /// <param name="to">Whoever gets it.</param>
    /// <param name="type"><c>image</c>, <c>video</c>, <c>audio</c> or <c>document</c>.</param>
    /// <param name="mediaId">WhatsApp's id of the file.</param>
    /// <param name="name">What a document is called; the others have no names.</param>
    /// <param name="callbackData">What the statuses of this message bring back; at most 512 characters.</param>
    public static byte[] File(Recipient to, string type, string mediaId, string name, string callbackData) => Write(writer =>
    {
        Write(writer, to);
        writer.WriteString("biz_opaque_callback_data"u8, callbackData);
        writer.WriteString("type"u8, type);
        writer.WriteStartObject(type);
        writer.WriteString("id"u8, mediaId);
        if (type == "document")
        {
            writer.WriteString("filename"u8, name);
        }

        writer.WriteEndObject();
    });

    /// <summary>Sends an approved template.</summary>
    /// <param name="to">Whoever gets it.</param>
    /// <param name="callbackData">What the statuses of this message bring back; at most 512 characters.</param>
    /// <param name="template">Writes the object <c>template</c>: name, language, components.</param>
    public static byte[] Template(Recipient to, string callbackData, Action<Utf8JsonWriter> template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return Write(writer =>
        {
            Write(writer, to);
            writer.WriteString("biz_opaque_callback_data"u8, callbackData);
            writer.WriteString("type"u8, "template"u8);
            writer.WritePropertyName("template"u8);
            template(writer);
        });
    }

    private static void Write(Utf8JsonWriter writer, Recipient to)
    {
        writer.WriteString("recipient_type"u8, to.IsGroup ? "group"u8 : "individual"u8);
        if (to.IsGroup)
        {
            writer.WriteString("to"u8, to.Id);
        }
        else if (to.Id.All(char.IsAsciiDigit))
        {
            writer.WriteString("to"u8, $"+{to.Id}");
        }
        else
        {
            writer.WriteString("recipient"u8, to.Id);
        }
    }

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
