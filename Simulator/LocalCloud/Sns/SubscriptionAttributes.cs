using System.Text.Json;

namespace WhatsAppBuffer.Simulator.Sns;

/// <summary>The settings of a subscription that are imitated.</summary>
/// <param name="FilterPolicy">Which messages it wants; null for all.</param>
/// <param name="DeadLetterTargetArn">The queue for messages that could not be delivered, or null.</param>
/// <param name="RawMessageDelivery">Whether the endpoint gets the bare message.</param>
internal sealed record SubscriptionAttributes(FilterPolicy? FilterPolicy = null, string? DeadLetterTargetArn = null, bool RawMessageDelivery = false)
{
    private const string MessageAttributes = "MessageAttributes";

    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: a setting is malformed or not imitated.</exception>
    public static SubscriptionAttributes Parse(string protocol, IReadOnlyDictionary<string, string> attributes) =>
        attributes.Aggregate(new SubscriptionAttributes(), (settings, attribute) => settings.With(protocol, attribute.Key, attribute.Value));

    /// <summary>These settings with one changed; an empty policy is none.</summary>
    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: the setting is malformed or not imitated.</exception>
    public SubscriptionAttributes With(string protocol, string name, string value) => (name, value) switch
    {
        ("FilterPolicy", "" or "{}") => this with { FilterPolicy = null },
        ("FilterPolicy", _) => this with { FilterPolicy = FilterPolicy.Parse(value) },
        ("FilterPolicyScope", MessageAttributes) => this,
        ("FilterPolicyScope", _) => throw NotImitated($"FilterPolicyScope={value}"),
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
            yield return new("FilterPolicyScope", MessageAttributes);
        }

        if (DeadLetterTargetArn is not null)
        {
            yield return new("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{DeadLetterTargetArn}}"}""");
        }
    }

    public bool SameAs(SubscriptionAttributes other) =>
        FilterPolicy?.Json == other.FilterPolicy?.Json && DeadLetterTargetArn == other.DeadLetterTargetArn && RawMessageDelivery == other.RawMessageDelivery;

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
            using JsonDocument policy = JsonDocument.Parse(json);
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
