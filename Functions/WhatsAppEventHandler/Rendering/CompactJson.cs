using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>JSON without white space and with readable letters: for the eyes of an agent, not for a web page.</summary>
internal static class CompactJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonElement element)
    {
        try
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer, Readable))
            {
                element.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair somewhere in it.
            return element.GetRawText();
        }
    }
}
