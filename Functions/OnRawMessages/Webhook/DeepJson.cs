using System.Buffers;
using System.Text;
using System.Text.Json;

namespace WhatsAppBuffer.OnRawMessages.Webhook;

/// <summary>
/// Takes out of an entry what nests deeper than the parser goes, so that its neighbours can be read. What is left of it still nests deeper than any table
/// takes. The parser itself could go deeper, but takes a minute for what SNS can carry: its time grows with the square of the depth.
/// </summary>
internal static class DeepJson
{
    /// <summary>An SNS message has no more bytes, so it cannot nest deeper.</summary>
    private const int AnyDepth = 262_144;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text with null for each value that nests deeper than <see cref="ForeignJson.MaxDepth"/>.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="ArgumentException">It is not valid Unicode.</exception>
    public static ReadOnlySpan<byte> Cut(string json)
    {
        byte[] whole = Utf8.GetBytes(json);
        Utf8JsonReader reader = ForeignJson.Reader(whole, AnyDepth);
        var kept = new ArrayBufferWriter<byte>(whole.Length);
        int from = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject && reader.CurrentDepth >= ForeignJson.MaxDepth)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                kept.Write(whole.AsSpan(from, start - from));
                kept.Write("null"u8);
                from = (int)reader.BytesConsumed;
            }
        }

        if (from == 0)
        {
            return whole;
        }

        kept.Write(whole.AsSpan(from));
        return kept.WrittenSpan;
    }
}
