using LocalAws.Delivery;

namespace LocalAws.Sqs;

/// <summary>A standard queue as a function of time: every method is told what time it is. Guarded by the engine's lock.</summary>
internal sealed class Queue(string name, string arn, QueueAttributes attributes, DateTimeOffset createdAt)
{
    private readonly LinkedList<Entry> _entries = [];
    private readonly Dictionary<string, LinkedListNode<Entry>> _byMessageId = [];

    public string Name { get; } = name;

    public string Arn { get; } = arn;

    public QueueAttributes Attributes { get; private set; } = attributes;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset LastModifiedAt { get; private set; } = createdAt;

    public DateTimeOffset? PurgedAt { get; private set; }

    public IReadOnlyList<QueueMessage> Messages => [.. _entries.Select(e => e.Message)];

    public void Set(QueueAttributes attributes, DateTimeOffset now) => (Attributes, LastModifiedAt) = (attributes, now);

    /// <summary>Adds a message that no receive finds before its delay is over.</summary>
    public QueueMessage Send(DeliveryMessage message, TimeSpan? delay, DateTimeOffset now)
    {
        var sent = new QueueMessage(Guid.NewGuid().ToString(), message.Body, message.Attributes, now);
        TimeSpan hidden = delay ?? TimeSpan.FromSeconds(Attributes.DelaySeconds);
        Add(new Entry(sent, now + hidden, EntryState.Delayed));
        return sent;
    }

    /// <summary>Adds a message that comes from another queue.</summary>
    public void Accept(QueueMessage message, DateTimeOffset now) => Add(new Entry(message, now, EntryState.Available));

    /// <summary>Takes everything out.</summary>
    public IReadOnlyList<QueueMessage> Drain()
    {
        IReadOnlyList<QueueMessage> messages = Messages;
        _entries.Clear();
        _byMessageId.Clear();
        return messages;
    }

    public void Purge(DateTimeOffset now)
    {
        Drain();
        PurgedAt = now;
    }

    /// <summary>Hands out what is visible, and gives up what was received too often.</summary>
    /// <param name="maximum">1 to 10.</param>
    /// <param name="visibilityTimeout">How long it is hidden, or null for the queue's own.</param>
    /// <param name="now">The time.</param>
    /// <param name="tryGiveUp">Takes what was received too often; false when there is nowhere to put it, and it is handed out again.</param>
    public List<ReceivedMessage> Receive(int maximum, TimeSpan? visibilityTimeout, DateTimeOffset now, Func<QueueMessage, bool> tryGiveUp)
    {
        TimeSpan hidden = visibilityTimeout ?? TimeSpan.FromSeconds(Attributes.VisibilityTimeout);
        List<ReceivedMessage> received = [];
        Forget(now);
        for (LinkedListNode<Entry>? node = _entries.First, next; node is not null && received.Count < maximum; node = next)
        {
            next = node.Next;
            Entry entry = node.Value;
            if (entry.VisibleAt > now)
            {
                continue;
            }

            if (entry.Message.ApproximateReceiveCount >= Attributes.RedrivePolicy?.MaxReceiveCount
                && tryGiveUp(entry.Message with { DeadLetterQueueSourceArn = Arn }))
            {
                Remove(node);
                continue;
            }

            QueueMessage message = entry.Message with
            {
                ApproximateReceiveCount = entry.Message.ApproximateReceiveCount + 1,
                FirstReceivedAt = entry.Message.FirstReceivedAt ?? now,
            };
            node.Value = new Entry(message, now + hidden, EntryState.InFlight);
            received.Add(new ReceivedMessage(message, new ReceiptHandle(Name, message.MessageId, message.ApproximateReceiveCount).ToString()) { VisibleAt = now + hidden });
        }

        return received;
    }

    /// <summary>When a hidden message becomes visible next, or null.</summary>
    public DateTimeOffset? NextVisibleAt(DateTimeOffset now) =>
        _entries.Where(e => e.VisibleAt > now).Select(e => (DateTimeOffset?)e.VisibleAt).Min();

    /// <summary>Deletes a message if the handle is of its last receive; an older handle changes nothing, as on AWS.</summary>
    public void Delete(ReceiptHandle handle)
    {
        if (Find(handle) is { } node)
        {
            Remove(node);
        }
    }

    /// <summary>Hides a message in flight anew.</summary>
    /// <exception cref="Endpoint.AwsException"><c>InvalidParameterValue</c> or <c>MessageNotInflight</c>.</exception>
    public void ChangeVisibility(ReceiptHandle handle, TimeSpan timeout, DateTimeOffset now)
    {
        LinkedListNode<Entry> node = Find(handle) ?? throw SqsError.InvalidParameterValue(
            "Value for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.");
        if (StateOf(node.Value, now) != EntryState.InFlight)
        {
            throw new Endpoint.AwsException("MessageNotInflight", "The specified message isn't in flight.");
        }

        node.Value = node.Value with { VisibleAt = now + timeout };
    }

    /// <summary>How many messages are available, in flight and delayed.</summary>
    public (int Available, int InFlight, int Delayed) Count(DateTimeOffset now)
    {
        Forget(now);
        ILookup<EntryState, Entry> states = _entries.ToLookup(e => StateOf(e, now));
        return (states[EntryState.Available].Count(), states[EntryState.InFlight].Count(), states[EntryState.Delayed].Count());
    }

    private static EntryState StateOf(Entry entry, DateTimeOffset now) => entry.VisibleAt <= now ? EntryState.Available : entry.HiddenAs;

    private void Add(Entry entry) => _byMessageId.Add(entry.Message.MessageId, _entries.AddLast(entry));

    private void Remove(LinkedListNode<Entry> node)
    {
        _entries.Remove(node);
        _byMessageId.Remove(node.Value.Message.MessageId);
    }

    private LinkedListNode<Entry>? Find(ReceiptHandle handle) => handle.QueueName != Name
        ? throw SqsError.ReceiptHandleIsInvalid()
        : _byMessageId.GetValueOrDefault(handle.MessageId) is { } node && node.Value.Message.ApproximateReceiveCount == handle.ReceiveCount ? node : null;

    private void Forget(DateTimeOffset now)
    {
        DateTimeOffset oldest = now - TimeSpan.FromSeconds(Attributes.MessageRetentionPeriod);
        for (LinkedListNode<Entry>? node = _entries.First, next; node is not null; node = next)
        {
            next = node.Next;
            if (node.Value.Message.SentAt <= oldest)
            {
                Remove(node);
            }
        }
    }

    private enum EntryState
    {
        Available,
        InFlight,
        Delayed,
    }

    private sealed record Entry(QueueMessage Message, DateTimeOffset VisibleAt, EntryState HiddenAs);
}
