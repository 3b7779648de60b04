using System.Text.Json;

namespace LocalAws.Sns;

/// <summary>The settings of a subscription that are imitated.</summary>
/// <param name="FilterPolicy">Which messages it wants; null for all.</param>
/// <param name="DeadLetterTargetArn">The queue for messages that could not be delivered, or null.</param>
/// <param name="RawMessageDelivery">Whether the endpoint gets the bare message.</param>
/// <param name="FilterPolicyScope">What the policy is about: <c>MessageAttributes</c> or <c>MessageBody</c>.</param>
internal sealed record SubscriptionAttributes(
    FilterPolicy? FilterPolicy = null,
    string? DeadLetterTargetArn = null,
    bool RawMessageDelivery = false,
    string FilterPolicyScope = SubscriptionAttributes.MessageAttributes)
{
    private const string MessageAttributes = "MessageAttributes";
    private const string MessageBody = "MessageBody";

    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: a setting is malformed or not imitated.</exception>
    public static SubscriptionAttributes Parse(string protocol, IReadOnlyDictionary<string, string> attributes) =>
        attributes.Aggregate(new SubscriptionAttributes(), (settings, attribute) => settings.With(protocol, attribute.Key, attribute.Value)).Checked();

    /// <summary>These settings with one changed; an empty policy is none.</summary>
    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: the setting is malformed, does not go with the others, or is not imitated.</exception>
    public SubscriptionAttributes Change(string protocol, string name, string value) => With(protocol, name, value).Checked();

    /// <summary>Whether the subscription wants a message.</summary>
    public bool Wants(Notification notification, string protocol) => FilterPolicy is null
        || (FilterPolicyScope == MessageBody ? FilterPolicy.MatchesBody(notification.BodyFor(protocol)) : FilterPolicy.Matches(notification.Attributes));

    private SubscriptionAttributes With(string protocol, string name, string value) => (name, value) switch
    {
        ("FilterPolicy", "" or "{}") => this with { FilterPolicy = null },
        ("FilterPolicy", _) => this with { FilterPolicy = FilterPolicy.Parse(value) },
        ("FilterPolicyScope", MessageAttributes or MessageBody) => this with { FilterPolicyScope = value },
        ("FilterPolicyScope", _) => throw SnsError.InvalidParameter($"FilterPolicyScope: Invalid value [{value}]. Please use either {MessageBody} or {MessageAttributes}"),
        ("RedrivePolicy", "" or "{}") => this with { DeadLetterTargetArn = null },
        ("RedrivePolicy", _) => this with { DeadLetterTargetArn = ParseRedrivePolicy(value) },
        ("RawMessageDelivery", _) => this with { RawMessageDelivery = ParseRaw(protocol, value) },
        _ => throw NotImitated(name),
    };

    /// <summary>The settings by name, as GetSubscriptionAttributes answers them: policies only where there is one.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToPairs()
    {
        yield return new("RawMessageDelivery", RawMessageDelivery ? "true" : "false");
        if (FilterPolicy is not null)
        {
            yield return new("FilterPolicy", FilterPolicy.Json);
            yield return new(nameof(FilterPolicyScope), FilterPolicyScope);
        }

        if (DeadLetterTargetArn is not null)
        {
            yield return new("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{DeadLetterTargetArn}}"}""");
        }
    }

    public bool SameAs(SubscriptionAttributes other) =>
        FilterPolicy?.Json == other.FilterPolicy?.Json && this with { FilterPolicy = null } == other with { FilterPolicy = null };

    private SubscriptionAttributes Checked() => FilterPolicy is { IsNested: true } && FilterPolicyScope == MessageAttributes
        ? throw SnsError.InvalidParameter($"FilterPolicy: Filter policy scope {MessageAttributes} does not support nested filter policy")
        : this;

    private static bool ParseRaw(string protocol, string value) => (protocol, value) switch
    {
        (_, "false") => false,
        ("sqs", "true") => true,
        (_, "true") => throw SnsError.InvalidParameter($"Attributes Reason: RawMessageDelivery: Delivery protocol [{protocol}] does not support raw message delivery."),
        _ => throw SnsError.InvalidParameter($"Attributes Reason: RawMessageDelivery: Invalid value [{value}]. Must be true or false."),
    };

    private static string ParseRedrivePolicy(string json)
    {
        try
        {
            using JsonDocument policy = ForeignJson.Document(json);
            if (policy.RootElement.TryGetProperty("deadLetterTargetArn", out JsonElement arn)
                && arn.GetString() is { } queue
                && queue.StartsWith("arn:aws:sqs:", StringComparison.Ordinal))
            {
                return queue;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw SnsError.InvalidParameter("RedrivePolicy: failed to parse JSON.");
        }

        throw SnsError.InvalidParameter("RedrivePolicy: deadLetterTargetArn must be the ARN of an SQS queue.");
    }

    private static Endpoint.AwsException NotImitated(string name) =>
        SnsError.InvalidParameter($"Attributes Reason: this local cloud does not imitate the subscription attribute '{name}'");
}
