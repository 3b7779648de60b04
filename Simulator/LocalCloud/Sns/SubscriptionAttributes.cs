using System.Text.Json;

namespace WhatsAppBuffer.Simulator.Sns;

/// <summary>The settings of a subscription that are imitated.</summary>
/// <param name="FilterPolicy">Which messages it wants; null for all.</param>
/// <param name="DeadLetterTargetArn">The queue for messages that could not be delivered, or null.</param>
/// <param name="RawMessageDelivery">Whether the endpoint gets the bare message.</param>
internal sealed record SubscriptionAttributes(FilterPolicy? FilterPolicy = null, string? DeadLetterTargetArn = null, bool RawMessageDelivery = false)
{
    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: a setting is malformed or not imitated.</exception>
    public static SubscriptionAttributes Parse(string protocol, IReadOnlyDictionary<string, string> attributes) =>
        attributes.Aggregate(new SubscriptionAttributes(), (settings, attribute) => attribute.Key switch
        {
            "FilterPolicy" => settings with { FilterPolicy = FilterPolicy.Parse(attribute.Value) },
            "FilterPolicyScope" => attribute.Value == "MessageAttributes" ? settings : throw NotImitated($"FilterPolicyScope={attribute.Value}"),
            "RedrivePolicy" => settings with { DeadLetterTargetArn = ParseRedrivePolicy(attribute.Value) },
            "RawMessageDelivery" => settings with { RawMessageDelivery = ParseRaw(protocol, attribute.Value) },
            _ => throw NotImitated(attribute.Key),
        });

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
