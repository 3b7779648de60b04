using System.Text.Json;

namespace LocalAws.Lambda.EventSourceMappings.Queues;

/// <summary>What a function's answer means for its batch.</summary>
internal static class QueueResponse
{
    /// <summary>
    /// The records that are done with. Reported failures count only when the mapping asks for them; a report that cannot be read, or names a message that is
    /// not in the batch, fails the whole of it.
    /// </summary>
    public static IReadOnlyList<QueueRecord> DoneWith(QueueBatch batch, ReadOnlyMemory<byte> payload, bool reportsFailures)
    {
        if (!reportsFailures || payload.IsEmpty)
        {
            return batch.Records;
        }

        HashSet<string>? failed = Failed(payload);
        return failed?.IsSubsetOf(batch.Records.Select(record => record.MessageId)) == true
            ? [.. batch.Records.Where(record => !failed.Contains(record.MessageId))]
            : [];
    }

    private static HashSet<string>? Failed(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using JsonDocument json = ForeignJson.Document(payload);
            return BatchItemFailures.IdentifiersIn(json.RootElement)?.ToHashSet(StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
