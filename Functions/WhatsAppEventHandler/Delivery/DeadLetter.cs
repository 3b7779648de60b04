using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Where aggregates go that can never be delivered, for a person to look at.</summary>
internal interface IDeadLetters
{
    /// <summary>Keeps the whole event, why it was not delivered, and whose it is.</summary>
    Task SendAsync(DeadLetter letter, CancellationToken cancellationToken);
}

/// <param name="Item">The aggregate.</param>
/// <param name="Reason">What Connect, or reading the event, had against it.</param>
/// <param name="ErrorCode">AWS's error code, or <c>UnreadableEvent</c>.</param>
internal sealed record DeadLetter(OutboxItem Item, string Reason, string ErrorCode);
