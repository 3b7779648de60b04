using WhatsAppBuffer.Contracts.Queues;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>
/// Fails the invocation after everything storable was stored: the event comes again, which stores nothing twice, and then goes to the
/// dead-letter queue.
/// </summary>
internal sealed class MessagesNotStoredException : Exception
{
    internal MessagesNotStoredException(IReadOnlyCollection<Failure> failures)
        : base($"{failures.Count} message(s) not stored: {string.Join("; ", failures.Select(f => f.ToString()))}")
    {
    }

    /// <param name="Notification">Where it came from.</param>
    /// <param name="MessageId">WhatsApp's id; null when it has none.</param>
    /// <param name="Reason">Field and position, or DynamoDB's error.</param>
    /// <param name="ErrorCode">Of a message that can never be stored: AWS's error code, or <c>UnreadableMessage</c>. Null when it may be stored later.</param>
    internal sealed record Failure(Notification Notification, string? MessageId, string Reason, string? ErrorCode)
    {
        public override string ToString() => $"{MessageId ?? "no id"} ({(Notification.Id is { } id ? $"SNS message {id}" : $"SQS message {Notification.QueueMessageId}")}): {Reason}";
    }
}
