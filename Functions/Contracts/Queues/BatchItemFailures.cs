using System.Text.Json;

namespace WhatsAppBuffer.Contracts.Queues;

/// <summary>What a function answers to a batch that may fail in parts, of a queue or of a stream.</summary>
/// <remarks>Source: Lambda developer guide, "Implementing partial batch responses" (<c>ReportBatchItemFailures</c>).</remarks>
public static class BatchItemFailures
{
    /// <summary>Writes the member <c>"batchItemFailures": [{"itemIdentifier": "…"}]</c> of the answer's object.</summary>
    /// <param name="json">Inside of the object.</param>
    /// <param name="failed">Ids of messages, or sequence numbers of records.</param>
    public static void Write(Utf8JsonWriter json, IEnumerable<string> failed)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(failed);
        json.WriteStartArray("batchItemFailures"u8);
        foreach (string id in failed)
        {
            json.WriteStartObject();
            json.WriteString("itemIdentifier"u8, id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
