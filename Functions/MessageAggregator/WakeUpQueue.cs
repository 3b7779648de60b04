using Amazon.SQS;
using Amazon.SQS.Model;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>
/// Wakes the event handler by its queue, where a wake-up waits for as long as the handler cannot do its work. Wake-ups that are asked for while others are being sent go together: fewer requests, and fewer
/// invocations of the handler, which gets as many at a time.
/// </summary>
internal sealed class WakeUpQueue(IAmazonSQS sqs, string queueUrl) : IEventHandler
{
    /// <summary>SQS's limit of a batch.</summary>
    private const int MostAtOnce = 10;

    private const int SideBySide = 4;
    private const int MostAttempts = 3;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = [];
    private int _senders;

    public static AmazonSQSConfig ClientConfig => new() { MaxErrorRetry = 4, Timeout = TimeSpan.FromSeconds(5) };

    public Task WakeAsync(WakeUp wakeUp, ReadOnlyMemory<byte> aggregatedEvent, CancellationToken cancellationToken) => SendAsync(wakeUp, cancellationToken);

    /// <exception cref="AmazonSQSException">The queue did not take it.</exception>
    public Task SendAsync(WakeUp wakeUp, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(wakeUp, cancellationToken);
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            if (_senders == SideBySide)
            {
                return waiting.Sent.Task;
            }

            _senders++;
        }

        _ = SendAllAsync();
        return waiting.Sent.Task;
    }

    /// <summary>Never fails: whoever waits for a wake-up is told what became of it.</summary>
    private async Task SendAllAsync()
    {
        while (Next() is { Count: > 0 } together)
        {
            try
            {
                await SendAsync(together);
            }
#pragma warning disable CA1031 // Whatever the reason.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                together.ForEach(wakeUp => wakeUp.Sent.TrySetException(failure));
            }
        }
    }

    private List<Waiting> Next()
    {
        lock (_lock)
        {
            List<Waiting> together = [];
            while (together.Count < MostAtOnce && _waiting.TryDequeue(out Waiting? waiting))
            {
                together.Add(waiting);
            }

            _senders -= together.Count == 0 ? 1 : 0;
            return together;
        }
    }

    /// <summary>A batch is not taken or refused as a whole; the SDK repeats what is not answered, and not what an answer names as failed.</summary>
    private async Task SendAsync(List<Waiting> together)
    {
        List<Waiting> left = together;
        for (int attempt = 1; left.Count > 0; attempt++)
        {
            var request = new SendMessageBatchRequest { QueueUrl = queueUrl, Entries = [.. left.Select((waiting, place) => Entry(waiting.WakeUp, $"{place}"))] };
            SendMessageBatchResponse answer = await sqs.SendMessageBatchAsync(request, left[0].CancellationToken);
            List<Waiting> failed = [];
            var failures = (answer.Failed ?? []).ToDictionary(failure => failure.Id);
            for (int place = 0; place < left.Count; place++)
            {
                if (!failures.TryGetValue($"{place}", out BatchResultErrorEntry? failure))
                {
                    left[place].Sent.TrySetResult();
                }
                else if (failure.SenderFault == true || attempt == MostAttempts)
                {
                    left[place].Sent.TrySetException(new AmazonSQSException($"The queue did not take a wake-up: {failure.Code}: {failure.Message}"));
                }
                else
                {
                    failed.Add(left[place]);
                }
            }

            left = failed;
        }
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

    private sealed record Waiting(WakeUp WakeUp, CancellationToken CancellationToken)
    {
        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
