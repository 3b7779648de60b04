using Amazon.SQS;
using Amazon.SQS.Model;
using WhatsAppBuffer.Contracts.Batching;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>
/// Wakes the event handler by its queue, where a wake-up waits for as long as the handler cannot do its work. Wake-ups that are asked for while others are being sent go together: fewer requests, and fewer
/// invocations of the handler, which gets as many at a time.
/// </summary>
internal sealed class WakeUpQueue : IEventHandler
{
    /// <summary>SQS's limit of a batch.</summary>
    private const int MostAtOnce = 10;

    private const int SideBySide = 4;
    private const int MostAttempts = 3;

    private readonly IAmazonSQS _sqs;
    private readonly string _queueUrl;
    private readonly Batcher<WakeUp, BatchResultErrorEntry?> _batches;

    public WakeUpQueue(IAmazonSQS sqs, string queueUrl)
    {
        (_sqs, _queueUrl) = (sqs, queueUrl);
        _batches = new(MostAtOnce, SideBySide, _ => 1, SendBatchAsync);
    }

    public static AmazonSQSConfig ClientConfig => new() { MaxErrorRetry = 4, Timeout = TimeSpan.FromSeconds(5) };

    public Task WakeAsync(WakeUp wakeUp, ReadOnlyMemory<byte> aggregatedEvent, CancellationToken cancellationToken) => SendAsync(wakeUp, cancellationToken);

    /// <summary>A batch is not taken or refused as a whole; the SDK repeats what is not answered, and not what an answer names as failed.</summary>
    /// <exception cref="AmazonSQSException">The queue did not take it.</exception>
    public async Task SendAsync(WakeUp wakeUp, CancellationToken cancellationToken)
    {
        for (int attempt = 1; await _batches.AskAsync(wakeUp, cancellationToken) is { } failure; attempt++)
        {
            if (failure.SenderFault == true || attempt == MostAttempts)
            {
                throw new AmazonSQSException($"The queue did not take a wake-up: {failure.Code}: {failure.Message}");
            }
        }
    }

    /// <returns>What the queue says of those that it did not take.</returns>
    private async Task<IReadOnlyList<BatchResultErrorEntry?>> SendBatchAsync(IReadOnlyList<WakeUp> wakeUps, CancellationToken cancellationToken)
    {
        var request = new SendMessageBatchRequest { QueueUrl = _queueUrl, Entries = [.. wakeUps.Select((wakeUp, place) => Entry(wakeUp, $"{place}"))] };
        SendMessageBatchResponse answer = await _sqs.SendMessageBatchAsync(request, cancellationToken);
        var failures = (answer.Failed ?? []).ToDictionary(failure => failure.Id);
        return [.. wakeUps.Select((_, place) => failures.GetValueOrDefault($"{place}"))];
    }

    private static SendMessageBatchRequestEntry Entry(WakeUp wakeUp, string id)
    {
        var entry = new SendMessageBatchRequestEntry { Id = id, MessageBody = wakeUp.ToJson() };
        if (wakeUp.TraceParent is { } traceParent)
        {
            entry.MessageAttributes = new() { ["traceparent"] = new MessageAttributeValue { DataType = "String", StringValue = traceParent } };
        }

        return entry;
    }
}
