namespace WhatsAppBuffer.Contracts.Conversations;

/// <summary>
/// Layout of the <c>active_connections</c> table: everything about a conversation lies under one partition key, so that one strongly
/// consistent query in key order reads its outbox. See docs/adr/0003-outbox.md.
/// </summary>
public static class ConversationItems
{
    /// <summary>Partition key (S): <see cref="ConversationKey.ToString"/>.</summary>
    public const string PartitionKey = "conversation";

    /// <summary>Sort key (S): which of the conversation's items this is.</summary>
    public const string SortKey = "item";

    /// <summary>The running chat: contact, tokens, lease. Written only by the event handler.</summary>
    public const string Chat = "chat";

    /// <summary>How far the stream has been handed over (<c>handedOverThrough</c>). Written only by the aggregator.</summary>
    public const string Stream = "stream";

    /// <summary>Sort keys of aggregates that wait for delivery begin with this.</summary>
    public const string OutboxPrefix = "outbox#";

    /// <summary>Sort keys of receipts begin with this, followed by the sort key of what was admitted to the outbox once and is not to be again.</summary>
    public const string ReceiptPrefix = "receipt#";

    /// <summary>
    /// Sort keys begin with this that tell which records were handed over late: those from one sequence number to another. A batch that the mapping
    /// gives up may hold some that were, and some that were not.
    /// </summary>
    public const string HandedOverPrefix = "handedOver#";

    /// <summary>Attribute of an outbox item (S): the JSON of an <see cref="AggregatedEvent"/>.</summary>
    public const string Event = "event";

    /// <summary>Attribute of an outbox item (S): <see cref="Aggregation.Id"/>.</summary>
    public const string AggregationId = "aggregationId";

    /// <summary>Attribute of an outbox item (S): when it was written; ISO 8601, UTC, milliseconds.</summary>
    public const string CreatedAt = "createdAt";

    /// <summary>
    /// Attribute of an outbox item (S): when DynamoDB's stream had the newest of its messages, by the stream's clock and not by a function's;
    /// ISO 8601, UTC, whole seconds, as a scheduled event spells its <c>time</c>. Absent from what came by no stream.
    /// </summary>
    public const string WaitingSince = "waitingSince";

    /// <summary>
    /// The index of what waits: its key is <see cref="AggregationId"/>, which only outbox items have, and it holds <see cref="WaitingSince"/>.
    /// </summary>
    public const string WaitingIndex = "waiting-index";

    /// <summary>Attribute (N, epoch seconds) that DynamoDB's TTL reads.</summary>
    public const string ExpiresAt = "expiresAt";

    /// <summary>
    /// Sort key of an aggregate: grows with the stream, so that a query returns aggregates in the customer's order.
    /// </summary>
    /// <param name="sequenceNumber">Stream sequence number of the aggregate's last record: at most 40 digits.</param>
    /// <param name="part">0 for the first of the events that a large aggregate was split into, then 1, 2, …</param>
    public static string Outbox(string sequenceNumber, int part) =>
        $"{OutboxPrefix}{sequenceNumber.PadLeft(40, '0')}#{part:D4}";

    /// <summary>Sort key of the note that records were handed over.</summary>
    /// <param name="first">Sequence number of the first, 40 digits.</param>
    /// <param name="last">Sequence number of the last, 40 digits.</param>
    public static string HandedOver(string first, string last) => $"{HandedOverPrefix}{first}#{last}";

    /// <summary>Whether a note of <see cref="HandedOver"/> is about a record.</summary>
    /// <param name="sortKey">The note's.</param>
    /// <param name="sequenceNumber">The record's: at most 40 digits.</param>
    public static bool IsHandedOver(string sortKey, string sequenceNumber)
    {
        ArgumentNullException.ThrowIfNull(sortKey);
        ArgumentNullException.ThrowIfNull(sequenceNumber);
        string number = sequenceNumber.PadLeft(40, '0');
        return sortKey[HandedOverPrefix.Length..].Split('#') is [var first, var last]
            && string.CompareOrdinal(first, number) <= 0 && string.CompareOrdinal(number, last) <= 0;
    }

    /// <summary>Sort key of a part that was refused and comes back: next to its aggregate's.</summary>
    /// <param name="aggregate">Sort key of the aggregate.</param>
    /// <param name="refused">The part.</param>
    public static string RefusedPart(string aggregate, RefusedPart refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return $"{aggregate}#refused#{refused.Part}#{refused.Times:D4}";
    }
}
