namespace WhatsAppBuffer.WhatsAppEventHandler.Outbox;

/// <summary>One aggregate that waits for delivery.</summary>
/// <param name="Conversation">Partition key.</param>
/// <param name="SortKey">Place in the conversation's order.</param>
/// <param name="AggregationId">The same for the same raw messages, whoever delivers them and how often.</param>
/// <param name="Event">The aggregated event, as JSON.</param>
/// <param name="Progress">How far an earlier, interrupted delivery came; null when none is known.</param>
internal sealed record OutboxItem(string Conversation, string SortKey, string AggregationId, string Event, DeliveryProgress? Progress = null);

/// <summary>How much of an aggregate Connect has accepted.</summary>
/// <param name="Accepted">Number of Connect messages, counted from the first.</param>
/// <param name="Rendering">
/// Fingerprint of the whole rendering: a count means nothing once settings have changed what is sent.
/// </param>
internal sealed record DeliveryProgress(int Accepted, string Rendering);
