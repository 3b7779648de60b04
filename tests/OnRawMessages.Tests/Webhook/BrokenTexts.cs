using System.Text;
using System.Text.Json;

namespace OnRawMessages.Tests.Webhook;

/// <summary>Envelopes in which one text is half of a surrogate pair.</summary>
internal static class BrokenTexts
{
    private const string Half = "\"\\ud800\"";

    /// <summary>Every envelope that differs from this one in one text or name, in the envelope itself or in the entry within it.</summary>
    public static IEnumerable<(string Envelope, bool IsName)> Of(string envelope)
    {
        foreach ((string broken, bool isName) in BreakEach(envelope))
        {
            yield return (broken, isName);
        }

        using JsonDocument whole = JsonDocument.Parse(envelope);
        string entry = whole.RootElement.GetProperty("whatsAppWebhookEntry").GetString()!;
        if (!entry.StartsWith('{') || !IsJson(entry))
        {
            yield break;
        }

        string written = whole.RootElement.GetProperty("whatsAppWebhookEntry").GetRawText();
        foreach ((string broken, bool isName) in BreakEach(entry))
        {
            yield return (envelope.Replace(written, JsonSerializer.Serialize(broken), StringComparison.Ordinal), isName);
        }
    }

    private static IEnumerable<(string Json, bool IsName)> BreakEach(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        return Texts(bytes).Select(text => (
            Encoding.UTF8.GetString(bytes.AsSpan(0, text.Start)) + Half + Encoding.UTF8.GetString(bytes.AsSpan(text.End)), text.IsName));
    }

    private static List<(int Start, int End, bool IsName)> Texts(byte[] json)
    {
        var texts = new List<(int, int, bool)>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                int start = (int)reader.TokenStartIndex;
                texts.Add((start, start + reader.ValueSpan.Length + 2, reader.TokenType == JsonTokenType.PropertyName));
            }
        }

        return texts;
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
