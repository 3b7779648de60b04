using System.Text.Json;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>
/// What a function answers to a time-window event: <c>{"state": {…}, "batchItemFailures": [{"itemIdentifier": "…"}]}</c>. An answer without
/// <c>state</c> counts as a failed invocation.
/// </summary>
internal static class TimeWindowResponse
{
    public static MemoryStream Write(IReadOnlyDictionary<string, string> state, string? firstFailure)
    {
        var response = new MemoryStream();
        using (var json = new Utf8JsonWriter(response))
        {
            json.WriteStartObject();
            json.WriteStartObject("state"u8);
            foreach ((string name, string value) in state)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteStartArray("batchItemFailures"u8);
            if (firstFailure is not null)
            {
                json.WriteStartObject();
                json.WriteString("itemIdentifier"u8, firstFailure);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        response.Position = 0;
        return response;
    }
}
