using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Faults;

namespace LocalAws.Sns;

/// <summary>Standard topics with subscriptions of Lambda functions and SQS queues. Safe for use by many threads.</summary>
/// <remarks>
/// Delivery is at least once and starts at once; a throttled or unreachable endpoint is tried again on the cloud's clock for 23 days, an
/// endpoint that refuses is not. What is given up goes to the subscription's dead-letter queue.
/// </remarks>
public sealed partial class SnsEngine : IDeliveryTarget, IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();

    private readonly Lock _lock = new();
    private readonly AwsAccount _account;
    private readonly TimeProvider _time;
    private readonly SnsOptions _options;
    private readonly FaultInjector? _faults;
    private readonly SubscriptionDelivery _delivery;
    private readonly SnsCounters _counters = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SortedDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Notification> _remembered = [];
    private readonly Queue<string> _rememberedOrder = new();
    private int _deliveries;

    /// <summary>Creates the service without topics.</summary>
    /// <param name="account">The account that owns the topics.</param>
    /// <param name="router">Leads to the functions and queues.</param>
    /// <param name="time">The cloud's clock.</param>
    /// <param name="options">Defaults when null.</param>
    /// <param name="logger">Where retries and losses are told; nowhere when null.</param>
    /// <param name="faults">Deliveries twice and out of order; none when null.</param>
    public SnsEngine(
        AwsAccount account, DeliveryRouter router, TimeProvider time, SnsOptions? options = null, ILogger<SnsEngine>? logger = null, FaultInjector? faults = null)
    {
        _account = account;
        _time = time;
        _options = options ?? new SnsOptions();
        _faults = faults;
        _delivery = new SubscriptionDelivery(router, time, _counters, logger ?? NullLogger<SnsEngine>.Instance);
    }

    /// <summary>What has become of the messages so far.</summary>
    public SnsStatistics Statistics => _counters.Snapshot();

    /// <summary>Whether no delivery is on its way or waiting for a retry.</summary>
    public bool IsIdle => Volatile.Read(ref _deliveries) == 0;

    /// <summary>Creates a topic, or finds the one of that name, and answers its ARN.</summary>
    /// <param name="name">1 to 256 letters, digits, hyphens and underscores.</param>
    /// <param name="attributes"><c>MaximumMessageSize</c> (1,024 to 1,048,576 bytes) and <c>DisplayName</c>; others are refused.</param>
    /// <exception cref="AwsException"><c>InvalidParameter</c>: a bad name or attribute, or the topic exists with other attributes.</exception>
    public string CreateTopic(string name, IReadOnlyDictionary<string, string>? attributes = null)
    {
        Topic.CheckName(name);
        TopicAttributes wanted = (attributes ?? NoAttributes).Aggregate(new TopicAttributes(), (settings, a) => settings.With(a.Key, a.Value));
        string arn = _account.Arn("sns", name);
        lock (_lock)
        {
            if (!_topics.TryGetValue(arn, out Topic? topic))
            {
                _topics.Add(arn, new Topic(arn, wanted));
            }
            else if (attributes is { Count: > 0 } && topic.Attributes != wanted)
            {
                throw SnsError.InvalidParameter("Attributes Reason: Topic already exists with different attributes");
            }

            return arn;
        }
    }

    /// <summary>Removes a topic and its subscriptions; a missing one is no error.</summary>
    /// <param name="topicArn">The topic.</param>
    public void DeleteTopic(string topicArn)
    {
        lock (_lock)
        {
            _topics.Remove(topicArn);
        }
    }

    /// <summary>The ARNs of all topics, by name.</summary>
    public IReadOnlyList<string> ListTopics()
    {
        lock (_lock)
        {
            return [.. _topics.Keys];
        }
    }

    /// <summary>A topic's settings and counts.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <exception cref="AwsException"><c>NotFound</c> (404).</exception>
    public IReadOnlyDictionary<string, string> GetTopicAttributes(string topicArn)
    {
        lock (_lock)
        {
            Topic topic = Find_NeedsLock(topicArn);
            return new Dictionary<string, string>
            {
                ["TopicArn"] = topic.Arn,
                ["Owner"] = _account.Id,
                ["DisplayName"] = topic.Attributes.DisplayName,
                ["MaximumMessageSize"] = $"{topic.Attributes.MaximumMessageSize}",
                ["SubscriptionsConfirmed"] = $"{topic.Subscriptions.Count}",
                ["SubscriptionsPending"] = "0",
                ["SubscriptionsDeleted"] = $"{topic.DeletedSubscriptions}",
            };
        }
    }

    /// <summary>Changes one setting of a topic.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <param name="name"><c>MaximumMessageSize</c> or <c>DisplayName</c>.</param>
    /// <param name="value">The new value.</param>
    /// <exception cref="AwsException"><c>NotFound</c> (404) or <c>InvalidParameter</c>.</exception>
    public void SetTopicAttribute(string topicArn, string name, string value)
    {
        lock (_lock)
        {
            Topic topic = Find_NeedsLock(topicArn);
            topic.Attributes = topic.Attributes.With(name, value);
        }
    }

    /// <summary>Publishes a message, starts its deliveries and answers its id.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <param name="message">Body and attributes, together at most the topic's <c>MaximumMessageSize</c> (256 KiB by default).</param>
    /// <param name="subject">At most 100 printable ASCII characters, or null.</param>
    /// <param name="messageStructure"><c>json</c> when the body holds one body per protocol; else null.</param>
    /// <exception cref="AwsException"><c>NotFound</c> (404), <c>InvalidParameter</c> or <c>ParameterValueInvalid</c>.</exception>
    public string Publish(string topicArn, DeliveryMessage message, string? subject = null, string? messageStructure = null)
    {
        Notification notification;
        lock (_lock)
        {
            MessageRules.Check(message, subject, Find_NeedsLock(topicArn).Attributes.MaximumMessageSize);
            notification = new Notification(
                Guid.NewGuid().ToString(), topicArn, subject, MessageStructure.Parse(message.Body, messageStructure), message.Attributes, _time.GetUtcNow());
            Remember_NeedsLock(notification);
        }

        Interlocked.Increment(ref _counters.Published);
        Deliver(notification);
        return notification.MessageId;
    }

    /// <summary>Delivers a message once more, under the same message id, as AWS does now and then.</summary>
    /// <param name="messageId">What <see cref="Publish"/> answered; one of the latest (<see cref="SnsOptions.RememberedMessages"/>).</param>
    /// <returns>Whether the message was still known.</returns>
    public bool Redeliver(string messageId)
    {
        Notification? notification;
        lock (_lock)
        {
            notification = _remembered.GetValueOrDefault(messageId);
        }

        if (notification is null)
        {
            return false;
        }

        Deliver(notification);
        return true;
    }

    /// <inheritdoc/>
    public bool Owns(string arn) => arn.StartsWith("arn:aws:sns:", StringComparison.Ordinal);

    /// <inheritdoc/>
    public Task DeliverAsync(string arn, DeliveryMessage message, CancellationToken cancellationToken)
    {
        Publish(arn, message);
        return Task.CompletedTask;
    }

    /// <summary>Stops the retries that are waiting.</summary>
    public ValueTask DisposeAsync() => new(_stopping.CancelAsync());

    private void Deliver(Notification notification)
    {
        Subscription[] subscriptions;
        lock (_lock)
        {
            subscriptions = _topics.TryGetValue(notification.TopicArn, out Topic? topic) ? [.. topic.Subscriptions] : [];
        }

        foreach (Subscription subscription in subscriptions)
        {
            if (!subscription.Attributes.Wants(notification, subscription.Protocol))
            {
                Interlocked.Increment(ref _counters.FilteredOut);
            }
            else
            {
                DeliveryFaults fault = _faults?.OnDelivery(notification.TopicArn[(notification.TopicArn.LastIndexOf(':') + 1)..]) ?? DeliveryFaults.None;
                for (int copy = 0; copy < fault.Copies; copy++)
                {
                    _ = DeliverAsync(subscription, notification, fault.HeldBack);
                }
            }
        }
    }

    private async Task DeliverAsync(Subscription subscription, Notification notification, TimeSpan heldBack)
    {
        Interlocked.Increment(ref _deliveries);
        try
        {
            if (heldBack > TimeSpan.Zero)
            {
                await Task.Delay(heldBack, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await _delivery.DeliverAsync(subscription, notification, _stopping.Token);
        }
        finally
        {
            Interlocked.Decrement(ref _deliveries);
        }
    }

    private Topic Find_NeedsLock(string topicArn) => !Owns(topicArn)
        ? throw SnsError.InvalidParameter("TopicArn")
        : _topics.GetValueOrDefault(topicArn) ?? throw SnsError.NotFound("Topic");

    private void Remember_NeedsLock(Notification notification)
    {
        _remembered.Add(notification.MessageId, notification);
        _rememberedOrder.Enqueue(notification.MessageId);
        if (_rememberedOrder.Count > _options.RememberedMessages)
        {
            _remembered.Remove(_rememberedOrder.Dequeue());
        }
    }
}
