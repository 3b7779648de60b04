using LocalAws.Endpoint;

namespace LocalAws.Sns;

/// <content>Who listens to a topic, and how.</content>
public sealed partial class SnsEngine
{
    /// <summary>Subscribes a function or queue, or finds its subscription, and answers the subscription's ARN.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <param name="protocol"><c>lambda</c> or <c>sqs</c>.</param>
    /// <param name="endpoint">The ARN of the function or queue; it need not exist.</param>
    /// <param name="attributes"><c>FilterPolicy</c>, <c>FilterPolicyScope</c>, <c>RedrivePolicy</c> and, for SQS, <c>RawMessageDelivery</c>.</param>
    /// <exception cref="AwsException"><c>NotFound</c> (404) or <c>InvalidParameter</c>.</exception>
    public string Subscribe(string topicArn, string protocol, string endpoint, IReadOnlyDictionary<string, string>? attributes = null)
    {
        SubscriptionRules.Check(protocol, endpoint);
        SubscriptionAttributes wanted = SubscriptionAttributes.Parse(protocol, attributes ?? NoAttributes);
        lock (_lock)
        {
            Topic topic = Find_NeedsLock(topicArn);
            if (topic.Subscriptions.Find(s => s.Protocol == protocol && s.Endpoint == endpoint) is { } existing)
            {
                return existing.Attributes.SameAs(wanted)
                    ? existing.Arn
                    : throw SnsError.InvalidParameter("Attributes Reason: Subscription already exists with different attributes");
            }

            var subscription = new Subscription($"{topicArn}:{Guid.NewGuid()}", topicArn, protocol, endpoint) { Attributes = wanted };
            topic.Subscriptions.Add(subscription);
            return subscription.Arn;
        }
    }

    /// <summary>Ends a subscription; a missing one is no error.</summary>
    /// <param name="subscriptionArn">The subscription.</param>
    public void Unsubscribe(string subscriptionArn)
    {
        lock (_lock)
        {
            foreach (Topic topic in _topics.Values)
            {
                topic.DeletedSubscriptions += topic.Subscriptions.RemoveAll(s => s.Arn == subscriptionArn);
            }
        }
    }

    /// <summary>A topic's subscriptions, oldest first.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <exception cref="AwsException"><c>NotFound</c> (404).</exception>
    public IReadOnlyList<Subscription> ListSubscriptionsByTopic(string topicArn)
    {
        lock (_lock)
        {
            return [.. Find_NeedsLock(topicArn).Subscriptions];
        }
    }

    /// <summary>A subscription's settings.</summary>
    /// <param name="subscriptionArn">The subscription.</param>
    /// <exception cref="AwsException"><c>NotFound</c> (404) or <c>InvalidParameter</c>.</exception>
    public IReadOnlyDictionary<string, string> GetSubscriptionAttributes(string subscriptionArn)
    {
        lock (_lock)
        {
            (Topic topic, int index) = FindSubscription_NeedsLock(subscriptionArn);
            Subscription subscription = topic.Subscriptions[index];
            return new Dictionary<string, string>(subscription.Attributes.ToPairs())
            {
                ["SubscriptionArn"] = subscription.Arn,
                ["TopicArn"] = subscription.TopicArn,
                ["Protocol"] = subscription.Protocol,
                ["Endpoint"] = subscription.Endpoint,
                ["Owner"] = _account.Id,
                ["ConfirmationWasAuthenticated"] = "true",
                ["PendingConfirmation"] = "false",
            };
        }
    }

    /// <summary>Changes one setting of a subscription; messages published from now on see it.</summary>
    /// <param name="subscriptionArn">The subscription.</param>
    /// <param name="name"><c>FilterPolicy</c>, <c>FilterPolicyScope</c>, <c>RedrivePolicy</c> or, for SQS, <c>RawMessageDelivery</c>.</param>
    /// <param name="value">The new value; an empty one removes a policy.</param>
    /// <exception cref="AwsException"><c>NotFound</c> (404) or <c>InvalidParameter</c>.</exception>
    public void SetSubscriptionAttribute(string subscriptionArn, string name, string value)
    {
        lock (_lock)
        {
            (Topic topic, int index) = FindSubscription_NeedsLock(subscriptionArn);
            Subscription subscription = topic.Subscriptions[index];
            topic.Subscriptions[index] = subscription with { Attributes = subscription.Attributes.Change(subscription.Protocol, name, value) };
        }
    }

    private (Topic Topic, int Index) FindSubscription_NeedsLock(string subscriptionArn)
    {
        if (!Owns(subscriptionArn) || subscriptionArn.Split(':').Length != 7)
        {
            throw SnsError.InvalidParameter("SubscriptionArn");
        }

        foreach (Topic topic in _topics.Values)
        {
            if (topic.Subscriptions.FindIndex(s => s.Arn == subscriptionArn) is >= 0 and { } index)
            {
                return (topic, index);
            }
        }

        throw SnsError.NotFound("Subscription");
    }
}
