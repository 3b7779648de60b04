using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Sqs;

/// <content>Into dead-letter queues, and back.</content>
public sealed partial class SqsEngine
{
    /// <summary>Moves all messages out of a dead-letter queue, at once.</summary>
    /// <param name="sourceArn">A queue that is the dead-letter queue of another.</param>
    /// <param name="destinationArn">Where to; null for the queues they came from.</param>
    /// <returns>How many were moved.</returns>
    /// <exception cref="AwsException"><c>ResourceNotFoundException</c>: no such queue; <c>UnsupportedOperation</c>: no dead-letter queue.</exception>
    public int StartMessageMoveTask(string sourceArn, string? destinationArn = null)
    {
        int moved = 0;
        lock (_lock)
        {
            Queue source = FindByArn_NeedsLock(sourceArn);
            if (!_queues.Values.Any(q => q.Attributes.RedrivePolicy?.DeadLetterTargetArn == sourceArn))
            {
                throw SqsError.UnsupportedOperation("Source queue must be configured as a Dead Letter Queue.");
            }

            Queue? destination = destinationArn is null ? null : FindByArn_NeedsLock(destinationArn);
            DateTimeOffset now = time.GetUtcNow();
            foreach (QueueMessage letter in source.Drain())
            {
                Queue? home = destination ?? _queues.Values.FirstOrDefault(q => q.Arn == letter.DeadLetterQueueSourceArn);
                if (home is null)
                {
                    source.Accept(letter, now);
                    continue;
                }

                home.Send(new DeliveryMessage(letter.Body) { Attributes = letter.Attributes }, TimeSpan.Zero, now);
                moved++;
            }
        }

        _doorbell.Ring();
        return moved;
    }

    private Queue FindByArn_NeedsLock(string arn) => _queues.Values.FirstOrDefault(q => q.Arn == arn)
        ?? throw new AwsException("ResourceNotFoundException", "The resource that you specified for the SourceArn or DestinationArn parameter doesn't exist.");

    private bool TryMoveToDeadLetters_NeedsLock(Queue source, QueueMessage letter, DateTimeOffset now)
    {
        if (_queues.Values.FirstOrDefault(q => q.Arn == source.Attributes.RedrivePolicy!.DeadLetterTargetArn) is not { } target)
        {
            return false;
        }

        target.Accept(letter, now);
        _doorbell.Ring();
        return true;
    }
}
