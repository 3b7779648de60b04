using LocalAws.Delivery;

namespace LocalAws.Sqs;

/// <summary>A message in a queue.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="Body">The text.</param>
/// <param name="Attributes">The message attributes by name.</param>
/// <param name="SentAt">When it was sent; a dead letter keeps it.</param>
public sealed record QueueMessage(string MessageId, string Body, IReadOnlyDictionary<string, DeliveryAttribute> Attributes, DateTimeOffset SentAt)
{
    /// <summary>How often it was received.</summary>
    public int ApproximateReceiveCount { get; init; }

    /// <summary>When it was received first, or null.</summary>
    public DateTimeOffset? FirstReceivedAt { get; init; }

    /// <summary>The queue it was a dead letter of, or null.</summary>
    public string? DeadLetterQueueSourceArn { get; init; }
}

/// <summary>A message handed to a receiver.</summary>
/// <param name="Message">The message.</param>
/// <param name="ReceiptHandle">Deletes it, or changes its visibility; each receive has a new one.</param>
public sealed record ReceivedMessage(QueueMessage Message, string ReceiptHandle)
{
    /// <summary>When the queue shows it again unless it is deleted.</summary>
    public DateTimeOffset VisibleAt { get; init; }
}
