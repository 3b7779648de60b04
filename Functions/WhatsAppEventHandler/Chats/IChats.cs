using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler.Chats;

/// <summary>The conversations' chat rows. Whoever holds a row's lease is the only one to write it.</summary>
internal interface IChats
{
    /// <summary>
    /// Takes the lease when it is free, has expired before <paramref name="now"/>, or already belongs to <paramref name="owner"/>.
    /// </summary>
    /// <returns>The chat, or null when another owner holds the lease.</returns>
    Task<ChatState?> TryTakeAsync(string conversation, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>
    /// Notes whose chat a contact is and where its answers go, so that what is written in it finds the customer, however early. Written twice it is the same. Nothing is
    /// noted when <paramref name="owner"/> has lost the lease.
    /// </summary>
    /// <returns>Whether it was noted.</returns>
    Task<bool> TryAnnounceAsync(string conversation, string owner, string contactId, ChatCustomer customer, CancellationToken cancellationToken);

    /// <summary>Stores the chat, unless <paramref name="owner"/> has lost the lease.</summary>
    /// <returns>Whether it was stored.</returns>
    Task<bool> TrySaveAsync(string conversation, string owner, ChatState chat, CancellationToken cancellationToken);

    /// <summary>Frees the lease, stores <see cref="ChatState.NewestMessage"/> and <see cref="ChatState.CustomerWroteAt"/>, and removes an aggregate from the outbox: all or none of it.</summary>
    /// <returns>False when nothing was done: <paramref name="owner"/> has lost the lease, or someone tried to take it just now.</returns>
    Task<bool> TryReleaseAsync(string conversation, string owner, OutboxItem delivered, ChatState chat, CancellationToken cancellationToken);

    /// <summary>Frees the lease; does nothing when <paramref name="owner"/> has lost it.</summary>
    Task ReleaseAsync(string conversation, string owner, CancellationToken cancellationToken);
}
