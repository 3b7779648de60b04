using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.ConnectEventHandler.Replies;

/// <summary>Something for a customer that WhatsApp does not have yet.</summary>
/// <param name="Conversation">Partition key.</param>
/// <param name="SortKey">Its place among the conversation's.</param>
/// <param name="MessageId">Connect's id of the message.</param>
/// <param name="Text">What the customer is to read, as WhatsApp formats it.</param>
/// <param name="Progress">How far an earlier attempt came.</param>
internal sealed record Reply(string Conversation, string SortKey, string MessageId, string Text, ReplyProgress Progress)
{
    /// <summary>The file that it is, instead of a text; null for a text.</summary>
    public ReplyFile? File { get; init; }

    /// <summary>Connect's time of it, in the sort key; null when that is of another kind.</summary>
    public DateTimeOffset? Time => ConversationItems.TimeOfReply(SortKey);
}

/// <summary>A file for a customer. It is sent when WhatsApp has it, and what was written after it does not wait for that.</summary>
/// <param name="AttachmentId">Connect's id of it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="ContentType">Its type, as Connect has it; may be empty.</param>
/// <param name="MediaId">WhatsApp's id of it; null as long as WhatsApp does not have it.</param>
internal sealed record ReplyFile(string AttachmentId, string Name, string ContentType, string? MediaId);

/// <summary>What is known of an answer for as long as WhatsApp may tell of it.</summary>
/// <param name="Conversation">Whose.</param>
/// <param name="InstanceId">Amazon Connect's instance; null when the event did not say.</param>
/// <param name="ContactId">The contact that its writer has: after a transfer not the one that the chat began as.</param>
/// <param name="Words">First words.</param>
/// <param name="LastPart">The number of its last part: 0 when it has one.</param>
/// <param name="IsTold">Whether its writer was told that it is not delivered, or could not be.</param>
internal sealed record Answer(string Conversation, string? InstanceId, string? ContactId, string Words, int LastPart, bool IsTold)
{
    /// <summary>Words are personal.</summary>
    public override string ToString() => "answer";
}

/// <summary>How far the sending of a reply has come.</summary>
/// <param name="Done">Number of parts that are sent, counted from the first.</param>
/// <param name="IsUnderWay">Whether the next one was begun: WhatsApp may have it, and may not.</param>
/// <param name="Note">Which note this is; empty when nothing was noted yet, or an older version noted it.</param>
internal sealed record ReplyProgress(int Done, bool IsUnderWay, string Note)
{
    /// <summary>Nothing is sent, and nothing is noted.</summary>
    public static ReplyProgress None { get; } = new(0, IsUnderWay: false, "");
}

/// <summary>The customer's credentials in a chat.</summary>
/// <param name="ConnectionToken">Speaks for them, for a day.</param>
/// <param name="ParticipantToken">Fetches others, for as long as the chat lives; null when it is not known.</param>
internal sealed record Credentials(string ConnectionToken, string? ParticipantToken)
{
    /// <summary>Secret.</summary>
    public override string ToString() => "credentials";
}

/// <summary>Where a conversation's replies go.</summary>
/// <param name="Recipient">See <see cref="Contracts.WhatsApp.Recipient"/>.</param>
/// <param name="SystemNumber">The business number, <c>phone-number-id-…</c>.</param>
/// <param name="CustomerWroteAt">When the customer last wrote, as far as is known; null when it is not.</param>
/// <param name="LastMessageId">WhatsApp's id of the newest message that a read mark may be shown at; null when there is none.</param>
internal sealed record Address(Contracts.WhatsApp.Recipient Recipient, string SystemNumber, DateTimeOffset? CustomerWroteAt, string? LastMessageId = null);
