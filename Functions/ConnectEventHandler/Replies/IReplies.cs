namespace WhatsAppBuffer.ConnectEventHandler.Replies;

/// <summary>The replies that wait to be sent, by conversation; every read is strongly consistent.</summary>
internal interface IReplies
{
    /// <summary>Whose chat a contact is.</summary>
    /// <returns>The conversation; null when no chat of this system is known by that id.</returns>
    Task<string?> OwnerOfAsync(string contactId, CancellationToken cancellationToken);

    /// <summary>Where a conversation's replies go; null when that is not known.</summary>
    Task<Address?> AddressOfAsync(string conversation, CancellationToken cancellationToken);

    /// <summary>The customer's display name; null when it is not known.</summary>
    Task<string?> NameOfAsync(string conversation, CancellationToken cancellationToken);

    /// <summary>The customer's credentials in the conversation's chat; null when none is running.</summary>
    Task<Credentials?> CredentialsOfAsync(string conversation, CancellationToken cancellationToken);

    /// <summary>Notes that a customer is shown that an agent writes.</summary>
    /// <returns>False when they were less than <paramref name="pause"/> ago.</returns>
    Task<bool> TryTypeAsync(string conversation, DateTimeOffset now, TimeSpan pause, CancellationToken cancellationToken);

    /// <summary>Puts a reply with what is known of it; does nothing when it was put before, sent or not.</summary>
    Task AdmitAsync(Reply reply, Answer answer, CancellationToken cancellationToken);

    /// <summary>What is known of an answer; null when WhatsApp tells of it too late.</summary>
    Task<Answer?> AnswerOfAsync(string messageId, CancellationToken cancellationToken);

    /// <summary>Notes that an answer's writer need not be told any more.</summary>
    Task NoteToldAsync(string messageId, CancellationToken cancellationToken);

    /// <summary>A reply as it waits now; null when it is sent or put aside.</summary>
    Task<Reply?> FindAsync(Reply reply, CancellationToken cancellationToken);

    /// <summary>The conversation's oldest replies that can be sent, in order; empty when none can. There may be more behind them.</summary>
    Task<IReadOnlyList<Reply>> WaitingAsync(string conversation, CancellationToken cancellationToken);

    /// <summary>Notes how far a reply came, on the condition that nobody has noted anything since it was read.</summary>
    /// <returns>The reply as it is now; null when another invocation noted something or has removed it: nothing was noted then.</returns>
    Task<Reply?> TryNoteAsync(Reply reply, int done, bool isUnderWay, CancellationToken cancellationToken);

    /// <summary>Notes that WhatsApp has a reply's file: it can be sent from now on.</summary>
    Task NoteMediaAsync(Reply reply, string mediaId, CancellationToken cancellationToken);

    /// <summary>Whether a status of WhatsApp has named a part of a reply.</summary>
    Task<bool> IsSentAsync(string messageId, int part, CancellationToken cancellationToken);

    /// <summary>Removes a reply that is sent or put aside.</summary>
    Task RemoveAsync(Reply reply, CancellationToken cancellationToken);

    /// <summary>Takes the right to send a conversation's replies when it is free, has run out before <paramref name="now"/>, or is the owner's already.</summary>
    /// <returns>The sort key of the newest reply that is known to be sent, empty when none is; null when it is somebody else's.</returns>
    Task<string?> TryTakeAsync(string conversation, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Gives it back, and notes the newest reply that was sent; does nothing when the owner has lost it.</summary>
    Task ReleaseAsync(string conversation, string owner, string newestSent, CancellationToken cancellationToken);

    /// <summary>Forgets a conversation's chat, unless it has another by now.</summary>
    Task EndChatAsync(string conversation, string contactId, CancellationToken cancellationToken);
}
