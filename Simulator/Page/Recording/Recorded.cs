using WhatsAppBuffer.Simulator.App.Customers;

namespace WhatsAppBuffer.Simulator.Page.Recording;

/// <summary>A customer's message and what is known of its way.</summary>
internal sealed record RecordedMessage(string Id, string Customer, string Type, string Text, DateTimeOffset SentAt)
{
    /// <summary>As the customer wrote it; null when it did not come through the simulator.</summary>
    public WebhookMessage? Written { get; init; }

    /// <summary>When it was stored first.</summary>
    public DateTimeOffset? StoredAt { get; init; }

    /// <summary>The row, DynamoDB's JSON.</summary>
    public string? StoredJson { get; init; }

    /// <summary>When the aggregator got it, the last time.</summary>
    public DateTimeOffset? HandedOverAt { get; init; }

    /// <summary>The batches that it was in.</summary>
    public IReadOnlyList<RecordedBatch> Batches { get; init; } = [];

    /// <summary>Key of the outbox item that it is in, once it is aggregated.</summary>
    public string? OutboxKey { get; init; }

    /// <summary>Id of the burst that it left with.</summary>
    public string? BurstId { get; init; }

    /// <summary>When the agent had it.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
}

/// <summary>A batch that a message was in.</summary>
internal sealed record RecordedBatch(DateTimeOffset At, string Shard, string Kind, DateTimeOffset? WindowEnd, string? RequestId, string? Error, string Json);

/// <summary>An aggregate in an outbox.</summary>
/// <param name="Key">Conversation and sort key.</param>
/// <param name="Conversation">Whose.</param>
/// <param name="SortKey">Its place there.</param>
/// <param name="Id">The aggregate's id.</param>
/// <param name="MessageIds">What is in it.</param>
/// <param name="WaitsForQuiet">Whether the customer is still waited for.</param>
/// <param name="WindowEnd">End of the window that made it, if one did.</param>
/// <param name="Json">The event.</param>
/// <param name="At">When it was put there.</param>
internal sealed record RecordedAggregate(
    string Key, string Conversation, string SortKey, string Id, IReadOnlyList<string> MessageIds, bool WaitsForQuiet, DateTimeOffset? WindowEnd, string Json, DateTimeOffset At);

/// <summary>Messages that were let go together.</summary>
internal sealed record RecordedBurst(string Id, string Conversation, string Customer, IReadOnlyList<string> MessageIds, IReadOnlyList<string> OutboxKeys, string Reason, DateTimeOffset ReleasedAt)
{
    /// <summary>What the agent got of it.</summary>
    public IReadOnlyList<string> Delivered { get; init; } = [];

    /// <summary>When that was done.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Why a part of it lies in the dead letters; null when none does.</summary>
    public string? Refusal { get; init; }

    /// <summary>Id of the burst of the same conversation before it that it was cut from; null when it was not.</summary>
    public string? CutFrom { get; init; }

    /// <summary>Whether the next one was cut off it.</summary>
    public bool IsCut { get; init; }

    /// <summary>End of the window that let it go, if one did.</summary>
    public DateTimeOffset? WindowEnd { get; init; }

    /// <summary>The aggregated events.</summary>
    public IReadOnlyList<string> Json { get; init; } = [];
}
