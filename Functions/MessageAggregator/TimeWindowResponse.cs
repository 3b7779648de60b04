using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Queues;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>
/// What a function answers to a time-window event: <c>{"state": {…}, "batchItemFailures": [{"itemIdentifier": "…"}]}</c>. An answer without
/// <c>state</c> counts as a failed invocation.
/// </summary>
internal static class TimeWindowResponse
{
    public static MemoryStream Write(IReadOnlyDictionary<string, JsonElement> state, string? firstFailure)
    {
        var response = new MemoryStream();
        using (var json = new Utf8JsonWriter(response, ReadableJson.Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("state"u8);
            foreach ((string name, JsonElement value) in state)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
            BatchItemFailures.Write(json, firstFailure is null ? [] : [firstFailure]);
            json.WriteEndObject();
        }

        response.Position = 0;
        return response;
    }
}
