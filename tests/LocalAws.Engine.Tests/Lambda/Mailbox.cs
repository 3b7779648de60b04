using System.Collections.Concurrent;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Tests.Lambda;

/// <summary>Stands for SQS and SNS: keeps what it is handed.</summary>
internal sealed class Mailbox : IDeliveryTarget
{
    public ConcurrentQueue<(string Arn, DeliveryMessage Message)> Messages { get; } = new();

    public bool Refuses { get; set; }

    /// <summary>Whether it fails as no AWS service does.</summary>
    public bool Breaks { get; set; }

    public bool Owns(string arn) => arn.StartsWith("arn:aws:sqs:", StringComparison.Ordinal);

    public Task DeliverAsync(string arn, DeliveryMessage message, CancellationToken cancellationToken)
    {
        if (Breaks)
        {
            throw new InvalidOperationException("The mailbox is broken.");
        }

        if (Refuses)
        {
            throw new AwsException("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
        }

        Messages.Enqueue((arn, message));
        return Task.CompletedTask;
    }
}
