using LocalAws.Clock;
using LocalAws.Endpoint;
using LocalAws.Sqs;

namespace LocalAws.Lambda.EventSourceMappings.Queues;

/// <summary>The I/O around a queue's engine: receives, calls, deletes, waits. The only code that touches the engine while it runs.</summary>
internal sealed class QueueRun(QueueContext mapping) : IMappingRun
{
    private readonly QueueEngine _engine = new(mapping.Settings);
    private readonly List<Task<FinishedBatch>> _calls = [];
    private DateTimeOffset? _lastBatchAt;
    private string? _deleteError;
    private volatile QueueStatus _status = new(0, 0, 0, null, null, new QueueCounts());

    /// <summary>The work at a glance, as it was when something was last decided.</summary>
    public QueueStatus Status => _status;

    /// <inheritdoc/>
    public bool IsIdle => _status is { Gathered: 0, BatchesUnderWay: 0 } && mapping.Queues.IsEmpty(mapping.QueueName);

    /// <inheritdoc/>
    public Task<bool> TryStartAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var receiver = new QueueReceiver(mapping.Queues, mapping.QueueName, mapping.Clock);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                Take(await receiver.TakeAsync());
                await TakeAnswersAsync();
                QueueDecision decision = _engine.Decide(mapping.Clock.GetUtcNow());
                if (decision is QueueDecision.Invoke invoke)
                {
                    _calls.Add(InvokeAsync(invoke.Batch, cancellationToken));
                }

                _status = new QueueStatus(
                    _engine.Gathered, _engine.UnderWay, _engine.Concurrency, receiver.LastError ?? _engine.LastError ?? _deleteError, _lastBatchAt, _engine.Counts);
                if (decision is QueueDecision.Wait wait)
                {
                    await WaitAsync(wait, receiver, cancellationToken);
                }
            }
        }
        finally
        {
            await receiver.TryStopAsync();
        }
    }

    private void Take(IReadOnlyList<ReceivedMessage> received)
    {
        if (received.Count == 0)
        {
            return;
        }

        ILookup<bool, QueueRecord> records = received
            .Select(message => QueueRecord.Of(message, mapping.Settings.EventSourceArn, mapping.Queues.Account))
            .ToLookup(record => mapping.Filters.Count == 0 || mapping.Filters.Any(filter => filter.Passes(record)));
        Delete(records[false]);
        _engine.Received([.. records[true]], records[false].Count(), mapping.Clock.GetUtcNow());
    }

    private async Task TakeAnswersAsync()
    {
        foreach (Task<FinishedBatch> call in _calls.Where(call => call.IsCompleted).ToArray())
        {
            _calls.Remove(call);
            FinishedBatch finished = await call;
            DateTimeOffset now = mapping.Clock.GetUtcNow();
            Delete(_engine.Answered(finished.Batch, finished.Answer, now));
            mapping.HandedOver(new MessagesHandedOver(
                mapping.Id,
                mapping.Settings.FunctionName,
                [.. finished.Batch.Records.Select(record => record.Received.Message)],
                finished.At,
                now - finished.At,
                finished.Answer.RequestIdOrNull,
                _engine.LastError));
        }
    }

    private async Task<FinishedBatch> InvokeAsync(QueueBatch batch, CancellationToken cancellationToken)
    {
        DateTimeOffset at = mapping.Clock.GetUtcNow();
        _lastBatchAt = at;
        return new FinishedBatch(batch, await CallAnswer.OfAsync(mapping.Functions, mapping.Settings.FunctionName, batch.ToEvent(), cancellationToken), at);
    }

    private void Delete(IEnumerable<QueueRecord> records)
    {
        try
        {
            _deleteError = null;
            foreach (QueueRecord record in records)
            {
                mapping.Queues.DeleteMessage(mapping.QueueName, record.Received.ReceiptHandle);
            }
        }
        catch (AwsException e)
        {
            _deleteError = $"Deleting from the queue failed: {e.Message}";
        }
    }

    /// <summary>Waits until there may be something to do, and receives meanwhile.</summary>
    private async Task WaitAsync(QueueDecision.Wait wait, QueueReceiver receiver, CancellationToken cancellationToken)
    {
        var ends = new List<Task>(_calls);
        if (wait.Receive > 0)
        {
            ends.Add(receiver.BeginAsync(wait.Receive));
        }
        else if (await receiver.TryStopAsync())
        {
            return;
        }

        TimeSpan pause = wait.Until is { } until ? (until - mapping.Clock.GetUtcNow()).InFull() : Timeout.InfiniteTimeSpan;
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny([.. ends, Task.Delay(pause, mapping.Clock, woken.Token)]);
        await woken.CancelAsync();
    }

    private sealed record FinishedBatch(QueueBatch Batch, CallAnswer Answer, DateTimeOffset At);
}
