using LocalAws.Connect.Attachments;

namespace LocalAws.Connect;

/// <summary>Tells the world about a chat: that an item was added, to be published to the topics; or, without an item, that the chat itself changed.</summary>
internal sealed record ChatSignal(Chat Chat, TranscriptItem? Item, IReadOnlyList<string> TopicArns);

/// <summary>One chat: who is in it, what was said, when it ends. Safe for use by many threads.</summary>
internal sealed class Chat : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly OrderedOutbox<ChatSignal> _outbox;
    private readonly ITimer _timer;
    private readonly List<TranscriptItem> _transcript = [];
    private readonly StreamingTargets _streaming = new();
    private readonly ConnectionTokens _connectionTokens;
    private readonly Dictionary<(string Operation, string ClientToken), TranscriptItem> _accepted = [];
    private Participant? _agent;
    private ContactState _state;
    private DateTimeOffset? _endedAt;
    private ContactEndReason? _endReason;

    public Chat(ChatRequest request, ConnectOptions options, TimeProvider time, Func<ChatSignal, Task> send)
    {
        Request = request;
        Attributes = new ContactAttributes(request.Attributes);
        _time = time;
        _connectionTokens = new ConnectionTokens(options.ConnectionTokenLife);
        _outbox = new OrderedOutbox<ChatSignal>(send);
        StartedAt = time.GetUtcNow();
        ExpiresAt = StartedAt + (request.ChatDurationInMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : options.ChatDuration);
        Customer = new Participant(Guid.NewGuid().ToString(), "CUSTOMER", request.DisplayName);
        _timer = time.CreateTimer(_ => OnDeadline(), null, options.ConnectDeadline, Timeout.InfiniteTimeSpan);
    }

    public string Id { get; } = Guid.NewGuid().ToString();

    public string ParticipantToken { get; } = Connect.ConnectionTokens.NewToken();

    public ChatRequest Request { get; }

    public ContactAttributes Attributes { get; }

    public Participant Customer { get; }

    public DateTimeOffset StartedAt { get; }

    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The agent who joined; null before one has.</summary>
    public string? AgentId
    {
        get
        {
            lock (_lock)
            {
                return _agent?.Id;
            }
        }
    }

    public bool IsEnded => Summary.State == ContactState.Ended;

    public ContactSummary Summary
    {
        get
        {
            lock (_lock)
            {
                return new ContactSummary(
                    Id, Request.InstanceId, Request.ContactFlowId, Request.DisplayName, Attributes.All, _state, StartedAt, _endedAt, _endReason);
            }
        }
    }

    public IReadOnlyList<TranscriptItem> Transcript
    {
        get
        {
            lock (_lock)
            {
                return [.. _transcript];
            }
        }
    }

    public IReadOnlyList<string> ConnectionTokens
    {
        get
        {
            lock (_lock)
            {
                return _connectionTokens.All;
            }
        }
    }

    /// <summary>Announces the chat, with its first message when it has one.</summary>
    public void Open() => Change(() =>
    {
        Signal_NeedsLock(null);
        if (Request.InitialMessage is { } message)
        {
            Append_NeedsLock("MESSAGE", message.ContentType, message.Content, Customer);
        }
    });

    /// <summary>Marks the customer as connected.</summary>
    /// <returns>False when the chat has ended.</returns>
    public bool TryConnect() => TryChange(() =>
    {
        if (_state == ContactState.Created)
        {
            _state = ContactState.Connected;
            TimeSpan left = ExpiresAt - _time.GetUtcNow();
            _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            Append_NeedsLock("EVENT", ContentTypes.Joined, null, Customer);
        }
    });

    /// <summary>Mints a connection token, or answers null when the chat has ended.</summary>
    public (string Token, DateTimeOffset Expiry)? IssueConnectionToken()
    {
        lock (_lock)
        {
            return _state == ContactState.Ended ? null : _connectionTokens.Issue(_time.GetUtcNow());
        }
    }

    /// <summary>Whether the token still opens this chat.</summary>
    public bool Admits(string connectionToken)
    {
        lock (_lock)
        {
            return _state != ContactState.Ended && _connectionTokens.Admit(connectionToken, _time.GetUtcNow());
        }
    }

    /// <summary>
    /// Adds a customer's message (or streams an event, which no transcript keeps) once per client token; null when the chat has ended.
    /// </summary>
    public (TranscriptItem Item, bool IsNew)? AddFromCustomer(string type, string contentType, string? content, string? clientToken)
    {
        (TranscriptItem, bool)? result = null;
        TryChange(() =>
        {
            if (clientToken is not null && _accepted.TryGetValue((type, clientToken), out TranscriptItem? earlier))
            {
                result = (earlier, false);
                return;
            }

            TranscriptItem item = Append_NeedsLock(type, contentType, content, Customer);
            _ = clientToken is null || _accepted.TryAdd((type, clientToken), item);
            result = (item, true);
        });
        return result;
    }

    /// <summary>Lets an agent join, unless one has before. Null when the chat has ended.</summary>
    public Participant? JoinAgent(string displayName)
    {
        Participant? agent = null;
        TryChange(() =>
        {
            if (_agent is null)
            {
                _agent = new Participant(Guid.NewGuid().ToString(), "AGENT", displayName);
                Append_NeedsLock("EVENT", ContentTypes.Joined, null, _agent);
            }

            agent = _agent;
        });
        return agent;
    }

    /// <summary>Adds an agent's message; the first one lets the agent join. Null when the chat has ended.</summary>
    public TranscriptItem? AddFromAgent(string displayName, string contentType, string content)
    {
        TranscriptItem? item = null;
        if (JoinAgent(displayName) is { } agent)
        {
            TryChange(() => item = Append_NeedsLock("MESSAGE", contentType, content, agent));
        }

        return item;
    }

    /// <summary>Adds an event of an agent's; the first lets the agent join. Null when the chat has ended.</summary>
    public TranscriptItem? AddEventFromAgent(string displayName, string contentType)
    {
        TranscriptItem? item = null;
        if (JoinAgent(displayName) is { } agent)
        {
            TryChange(() => item = Append_NeedsLock("EVENT", contentType, null, agent));
        }

        return item;
    }

    /// <summary>Adds a file. Null when the chat has ended.</summary>
    public TranscriptItem? AddAttachment(Participant by, ChatAttachment attachment)
    {
        TranscriptItem? item = null;
        TryChange(() => item = Append_NeedsLock("ATTACHMENT", ContentTypes.Attachment, null, by, attachment));
        return item;
    }

    /// <summary>Shows what became of a file, in the transcript and once more on the topics; nothing when the chat has ended.</summary>
    public void UpdateAttachment(string itemId, ChatAttachment attachment) => TryChange(() =>
    {
        int index = _transcript.FindIndex(item => item.Id == itemId);
        _transcript[index] = _transcript[index] with { Attachments = [attachment] };
        Signal_NeedsLock(_transcript[index]);
    });

    /// <summary>Streams what comes from now on to a topic; the same client token answers the same id. Null when the chat has ended.</summary>
    public string? StartStreaming(string topicArn, string clientToken)
    {
        lock (_lock)
        {
            return _state == ContactState.Ended ? null : _streaming.Add(topicArn, clientToken);
        }
    }

    /// <summary>Stops a stream.</summary>
    /// <returns>False when there is none of that id.</returns>
    public bool StopStreaming(string streamingId)
    {
        lock (_lock)
        {
            return _streaming.Remove(streamingId);
        }
    }

    /// <summary>Ends the chat.</summary>
    /// <returns>False when it had ended before.</returns>
    public bool TryEnd(ContactEndReason reason) => TryChange(() =>
    {
        Participant? leaving = reason switch
        {
            ContactEndReason.AgentEnded => _agent,
            ContactEndReason.CustomerDisconnected => Customer,
            _ => null,
        };
        if (leaving is not null)
        {
            Append_NeedsLock("EVENT", ContentTypes.Left, null, leaving);
        }

        Append_NeedsLock("EVENT", ContentTypes.ChatEnded, null, null);
        (_state, _endedAt, _endReason) = (ContactState.Ended, _time.GetUtcNow(), reason);
        Signal_NeedsLock(null);
        _timer.Dispose();
    });

    public void Dispose() => _timer.Dispose();

    private void OnDeadline()
    {
        if (Summary.State == ContactState.Created)
        {
            TryEnd(ContactEndReason.NeverConnected);
        }
        else if (_time.GetUtcNow() >= ExpiresAt)
        {
            TryEnd(ContactEndReason.Expired);
        }
    }

    private bool TryChange(Action change)
    {
        bool isOpen = false;
        Change(() =>
        {
            isOpen = _state != ContactState.Ended;
            if (isOpen)
            {
                change();
            }
        });
        return isOpen;
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }

        _ = _outbox.SendAsync();
    }

    private TranscriptItem Append_NeedsLock(string type, string contentType, string? content, Participant? participant, params IReadOnlyList<ChatAttachment> attachments)
    {
        var item = new TranscriptItem(Guid.NewGuid().ToString(), Id, _time.GetUtcNow(), type, contentType, content, participant) { Attachments = attachments };
        if (contentType is not (ContentTypes.Typing or ContentTypes.Delivered or ContentTypes.Read))
        {
            _transcript.Add(item);
        }

        Signal_NeedsLock(item);
        return item;
    }

    private void Signal_NeedsLock(TranscriptItem? item) => _outbox.Add(new ChatSignal(this, item, _streaming.TopicArns));
}
