namespace WhatsAppBuffer.Topology;

/// <summary>A DynamoDB table of the system: string keys, on-demand, TTL on a number of epoch seconds.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="PartitionKey">Partition key (S).</param>
/// <param name="SortKey">Sort key (S).</param>
/// <param name="TimeToLive">The attribute (N, epoch seconds) that expires items.</param>
/// <param name="StreamView">The stream's view type, or null for a table without a stream.</param>
public sealed record TableSpec(string Name, string PartitionKey, string SortKey, string TimeToLive, string? StreamView)
{
    /// <summary>A global secondary index, or null.</summary>
    public IndexSpec? Index { get; init; }
}

/// <summary>A global secondary index with one string key. It holds only the items that have this key.</summary>
/// <param name="Name">The index's name.</param>
/// <param name="PartitionKey">Its partition key (S).</param>
/// <param name="Included">What it holds of an item beside the keys.</param>
public sealed record IndexSpec(string Name, string PartitionKey, string Included);

/// <summary>The tables of the system.</summary>
public static class Tables
{
    /// <summary>Every WhatsApp message as it came in; its stream is what the buffer reads.</summary>
    public static TableSpec RawMessages { get; } = new("raw_messages", "from", "id", "expiresAt", "NEW_IMAGE");

    /// <summary>Per conversation: the running chat, how far the stream was handed over, and the outbox.</summary>
    public static TableSpec ActiveConnections { get; } = new("active_connections", "conversation", "item", "expiresAt", null)
    {
        // Only what waits in an outbox has this key: the sweep reads no more than that.
        Index = new("waiting-index", "aggregationId", "waitingSince"),
    };

    /// <summary>All tables.</summary>
    public static IReadOnlyList<TableSpec> All { get; } = [RawMessages, ActiveConnections];
}
