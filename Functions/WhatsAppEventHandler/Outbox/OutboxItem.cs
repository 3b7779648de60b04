using WhatsAppBuffer.WhatsAppEventHandler.Release;

namespace WhatsAppBuffer.WhatsAppEventHandler.Outbox;

/// <summary>One aggregate that waits for delivery.</summary>
/// <param name="Conversation">Partition key.</param>
/// <param name="SortKey">Place in the conversation's order.</param>
/// <param name="AggregationId">The same for the same raw messages, whoever delivers them and how often.</param>
/// <param name="Event">The aggregated event, as JSON.</param>
/// <param name="Progress">How far an earlier, interrupted delivery came; null when none is known.</param>
/// <param name="File">What was decided about the file that is next; null when nothing was.</param>
internal sealed record OutboxItem(string Conversation, string SortKey, string AggregationId, string Event, DeliveryProgress? Progress = null, FileNote? File = null)
{
    /// <summary>When it was put there, by the clock of whoever did; null when it has not been read from there.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The second in which the stream had the newest of its messages, by the stream's clock; null when it came by no stream.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Which aggregates are delivered as one with this, the first of them; null when nothing is decided, or it is delivered alone.</summary>
    public Seal? Seal { get; init; }

    /// <summary>Behind which item files that are not there in time follow: whose wake-up goes on with them.</summary>
    public string FollowedBehind { get => field ?? SortKey; init; }
}

/// <summary>How far the delivery of an aggregate has come.</summary>
/// <param name="Done">Number of Connect messages that were accepted or put aside, counted from the first.</param>
/// <param name="Rendering">
/// Fingerprint of what is left: when settings, or another version, have changed what is sent, it is sent from the message at <paramref name="At"/> on. In a
/// note of a version that noted no place it is the fingerprint of the whole rendering.
/// </param>
/// <param name="At">Where the next one begins; null in a note of a version that noted no place.</param>
/// <param name="Refusal">Why Connect refused the next one, which must not be sent any more but put aside; null when it has not been refused.</param>
internal sealed record DeliveryProgress(int Done, string Rendering, PartPlace? At, PartRefusal? Refusal = null);

/// <summary>Where a part begins, whatever the messages before it have become.</summary>
/// <param name="Message">Place of its first message in the aggregate.</param>
/// <param name="Piece">Which piece of that message's text it is, or of that album's.</param>
internal sealed record PartPlace(int Message, int Piece);

/// <summary>Why Connect will never take a part.</summary>
/// <param name="ErrorCode">AWS's error code.</param>
/// <param name="Reason">Connect's words.</param>
internal sealed record PartRefusal(string ErrorCode, string Reason);
