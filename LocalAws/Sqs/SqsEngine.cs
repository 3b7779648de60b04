using System.Globalization;
using LocalAws.Clock;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Sqs;

/// <summary>Standard queues: visibility, long polling, dead-letter queues. Safe for use by many threads.</summary>
/// <param name="account">The account that owns the queues.</param>
/// <param name="time">The cloud's clock.</param>
public sealed partial class SqsEngine(AwsAccount account, TimeProvider time) : IDeliveryTarget
{
    private const int MaxDelay = 900;
    private const int MaxVisibility = 43_200;
    private const int MaxReceive = 10;
    private const int MaxWait = 20;
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Doorbell _doorbell = new();
    private readonly SortedDictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _deletedAt = [];

    internal AwsAccount Account => account;

    /// <summary>Creates a queue, or finds the one of that name with the same settings.</summary>
    /// <param name="name">1 to 80 letters, digits, hyphens and underscores.</param>
    /// <param name="attributes">Settings by AWS's names; what is not imitated is refused.</param>
    /// <exception cref="AwsException"><c>QueueNameExists</c>, <c>QueueDeletedRecently</c>, <c>InvalidParameterValue</c>, <c>InvalidAttributeName</c>, <c>InvalidAttributeValue</c> or <c>UnsupportedOperation</c>.</exception>
    public void CreateQueue(string name, IReadOnlyDictionary<string, string>? attributes = null)
    {
        QueueName.Check(name);
        QueueAttributes wanted = new QueueAttributes().With(attributes ?? new Dictionary<string, string>());
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_queues.TryGetValue(name, out Queue? queue))
            {
                if (attributes is { Count: > 0 } && queue.Attributes.With(attributes) != queue.Attributes)
                {
                    throw new AwsException("QueueNameExists", "A queue already exists with the same name and a different value for one of its attributes.");
                }

                return;
            }

            if (_deletedAt.TryGetValue(name, out DateTimeOffset deletedAt) && now < deletedAt + QuietPeriod)
            {
                throw new AwsException("QueueDeletedRecently", "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
            }

            _queues.Add(name, new Queue(name, ArnOf(name), wanted, now));
        }
    }

    /// <summary>Removes a queue with its messages.</summary>
    /// <param name="name">The queue.</param>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c>.</exception>
    public void DeleteQueue(string name)
    {
        lock (_lock)
        {
            Find_NeedsLock(name);
            _queues.Remove(name);
            _deletedAt[name] = time.GetUtcNow();
        }

        _doorbell.Ring();
    }

    /// <summary>The names of all queues that begin so.</summary>
    /// <param name="prefix">The beginning; empty for all.</param>
    public IReadOnlyList<string> ListQueues(string prefix = "")
    {
        lock (_lock)
        {
            return [.. _queues.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        }
    }

    /// <summary>A queue's settings, counts and ARN.</summary>
    /// <param name="name">The queue.</param>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c>.</exception>
    public IReadOnlyDictionary<string, string> GetQueueAttributes(string name)
    {
        lock (_lock)
        {
            Queue queue = Find_NeedsLock(name);
            (int available, int inFlight, int delayed) = queue.Count(time.GetUtcNow());
            return new Dictionary<string, string>(queue.Attributes.ToPairs())
            {
                ["QueueArn"] = queue.Arn,
                ["ApproximateNumberOfMessages"] = Text(available),
                ["ApproximateNumberOfMessagesNotVisible"] = Text(inFlight),
                ["ApproximateNumberOfMessagesDelayed"] = Text(delayed),
                ["CreatedTimestamp"] = Text(queue.CreatedAt.ToUnixTimeSeconds()),
                ["LastModifiedTimestamp"] = Text(queue.LastModifiedAt.ToUnixTimeSeconds()),
            };
        }
    }

    /// <summary>Changes settings of a queue.</summary>
    /// <param name="name">The queue.</param>
    /// <param name="attributes">Settings by AWS's names.</param>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c>, <c>InvalidAttributeName</c> or <c>InvalidAttributeValue</c>.</exception>
    public void SetQueueAttributes(string name, IReadOnlyDictionary<string, string> attributes)
    {
        lock (_lock)
        {
            Queue queue = Find_NeedsLock(name);
            queue.Set(queue.Attributes.With(attributes), time.GetUtcNow());
        }
    }

    /// <summary>Sends a message.</summary>
    /// <param name="name">The queue.</param>
    /// <param name="message">Body and at most 10 attributes, together at most the queue's <c>MaximumMessageSize</c> (1 MiB by default).</param>
    /// <param name="delaySeconds">0 to 900, or null for the queue's own.</param>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c>, <c>InvalidParameterValue</c>, <c>InvalidMessageContents</c> or <c>MissingParameter</c>.</exception>
    public QueueMessage SendMessage(string name, DeliveryMessage message, int? delaySeconds = null)
    {
        CheckRange(delaySeconds, nameof(delaySeconds), 0, MaxDelay);
        QueueMessage sent;
        lock (_lock)
        {
            Queue queue = Find_NeedsLock(name);
            SqsMessageRules.Check(message, queue.Attributes.MaximumMessageSize);
            sent = queue.Send(message, Seconds(delaySeconds), time.GetUtcNow());
        }

        _doorbell.Ring();
        return sent;
    }

    /// <summary>Checks that the messages of a batch are together no larger than the queue allows one to be.</summary>
    /// <exception cref="AwsException"><c>BatchRequestTooLong</c> or <c>QueueDoesNotExist</c>.</exception>
    internal void CheckBatchSize(string name, IEnumerable<DeliveryMessage> messages)
    {
        lock (_lock)
        {
            int maximum = Find_NeedsLock(name).Attributes.MaximumMessageSize;
            long size = messages.Sum(m => (long)SqsMessageRules.SizeOf(m));
            if (size > maximum)
            {
                throw new AwsException("BatchRequestTooLong", $"Batch requests cannot be longer than {maximum} bytes. You have sent {size} bytes.");
            }
        }
    }

    /// <summary>Receives messages, waiting for the first if asked to.</summary>
    /// <param name="name">The queue.</param>
    /// <param name="maximum">1 to 10.</param>
    /// <param name="visibilityTimeout">Seconds the messages stay hidden, 0 to 43,200, or null for the queue's own.</param>
    /// <param name="waitTimeSeconds">Seconds to wait, 0 to 20, or null for the queue's own.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c> or <c>InvalidParameterValue</c>.</exception>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveMessageAsync(
        string name, int maximum = 1, int? visibilityTimeout = null, int? waitTimeSeconds = null, CancellationToken cancellationToken = default)
    {
        CheckRange(maximum, "MaxNumberOfMessages", 1, MaxReceive);
        CheckRange(visibilityTimeout, nameof(visibilityTimeout), 0, MaxVisibility);
        CheckRange(waitTimeSeconds, nameof(waitTimeSeconds), 0, MaxWait);
        DateTimeOffset? deadline = null;
        while (true)
        {
            Task change = _doorbell.NextRing;
            TimeSpan wait;
            lock (_lock)
            {
                DateTimeOffset now = time.GetUtcNow();
                Queue queue = Find_NeedsLock(name);
                deadline ??= now + TimeSpan.FromSeconds(waitTimeSeconds ?? queue.Attributes.ReceiveMessageWaitTimeSeconds);
                List<ReceivedMessage> received = queue.Receive(maximum, Seconds(visibilityTimeout), now, letter => TryMoveToDeadLetters_NeedsLock(queue, letter, now));
                if (received.Count > 0 || now >= deadline)
                {
                    return received;
                }

                wait = (queue.NextVisibleAt(now) is { } next && next < deadline ? next : deadline.Value) - now;
            }

            try
            {
                await change.WaitAsync(wait.InFull(), time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Time has brought a message into sight, or the wait is over: look once more.
            }
        }
    }

    /// <summary>Deletes a received message; one that is gone is no error.</summary>
    /// <param name="name">The queue.</param>
    /// <param name="receiptHandle">From the last receive of the message.</param>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c> or <c>ReceiptHandleIsInvalid</c>.</exception>
    public void DeleteMessage(string name, string receiptHandle)
    {
        lock (_lock)
        {
            Find_NeedsLock(name).Delete(ReceiptHandle.Parse(receiptHandle));
        }
    }

    /// <summary>Hides a received message for a new time from now; 0 shows it at once.</summary>
    /// <param name="name">The queue.</param>
    /// <param name="receiptHandle">From the last receive of the message.</param>
    /// <param name="visibilityTimeout">0 to 43,200 seconds.</param>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c>, <c>ReceiptHandleIsInvalid</c>, <c>MessageNotInflight</c> or <c>InvalidParameterValue</c>.</exception>
    public void ChangeMessageVisibility(string name, string receiptHandle, int visibilityTimeout)
    {
        CheckRange(visibilityTimeout, nameof(visibilityTimeout), 0, MaxVisibility);
        lock (_lock)
        {
            Find_NeedsLock(name).ChangeVisibility(ReceiptHandle.Parse(receiptHandle), TimeSpan.FromSeconds(visibilityTimeout), time.GetUtcNow());
        }

        _doorbell.Ring();
    }

    /// <summary>Deletes all messages of all queues at once; what <see cref="PurgeQueue"/> may do only once a minute.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (Queue queue in _queues.Values)
            {
                queue.Drain();
            }
        }
    }

    /// <summary>Deletes all messages of a queue, at most once a minute.</summary>
    /// <param name="name">The queue.</param>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c> or <c>PurgeQueueInProgress</c>.</exception>
    public void PurgeQueue(string name)
    {
        lock (_lock)
        {
            Queue queue = Find_NeedsLock(name);
            DateTimeOffset now = time.GetUtcNow();
            if (now < queue.PurgedAt + QuietPeriod)
            {
                throw new AwsException("PurgeQueueInProgress", $"Only one PurgeQueue operation on {name} is allowed every 60 seconds.");
            }

            queue.Purge(now);
        }
    }

    /// <summary>All messages of a queue, hidden ones too, without receiving them.</summary>
    /// <param name="name">The queue.</param>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c>.</exception>
    public IReadOnlyList<QueueMessage> Peek(string name)
    {
        lock (_lock)
        {
            return Find_NeedsLock(name).Messages;
        }
    }

    /// <summary>Whether a queue has no message, visible or not; so it is with one that is not there.</summary>
    internal bool IsEmpty(string name)
    {
        lock (_lock)
        {
            return _queues.GetValueOrDefault(name)?.Count(time.GetUtcNow()) is null or (0, 0, 0);
        }
    }

    /// <summary>The name in the ARN of a queue of this account and region.</summary>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c>: it is another's.</exception>
    internal string NameOf(string arn)
    {
        string name = arn[(arn.LastIndexOf(':') + 1)..];
        return arn == ArnOf(name) ? name : throw SqsError.QueueDoesNotExist();
    }

    /// <summary>The settings of a queue.</summary>
    /// <exception cref="AwsException"><c>QueueDoesNotExist</c>.</exception>
    internal QueueAttributes SettingsOf(string name)
    {
        lock (_lock)
        {
            return Find_NeedsLock(name).Attributes;
        }
    }

    /// <inheritdoc/>
    public bool Owns(string arn) => arn.StartsWith("arn:aws:sqs:", StringComparison.Ordinal);

    /// <inheritdoc/>
    public Task DeliverAsync(string arn, DeliveryMessage message, CancellationToken cancellationToken)
    {
        SendMessage(NameOf(arn), message);
        return Task.CompletedTask;
    }

    private string ArnOf(string name) => account.Arn("sqs", name);

    private Queue Find_NeedsLock(string name) => _queues.GetValueOrDefault(name) ?? throw SqsError.QueueDoesNotExist();

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void CheckRange(int? value, string parameter, int min, int max)
    {
        if (value < min || value > max)
        {
            string name = char.ToUpperInvariant(parameter[0]) + parameter[1..];
            throw SqsError.InvalidParameterValue($"Value {value} for parameter {name} is invalid. Reason: Must be between {min} and {max}, if provided.");
        }
    }
}
