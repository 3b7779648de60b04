using Amazon.SQS;
using Amazon.SQS.Model;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.WhatsAppEventHandler.Media;

namespace WhatsAppBuffer.WhatsAppEventHandler.Queues;

/// <summary>
/// A queue of this function's own, for work that is to be done later or elsewhere: the one that its work comes by, and the one for what waits for files, whose mapping has few sandboxes. See
/// docs/adr/0012-files-have-a-queue-of-their-own.md.
/// </summary>
/// <param name="sqs">Sends to it.</param>
/// <param name="queueUrl">Where it is.</param>
internal sealed class OwnQueue(IAmazonSQS sqs, string queueUrl)
{
    /// <summary>SQS's.</summary>
    private const int LongestDelay = 900;

    private readonly string _name = queueUrl[(queueUrl.LastIndexOf('/') + 1)..];

    /// <summary>Of the queue for files: whether an invocation for this message is there to wait for them.</summary>
    public FilesLane LaneOf(QueueMessage message) => message.QueueArn?.EndsWith($":{_name}", StringComparison.Ordinal) == true ? FilesLane.Own : FilesLane.Elsewhere;

    /// <summary>Has the work of a message done by this queue.</summary>
    /// <exception cref="AmazonSQSException">The queue did not take it.</exception>
    public Task SendAsync(QueueMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        var request = new SendMessageRequest { QueueUrl = queueUrl, MessageBody = message.Body, DelaySeconds = int.CreateChecked(Math.Ceiling(Math.Clamp(delay.TotalSeconds, 0, LongestDelay))) };
        if (message.TraceParent is { } traceParent)
        {
            request.MessageAttributes = new() { ["traceparent"] = new MessageAttributeValue { DataType = "String", StringValue = traceParent } };
        }

        return sqs.SendMessageAsync(request, cancellationToken);
    }
}
