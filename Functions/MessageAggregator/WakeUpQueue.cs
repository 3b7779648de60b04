using Amazon.SQS;
using Amazon.SQS.Model;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>Wakes the event handler by its queue, where a wake-up waits for as long as the handler cannot do its work.</summary>
internal sealed class WakeUpQueue(IAmazonSQS sqs, string queueUrl) : IEventHandler
{
    public static AmazonSQSConfig ClientConfig => new() { MaxErrorRetry = 4, Timeout = TimeSpan.FromSeconds(5) };

    public Task WakeAsync(WakeUp wakeUp, ReadOnlyMemory<byte> aggregatedEvent, CancellationToken cancellationToken) => SendAsync(wakeUp, cancellationToken);

    /// <exception cref="AmazonSQSException">The queue did not take it.</exception>
    public Task SendAsync(WakeUp wakeUp, CancellationToken cancellationToken)
    {
        var request = new SendMessageRequest { QueueUrl = queueUrl, MessageBody = wakeUp.ToJson() };
        if (wakeUp.TraceParent is { } traceParent)
        {
            request.MessageAttributes = new() { ["traceparent"] = new MessageAttributeValue { DataType = "String", StringValue = traceParent } };
        }

        return sqs.SendMessageAsync(request, cancellationToken);
    }
}
