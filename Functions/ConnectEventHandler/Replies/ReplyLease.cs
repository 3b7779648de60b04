namespace WhatsAppBuffer.ConnectEventHandler.Replies;

/// <summary>The right to send a conversation's replies.</summary>
internal sealed class ReplyLease
{
    private readonly IReplies _replies;
    private readonly string _conversation;
    private readonly TimeProvider _clock;
    private readonly string _owner;
    private readonly TimeSpan _length;
    private DateTimeOffset _until;
    private string _newestSent;

    private ReplyLease(IReplies replies, string conversation, TimeProvider clock, string owner, TimeSpan length, DateTimeOffset until, string newestSent) =>
        (_replies, _conversation, _clock, _owner, _length, _until, _newestSent) = (replies, conversation, clock, owner, length, until, newestSent);

    /// <summary>Takes the conversation's lease, or gives null when another invocation holds it.</summary>
    /// <param name="replies">Where it is.</param>
    /// <param name="conversation">Whose.</param>
    /// <param name="length">How long a holder that died keeps others waiting.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<ReplyLease?> TryTakeAsync(IReplies replies, string conversation, TimeSpan length, TimeProvider clock, CancellationToken cancellationToken)
    {
        // A new owner each time: what gives the lease back may come late, and must not give back the next one. Its end is counted from before the request.
        string owner = Guid.NewGuid().ToString("N");
        DateTimeOffset now = clock.GetUtcNow();
        return await replies.TryTakeAsync(conversation, owner, now, now + length, cancellationToken) is { } newestSent
            ? new ReplyLease(replies, conversation, clock, owner, length, now + length, newestSent)
            : null;
    }

    /// <summary>Notes that a reply is sent.</summary>
    /// <returns>Whether one of a later time was sent before: it came too late for its place.</returns>
    public bool Sent(Reply reply)
    {
        bool isLate = string.CompareOrdinal(reply.SortKey, _newestSent) < 0;
        _newestSent = isLate ? _newestSent : reply.SortKey;
        return isLate;
    }

    /// <summary>Call before every step: makes sure of at least half the lease's length.</summary>
    /// <exception cref="ReplyLeaseLostException">It had run out: another invocation may have worked since.</exception>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (now >= _until)
        {
            throw new ReplyLeaseLostException();
        }

        if (_until - now < _length / 2)
        {
            if (await _replies.TryTakeAsync(_conversation, _owner, now, now + _length, cancellationToken) is null)
            {
                throw new ReplyLeaseLostException();
            }

            _until = now + _length;
        }
    }

    /// <summary>Frees the lease; does nothing when it is lost.</summary>
    public Task ReleaseAsync() => _replies.ReleaseAsync(_conversation, _owner, _newestSent, CancellationToken.None);
}

/// <summary>Another invocation may have taken over the conversation: begin anew from what is stored.</summary>
internal sealed class ReplyLeaseLostException : Exception;
