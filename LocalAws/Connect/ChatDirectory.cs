namespace LocalAws.Connect;

/// <summary>All chats and the ways to find one. Safe for use by many threads; never called under a chat's own lock.</summary>
internal sealed class ChatDirectory(ConnectOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<string>> _flowsByInstance = [];
    private readonly HashSet<string> _withoutAttachments = [];
    private readonly Dictionary<string, List<Chat>> _activeByInstance = [];
    private readonly Dictionary<string, Chat> _byId = [];
    private readonly Dictionary<string, Chat> _byParticipantToken = [];
    private readonly Dictionary<string, Chat> _byConnectionToken = [];
    private readonly Dictionary<(string InstanceId, string ClientToken), Chat> _byClientToken = [];
    private readonly Queue<((string InstanceId, string ClientToken) Key, DateTimeOffset Expiry)> _clientTokens = new();
    private readonly Queue<Chat> _ended = new();

    /// <summary>All chats, oldest first.</summary>
    public IReadOnlyList<Chat> Chats
    {
        get
        {
            lock (_lock)
            {
                return [.. _byId.Values.OrderBy(c => c.StartedAt)];
            }
        }
    }

    public void AddInstance(string instanceId, IEnumerable<string> contactFlowIds)
    {
        lock (_lock)
        {
            if (!_flowsByInstance.TryGetValue(instanceId, out HashSet<string>? flows))
            {
                _flowsByInstance.Add(instanceId, flows = []);
                _activeByInstance.Add(instanceId, []);
            }

            flows.UnionWith(contactFlowIds);
        }
    }

    /// <summary>Lets files be attached in an instance, or no longer.</summary>
    public void SetAttachments(string instanceId, bool areEnabled)
    {
        lock (_lock)
        {
            _ = areEnabled ? _withoutAttachments.Remove(instanceId) : _withoutAttachments.Add(instanceId);
        }
    }

    /// <exception cref="Endpoint.AwsException"><c>AccessDeniedException</c> (403): the instance takes no attachments.</exception>
    public void CheckAttachments(string instanceId)
    {
        lock (_lock)
        {
            if (_withoutAttachments.Contains(instanceId))
            {
                throw new Endpoint.AwsException("AccessDeniedException", "Attachments are not enabled for this instance.", 403);
            }
        }
    }

    /// <exception cref="Endpoint.AwsException"><c>ResourceNotFoundException</c>.</exception>
    public void CheckInstance(string instanceId)
    {
        lock (_lock)
        {
            if (!_flowsByInstance.ContainsKey(instanceId))
            {
                throw ConnectError.NotFound($"there is no instance {instanceId}");
            }
        }
    }

    /// <summary>Adds the chat that the request asks for, or finds the one that its client token started before.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ResourceNotFoundException</c> or <c>LimitExceededException</c> (429).</exception>
    public (Chat Chat, bool IsNew) Start(ChatRequest request, Func<Chat> create)
    {
        lock (_lock)
        {
            if (!_flowsByInstance.TryGetValue(request.InstanceId, out HashSet<string>? flows) || !flows.Contains(request.ContactFlowId))
            {
                throw ConnectError.NotFound($"instance {request.InstanceId} has no flow {request.ContactFlowId}, or there is no such instance");
            }

            ForgetClientTokens_NeedsLock();
            if (request.ClientToken is not null && _byClientToken.TryGetValue((request.InstanceId, request.ClientToken), out Chat? earlier))
            {
                return (earlier, false);
            }

            List<Chat> active = _activeByInstance[request.InstanceId];
            active.RemoveAll(c => c.IsEnded);
            if (active.Count >= options.ConcurrentChats)
            {
                throw new Endpoint.AwsException(
                    "LimitExceededException", $"The quota of {options.ConcurrentChats} concurrent active chats of instance {request.InstanceId} is exceeded.", 429);
            }

            Chat chat = create();
            active.Add(chat);
            _byId.Add(chat.Id, chat);
            _byParticipantToken.Add(chat.ParticipantToken, chat);
            if (request.ClientToken is not null)
            {
                _byClientToken.Add((request.InstanceId, request.ClientToken), chat);
                _clientTokens.Enqueue(((request.InstanceId, request.ClientToken), time.GetUtcNow() + options.ClientTokenMemory));
            }

            return (chat, true);
        }
    }

    public Chat? Find(string contactId) => Get(_byId, contactId);

    public Chat? FindByParticipantToken(string token) => Get(_byParticipantToken, token);

    public Chat? FindByConnectionToken(string token) => Get(_byConnectionToken, token);

    public void AddConnectionToken(string token, Chat chat)
    {
        lock (_lock)
        {
            _byConnectionToken.Add(token, chat);
        }
    }

    /// <summary>Drops an ended chat's tokens, and the chat that ended too long ago to be remembered.</summary>
    /// <returns>The chat that was forgotten; null when there is room for all.</returns>
    public Chat? OnEnded(Chat chat)
    {
        lock (_lock)
        {
            _byParticipantToken.Remove(chat.ParticipantToken);
            foreach (string token in chat.ConnectionTokens)
            {
                _byConnectionToken.Remove(token);
            }

            _ended.Enqueue(chat);
            if (_ended.Count <= options.RememberedContacts)
            {
                return null;
            }

            Chat forgotten = _ended.Dequeue();
            _byId.Remove(forgotten.Id);
            return forgotten;
        }
    }

    /// <summary>Forgets every chat and token; instances and flows stay.</summary>
    /// <returns>The chats that were forgotten.</returns>
    public IReadOnlyList<Chat> Clear()
    {
        lock (_lock)
        {
            Chat[] forgotten = [.. _byId.Values];
            _byId.Clear();
            _byParticipantToken.Clear();
            _byConnectionToken.Clear();
            _byClientToken.Clear();
            _clientTokens.Clear();
            _ended.Clear();
            foreach (List<Chat> active in _activeByInstance.Values)
            {
                active.Clear();
            }

            return forgotten;
        }
    }

    private Chat? Get(Dictionary<string, Chat> chats, string key)
    {
        lock (_lock)
        {
            return chats.GetValueOrDefault(key);
        }
    }

    private void ForgetClientTokens_NeedsLock()
    {
        while (_clientTokens.TryPeek(out var oldest) && oldest.Expiry <= time.GetUtcNow())
        {
            _byClientToken.Remove(_clientTokens.Dequeue().Key);
        }
    }
}
