using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.ConnectEventHandler.Replies;

/// <summary>The body of a reply's dead letter: for a person to read.</summary>
internal static class ReplyLetter
{
    public static string Of(Reply reply)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, ReadableJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("messageId"u8, reply.MessageId);
            writer.WriteString("text"u8, reply.Text);
            if (reply.File is { } file)
            {
                writer.WriteString("file"u8, file.Name);
            }

            writer.WriteNumber("sentParts"u8, reply.Progress.Done);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }
}
