namespace WhatsAppBuffer.WhatsAppEventHandler.Outbox;

/// <summary>The aggregates that wait for delivery, by conversation. Every read is strongly consistent.</summary>
internal interface IOutbox
{
    /// <summary>Puts an aggregate that its aggregator has not put itself, or a part that comes back; does nothing when it was put before.</summary>
    Task AdmitAsync(OutboxItem item, CancellationToken cancellationToken);

    /// <summary>Whether the aggregate still waits.</summary>
    Task<bool> ContainsAsync(string conversation, string sortKey, CancellationToken cancellationToken);

    /// <summary>The conversation's oldest aggregates, in order; empty when none waits. There may be more behind them.</summary>
    Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken);

    /// <summary>Notes how far a partly delivered aggregate came.</summary>
    /// <returns>False when another invocation is further or has removed it; nothing was noted then.</returns>
    Task<bool> TryNoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken);

    /// <summary>Removes an aggregate that is delivered or dead-lettered.</summary>
    Task RemoveAsync(OutboxItem item, CancellationToken cancellationToken);
}
