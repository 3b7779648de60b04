namespace WhatsAppBuffer.WhatsAppEventHandler.Outbox;

/// <summary>One aggregate that waits for delivery.</summary>
/// <param name="Conversation">Partition key.</param>
/// <param name="SortKey">Place in the conversation's order.</param>
/// <param name="AggregationId">The same for the same raw messages, whoever delivers them and how often.</param>
/// <param name="Event">The aggregated event, as JSON.</param>
/// <param name="Progress">How far an earlier, interrupted delivery came; null when none is known.</param>
internal sealed record OutboxItem(string Conversation, string SortKey, string AggregationId, string Event, DeliveryProgress? Progress = null);

/// <summary>How far the delivery of an aggregate has come.</summary>
/// <param name="Done">Number of Connect messages that were accepted or put aside, counted from the first.</param>
/// <param name="Rendering">
/// Fingerprint of the whole rendering: a count means nothing once settings have changed what is sent.
/// </param>
/// <param name="Refusal">Why Connect refused the next one, which must not be sent any more but put aside; null when it has not been refused.</param>
internal sealed record DeliveryProgress(int Done, string Rendering, PartRefusal? Refusal = null);

/// <summary>Why Connect will never take a part.</summary>
/// <param name="ErrorCode">AWS's error code.</param>
/// <param name="Reason">Connect's words.</param>
internal sealed record PartRefusal(string ErrorCode, string Reason);
