using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler.Chats;

/// <summary>
/// The right to deliver a conversation's messages and to write its chat row. See docs/adr/0004-one-chat-per-conversation.md.
/// </summary>
internal sealed class Lease
{
    /// <summary>
    /// How long a holder that died keeps others waiting, unless <c>LEASE_SECONDS</c> says otherwise. Calls to Connect time out in a third of it, so that a living holder always comes
    /// back to renew.
    /// </summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _length;
    private readonly IChats _chats;
    private readonly TimeProvider _clock;
    private readonly string _owner;
    private DateTimeOffset _until;
    private bool _released;

    private Lease(IChats chats, TimeProvider clock, string conversation, string owner, DateTimeOffset until, TimeSpan length, ChatState chat)
    {
        (_chats, _clock, _owner, _until, _length) = (chats, clock, owner, until, length);
        (Conversation, Chat) = (conversation, chat);
    }

    public string Conversation { get; }

    /// <summary>The chat as stored when the lease was taken, and as saved since.</summary>
    public ChatState Chat { get; private set; }

    /// <summary>Takes the conversation's lease, or gives null when another invocation holds it.</summary>
    public static async Task<Lease?> TryTakeAsync(IChats chats, TimeProvider clock, string conversation, TimeSpan length, CancellationToken cancellationToken)
    {
        // Not the request id: Lambda repeats it when it repeats an asynchronous invocation.
        string owner = Guid.NewGuid().ToString("N");
        DateTimeOffset now = clock.GetUtcNow();
        ChatState? chat = await chats.TryTakeAsync(conversation, owner, now, now + length, cancellationToken);
        return chat is null ? null : new Lease(chats, clock, conversation, owner, now + length, length, chat);
    }

    /// <summary>Call before every step: makes sure of at least half the lease's length.</summary>
    /// <exception cref="LeaseLostException">
    /// The lease had run out. Another invocation may have worked since, so everything that was read under the lease is stale.
    /// </exception>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (now >= _until)
        {
            throw new LeaseLostException();
        }

        if (_until - now < _length / 2)
        {
            _ = await _chats.TryTakeAsync(Conversation, _owner, now, now + _length, cancellationToken) ?? throw new LeaseLostException();
            _until = now + _length;
        }
    }

    /// <summary>Notes that a contact is this conversation's, and where its answers go.</summary>
    /// <exception cref="LeaseLostException">Nothing was noted.</exception>
    public async Task AnnounceAsync(string contactId, ChatCustomer customer, CancellationToken cancellationToken)
    {
        if (!await _chats.TryAnnounceAsync(Conversation, _owner, contactId, customer, cancellationToken))
        {
            throw new LeaseLostException();
        }
    }

    /// <exception cref="LeaseLostException">Nothing was stored.</exception>
    public async Task SaveAsync(ChatState chat, CancellationToken cancellationToken)
    {
        if (!await _chats.TrySaveAsync(Conversation, _owner, chat, cancellationToken))
        {
            throw new LeaseLostException();
        }

        Chat = chat;
    }

    /// <summary>The newest message that a read mark may be shown at, such as with the sign that an agent writes; null for none. Stored like the others.</summary>
    public void MayBeMarked(string? messageId) => Chat = Chat with { LastMessageId = messageId ?? "" };

    /// <summary>A message was delivered: what is older than it comes late from now on. Stored with the next change of the chat, or with the release.</summary>
    public void Delivered(long timestamp) => Chat = Chat with { NewestMessage = Math.Max(Chat.NewestMessage, timestamp) };

    /// <summary>The customer wrote, whether an agent sees it or not. Stored as <see cref="Delivered"/> is.</summary>
    public void Wrote(long timestamp) => Chat = Chat with { CustomerWroteAt = Math.Max(Chat.CustomerWroteAt, timestamp) };

    /// <summary>Frees the lease and removes <paramref name="delivered"/> from the outbox.</summary>
    /// <returns>False when neither was done.</returns>
    public async Task<bool> TryReleaseAsync(OutboxItem delivered, CancellationToken cancellationToken) =>
        _released = await _chats.TryReleaseAsync(Conversation, _owner, delivered, Chat, cancellationToken);

    /// <summary>Frees the lease, unless that is done.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (!_released)
        {
            await _chats.ReleaseAsync(Conversation, _owner, cancellationToken);
            _released = true;
        }
    }
}

/// <summary>Another invocation may have taken over the conversation: begin anew from what is stored.</summary>
internal sealed class LeaseLostException() : Exception("The lease of a conversation ran out while it was in use.");
