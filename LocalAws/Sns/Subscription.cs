namespace LocalAws.Sns;

/// <summary>One subscription.</summary>
/// <param name="Arn">Its ARN: the topic's, a colon and a unique id.</param>
/// <param name="TopicArn">The topic.</param>
/// <param name="Protocol"><c>lambda</c> or <c>sqs</c>.</param>
/// <param name="Endpoint">The ARN of the function or queue.</param>
public sealed record Subscription(string Arn, string TopicArn, string Protocol, string Endpoint)
{
    internal SubscriptionAttributes Attributes { get; init; } = new();
}
