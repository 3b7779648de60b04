using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Sns;

/// <summary>A published message, on its way to the topic's subscriptions; a redelivery is the same notification again.</summary>
/// <param name="MessageId">Minted when it was published.</param>
/// <param name="TopicArn">The topic.</param>
/// <param name="Subject">The subject, or null.</param>
/// <param name="Bodies">The body by protocol, and <c>default</c>.</param>
/// <param name="Attributes">The message attributes.</param>
/// <param name="PublishedAt">When it was published.</param>
internal sealed record Notification(
    string MessageId,
    string TopicArn,
    string? Subject,
    IReadOnlyDictionary<string, string> Bodies,
    IReadOnlyDictionary<string, DeliveryAttribute> Attributes,
    DateTimeOffset PublishedAt)
{
    /// <summary>When it was published: UTC, milliseconds, <c>Z</c>.</summary>
    public string Timestamp => AwsTime.Milliseconds(PublishedAt);

    public string BodyFor(string protocol) => Bodies.GetValueOrDefault(protocol) ?? Bodies["default"];
}
