using System.Globalization;

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

    /// <summary>Attribute of a chat (S): Connect's id of it. Absent before the first, and after one that proved dead.</summary>
    public const string ContactId = "contactId";

    /// <summary>Attribute of a chat (S): the customer's credential in it, which lives a day. Absent when no chat is running.</summary>
    public const string ConnectionToken = "connectionToken";

    /// <summary>Attribute of a chat (S): fetches connection tokens for as long as the chat lives. Absent when no chat is running.</summary>
    public const string ParticipantToken = "participantToken";

    /// <summary>Attribute of a chat (N): WhatsApp's timestamp, in seconds, of the newest message that was delivered.</summary>
    public const string NewestMessage = "newestMessage";

    /// <summary>
    /// Attribute of a chat (N): WhatsApp's timestamp, in seconds, of the newest message that the customer is known to have written, shown to an agent or not. WhatsApp takes answers for 24 hours
    /// after it.
    /// </summary>
    public const string CustomerWroteAt = "customerWroteAt";

    /// <summary>Attribute of a chat (S): WhatsApp's id of the newest message that a read mark may be shown at. Empty where customers get none.</summary>
    public const string LastMessageId = "lastMessageId";

    /// <summary>How far the stream has been handed over (<c>handedOverThrough</c>). Written only by the aggregator.</summary>
    public const string Stream = "stream";

    /// <summary>
    /// Which conversation an id belongs to: the row lies under the key that a conversation of this id's own would have. Written only by
    /// <c>on_raw_messages</c>. See docs/adr/0009-who-is-decided-at-the-door.md.
    /// </summary>
    public const string Alias = "alias";

    /// <summary>Attribute of an alias (S): <see cref="ConversationKey.Customer"/> of the conversation that its id belongs to, or once belonged to.</summary>
    public const string Customer = "customer";

    /// <summary>
    /// Attribute of the alias of a conversation's own key (SS): customers of other conversations that turned out to be the same person's. Absent when
    /// there is none.
    /// </summary>
    public const string Formerly = "formerly";

    /// <summary>Attribute of a chat (S): whom WhatsApp sends answers to; see <see cref="WhatsApp.Recipient.Id"/>.</summary>
    public const string Recipient = "recipient";

    /// <summary>Attribute of a chat (S): End User Messaging's id of the business number, <c>phone-number-id-…</c>.</summary>
    public const string SystemNumber = "systemNumber";

    /// <summary>Sort key of the row that says whose chat a contact is; its partition is <see cref="OfContact"/>. Written only by the event handler.</summary>
    public const string ContactOwner = "owner";

    /// <summary>Attribute of that row (S): <see cref="ConversationKey.ToString"/>.</summary>
    public const string Owner = "conversationOfContact";

    /// <summary>Who sends what agents wrote: a lease. Written only by <c>connect_event_handler</c>.</summary>
    public const string Replies = "replies";

    /// <summary>Sort keys of what agents wrote and WhatsApp does not have yet begin with this.</summary>
    public const string ReplyPrefix = "reply#";

    /// <summary>Sort key of the row that says that WhatsApp has a part of an answer; its partition is <see cref="OfSent"/>. Written only by <c>on_raw_messages</c>.</summary>
    /// <param name="part">0, 1, 2, …</param>
    public static string SentPart(int part) => $"part#{part:D4}";

    /// <summary>The partition of a contact's row: no conversation's key begins like it.</summary>
    /// <param name="contactId">Connect's id of the contact.</param>
    public static string OfContact(string contactId) => $"contact#{contactId}";

    /// <summary>
    /// Sort key of the row that says whose answer it is and who wrote it, for as long as WhatsApp may tell of it; its partition is <see cref="OfSent"/>. Written only by
    /// <c>connect_event_handler</c>.
    /// </summary>
    public const string Answer = "answer";

    /// <summary>Attribute of a chat (S): the customer's display name.</summary>
    public const string Name = "name";

    /// <summary>The partition of what is known of an answer.</summary>
    /// <param name="messageId">Connect's id of the message.</param>
    public static string OfSent(string messageId) => $"sent#{messageId}";

    /// <summary>Sort key of an answer: grows with time.</summary>
    /// <param name="absoluteTime">Connect's time of it.</param>
    /// <param name="messageId">Connect's id of it.</param>
    public static string Reply(DateTimeOffset absoluteTime, string messageId) =>
        $"{ReplyPrefix}{absoluteTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}#{messageId}";

    /// <summary>Connect's time of an answer; null when the sort key is none of <see cref="Reply"/>.</summary>
    /// <param name="sortKey">What <see cref="Reply"/> gave.</param>
    public static DateTimeOffset? TimeOfReply(string sortKey)
    {
        ArgumentNullException.ThrowIfNull(sortKey);
        return sortKey.Split('#') is [_, var time, ..] && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null;
    }

    /// <summary>Sort key of the row that says what became of a template; its partition is <see cref="OfSending"/>. Written only by <c>send_whatsapp_message</c>.</summary>
    public const string Sending = "sending";

    /// <summary>
    /// Sort keys of the rows begin with this that say which templates somebody was sent; their partition is <see cref="OfTemplateTo"/>. Written by
    /// <c>send_whatsapp_message</c>, removed by the event handler when the customer's answer has opened a chat. See docs/adr/0011-templates.md.
    /// </summary>
    public const string SentTemplatePrefix = "template#";

    /// <summary>Attribute of both rows (S): the template's name.</summary>
    public const string TemplateName = "template";

    /// <summary>Attribute of both rows (S): what the flow calls the occasion; absent when it gave nothing.</summary>
    public const string TemplateReference = "reference";

    /// <summary>Attribute of both rows (S): which attempt at sending wrote them.</summary>
    public const string TemplateAttempt = "attempt";

    /// <summary>Sort key of what somebody was sent: grows with time, and every attempt has its own.</summary>
    /// <param name="attempt">See <see cref="NewAttempt"/>.</param>
    public static string SentTemplate(string attempt) => SentTemplatePrefix + attempt;

    /// <summary>An attempt at sending a template, unlike any other, and after those that were made before it.</summary>
    /// <param name="now">When it is made.</param>
    public static string NewAttempt(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds():D15}-{Guid.NewGuid():N}");

    /// <summary>The partition of what became of a template.</summary>
    /// <param name="sendingId">A hash of flow, template and recipient.</param>
    public static string OfSending(string sendingId) => $"sending#{sendingId}";

    /// <summary>The partition of what somebody was sent, who need never have written: no conversation's key begins like it.</summary>
    /// <param name="systemNumber">End User Messaging's id of the business number, <c>phone-number-id-…</c>.</param>
    /// <param name="recipient">A phone number in digits, or a business-scoped user id.</param>
    public static string OfTemplateTo(string systemNumber, string recipient) => $"template#{systemNumber}#{recipient}";

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

    /// <summary>
    /// Sort keys of files begin with this that were not there in time and follow: behind those of all aggregates, so that none of these waits for a file.
    /// </summary>
    public const string LateFilePrefix = $"{OutboxPrefix}file#";

    /// <summary>Sort key of a file that was not there in time.</summary>
    /// <param name="aggregate">Sort key of its aggregate.</param>
    /// <param name="part">Its place in the aggregate, as digits.</param>
    public static string LateFile(string aggregate, string part)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        return $"{LateFilePrefix}{aggregate[OutboxPrefix.Length..]}#{part}";
    }

    /// <summary>Between which sort keys the files lie that follow an item of the outbox: those of an aggregate, or those up to a file.</summary>
    /// <param name="item">Sort key of the item.</param>
    public static (string First, string Last) LateFilesOf(string item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.StartsWith(LateFilePrefix, StringComparison.Ordinal) ? (LateFilePrefix, item) : (LateFile(item, ""), LateFile(item, "~"));
    }

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
