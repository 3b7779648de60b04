using System.Text.Json;

namespace WhatsAppEventHandler.Tests.Rendering;

/// <summary>The WhatsApp messages inside the project's sample SNS events.</summary>
internal static class SampleMessages
{
    public static IEnumerable<JsonElement> In(string file)
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. from record in Items(sample.RootElement, "Records")
               let envelope = Parse(record.GetProperty("Sns").GetProperty("Message").GetString()!)
               where envelope is not null
               let entry = envelope.Value.TryGetProperty("whatsAppWebhookEntry", out JsonElement text) ? Parse(text.GetString() ?? "") : null
               where entry is not null
               from change in Items(entry.Value, "changes")
               from message in Items(change.GetProperty("value"), "messages")
               select message,
        ];
    }

    private static JsonElement[] Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement items) ? [.. items.EnumerateArray().Select(item => item.Clone())] : [];

    private static JsonElement? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Some samples are malformed on purpose: nothing of them reaches this function.
            return null;
        }
    }
}
