using WhatsAppBuffer.WhatsAppEventHandler.Release;

namespace WhatsAppBuffer.WhatsAppEventHandler.Outbox;

/// <summary>The aggregates that wait for delivery, by conversation. Every read is strongly consistent.</summary>
internal interface IOutbox
{
    /// <summary>Puts an aggregate that its aggregator has not put itself, or a part that comes back; does nothing when it was put before.</summary>
    Task AdmitAsync(OutboxItem item, CancellationToken cancellationToken);

    /// <summary>Whether the aggregate still waits.</summary>
    Task<bool> ContainsAsync(string conversation, string sortKey, CancellationToken cancellationToken);

    /// <summary>The conversation's oldest aggregates, in order, without files that follow; empty when none waits. There may be more behind them.</summary>
    Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken);

    /// <summary>Notes which aggregates are delivered as one, on the first of them.</summary>
    /// <returns>False when others decided, or have delivered it; nothing was noted then.</returns>
    Task<bool> TrySealAsync(OutboxItem first, Seal seal, CancellationToken cancellationToken);

    /// <summary>Notes how far a partly delivered aggregate came.</summary>
    /// <returns>False when another invocation is further or has removed it; nothing was noted then.</returns>
    Task<bool> TryNoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken);

    /// <summary>Files that were not there in time: those of an aggregate, or, of a file, this one and those before it. There may be more behind them.</summary>
    Task<IReadOnlyList<OutboxItem>> FollowingAsync(string conversation, string sortKey, CancellationToken cancellationToken);

    /// <summary>
    /// Notes what is done with the file that is next, on the condition that nobody has decided otherwise since <paramref name="item"/> was read; the note goes with the
    /// next progress.
    /// </summary>
    /// <param name="item">The aggregate.</param>
    /// <param name="done">Parts of it that are done.</param>
    /// <param name="note">The decision.</param>
    /// <param name="before">The decision that it replaces: a chat has ended.</param>
    /// <param name="follows">The file as an item of its own, put in the same moment; null when it does not follow.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>False when another invocation decided or is further; nothing was noted then.</returns>
    Task<bool> TryNoteFileAsync(OutboxItem item, int done, FileNote note, FileNote? before, OutboxItem? follows, CancellationToken cancellationToken);

    /// <summary>Removes an aggregate that is delivered or dead-lettered, and those that were delivered with it, all or none.</summary>
    Task RemoveAsync(OutboxItem item, CancellationToken cancellationToken);
}
