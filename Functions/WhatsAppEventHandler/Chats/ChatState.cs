namespace WhatsAppBuffer.WhatsAppEventHandler.Chats;

/// <summary>What the conversation's row remembers of its Connect chat.</summary>
/// <param name="Number">Counts the conversation's chats; 0 before the first.</param>
/// <param name="Connected">The chat itself; null before the first chat and when chat <paramref name="Number"/> proved dead.</param>
/// <param name="NewestMessage">WhatsApp's timestamp, in seconds, of the newest message that was delivered: what is older comes too late for its place.</param>
/// <param name="CustomerWroteAt">WhatsApp's timestamp, in seconds, of the newest message that came, shown to an agent or not; 0 when none is known.</param>
/// <param name="LastMessageId">WhatsApp's id of the newest message that a read mark may be shown at; empty when customers get none, null when none is known.</param>
internal sealed record ChatState(int Number, ConnectedChat? Connected, long NewestMessage = 0, long CustomerWroteAt = 0, string? LastMessageId = null)
{
    /// <summary>Before the first chat.</summary>
    public static ChatState None { get; } = new(0, null);
}

/// <summary>A chat in which the customer is a connected participant.</summary>
/// <param name="ContactId">Connect's id of the chat.</param>
/// <param name="ParticipantToken">Fetches connection tokens for as long as the chat lives.</param>
/// <param name="ConnectionToken">Sends messages; lives one day.</param>
/// <param name="Customer">For whom the chat is.</param>
internal sealed record ConnectedChat(string ContactId, string ParticipantToken, string ConnectionToken, ChatCustomer Customer)
{
    /// <summary>Tokens are credentials: no log and no exception may show them.</summary>
    public override string ToString() => $"chat {ContactId}";
}

/// <summary>The customer as the agent and the contact flow see him.</summary>
/// <param name="Id">The conversation's customer: business-scoped user id or phone number.</param>
/// <param name="Name">Display name: 1–256 characters.</param>
/// <param name="SystemNumber">End User Messaging's id of the business number (<c>phone-number-id-…</c>), or empty when unknown.</param>
/// <param name="Recipient">Whom WhatsApp sends answers to: phone number in digits, business-scoped user id, or a group's id.</param>
internal sealed record ChatCustomer(string Id, string Name, string SystemNumber, string Recipient)
{
    /// <summary>Names and phone numbers are personal.</summary>
    public override string ToString() => "customer";
}
