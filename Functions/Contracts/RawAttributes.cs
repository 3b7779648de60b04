namespace WhatsAppBuffer.Contracts;

/// <summary>
/// Attributes of the raw table that are not plainly a message's own field. An item has the guide's shape (message fields, EUM header in
/// <c>context</c>, <c>metadata</c>, <c>messaging_product</c>, <c>field</c>, <c>contact</c>) and keeps what the guide loses.
/// </summary>
public static class RawAttributes
{
    /// <summary>Partition key (S): whose conversation it belongs to, <see cref="Conversations.ConversationKey.Customer"/>.</summary>
    public const string From = "from";

    /// <summary>Sort key (S): the message id.</summary>
    public const string Id = "id";

    /// <summary>Meta's <c>from</c>, which <see cref="From"/> replaces; absent from messages without a phone number.</summary>
    public const string FromPhoneNumber = "from_phone_number";

    /// <summary>The header of End User Messaging.</summary>
    public const string Context = "context";

    /// <summary>The message's own <c>context</c>: what it quotes, whether it was forwarded, which product it asks about.</summary>
    public const string MessageContext = "message_context";

    /// <summary>The business number.</summary>
    public const string Metadata = "metadata";

    /// <summary><c>whatsapp</c>.</summary>
    public const string MessagingProduct = "messaging_product";

    /// <summary>The webhook field, <c>messages</c>.</summary>
    public const string Field = "field";

    /// <summary>Who wrote.</summary>
    public const string Contact = "contact";

    /// <summary>
    /// When End User Messaging got the message, or else this system (S): ISO 8601, UTC, seven fractional digits, so that two of them compare as
    /// strings. It orders what WhatsApp's timestamps, which have whole seconds, leave undecided.
    /// </summary>
    public const string ReceivedAt = "receivedAt";

    /// <summary>W3C trace context (S).</summary>
    public const string TraceParent = "traceparent";

    /// <summary>
    /// Sequence number (S) of the stream's record that the item was put back for; absent from what is there for the first time. The same record is
    /// not put back twice.
    /// </summary>
    public const string Redriven = "redriven";

    /// <summary>
    /// Of an item that is no message but keeps a message from being stored here (S): the partition key that the message is stored under. The partition
    /// belongs to a conversation that turned out to be the same person's.
    /// </summary>
    public const string StoredUnder = "storedUnder";

    /// <summary>
    /// What the message is about, when that is a stored message of the same conversation (M): <c>type</c>, WhatsApp's, and <c>text</c>, its first words;
    /// <c>text</c> is absent when it has none.
    /// </summary>
    public const string RefersTo = "refers_to";

    /// <summary>When TTL may delete the item (N, epoch seconds).</summary>
    public const string ExpiresAt = "expiresAt";
}
