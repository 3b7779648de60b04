using System.Globalization;

namespace LocalAws.Sqs;

/// <summary>The settings of a queue that are imitated. Source: SQS API reference, SetQueueAttributes.</summary>
/// <param name="VisibilityTimeout">Seconds a received message stays hidden: 0 to 43,200.</param>
/// <param name="DelaySeconds">Seconds a sent message stays hidden: 0 to 900.</param>
/// <param name="ReceiveMessageWaitTimeSeconds">Seconds a receive waits for messages unless it says otherwise: 0 to 20.</param>
/// <param name="MessageRetentionPeriod">Seconds a message lives: 60 to 1,209,600.</param>
/// <param name="MaximumMessageSize">Bytes of body and attributes: 1,024 to 1,048,576.</param>
/// <param name="RedrivePolicy">Where messages go that were received too often, or null.</param>
internal sealed record QueueAttributes(
    int VisibilityTimeout = 30,
    int DelaySeconds = 0,
    int ReceiveMessageWaitTimeSeconds = 0,
    int MessageRetentionPeriod = 345_600,
    int MaximumMessageSize = 1_048_576,
    RedrivePolicy? RedrivePolicy = null)
{
    /// <summary>These settings with some changed.</summary>
    /// <exception cref="Endpoint.AwsException"><c>InvalidAttributeName</c>, <c>InvalidAttributeValue</c>, or <c>UnsupportedOperation</c> for FIFO.</exception>
    public QueueAttributes With(IReadOnlyDictionary<string, string> attributes) =>
        attributes.Aggregate(this, (settings, attribute) => settings.With(attribute.Key, attribute.Value));

    private QueueAttributes With(string name, string value) => name switch
    {
        nameof(VisibilityTimeout) => this with { VisibilityTimeout = Number(name, value, 0, 43_200) },
        nameof(DelaySeconds) => this with { DelaySeconds = Number(name, value, 0, 900) },
        nameof(ReceiveMessageWaitTimeSeconds) => this with { ReceiveMessageWaitTimeSeconds = Number(name, value, 0, 20) },
        nameof(MessageRetentionPeriod) => this with { MessageRetentionPeriod = Number(name, value, 60, 1_209_600) },
        nameof(MaximumMessageSize) => this with { MaximumMessageSize = Number(name, value, 1024, 1_048_576) },
        nameof(RedrivePolicy) => this with { RedrivePolicy = RedrivePolicy.Parse(value) },
        "FifoQueue" => value == "false" ? this : throw SqsError.UnsupportedOperation("This local cloud does not imitate FIFO queues (FifoQueue)."),
        _ => throw SqsError.InvalidAttributeName(name),
    };

    /// <summary>The settings by name, as GetQueueAttributes answers them.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToPairs()
    {
        yield return new(nameof(VisibilityTimeout), $"{VisibilityTimeout}");
        yield return new(nameof(DelaySeconds), $"{DelaySeconds}");
        yield return new(nameof(ReceiveMessageWaitTimeSeconds), $"{ReceiveMessageWaitTimeSeconds}");
        yield return new(nameof(MessageRetentionPeriod), $"{MessageRetentionPeriod}");
        yield return new(nameof(MaximumMessageSize), $"{MaximumMessageSize}");
        if (RedrivePolicy is not null)
        {
            yield return new(nameof(RedrivePolicy), RedrivePolicy.ToJson());
        }
    }

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw SqsError.InvalidAttributeValue(name);
}
