using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Lambda.EventSourceMappings.Queues;

/// <summary>What a queue's engine wants done next.</summary>
internal abstract record QueueDecision
{
    /// <summary>Call the function, then report what became of it.</summary>
    public sealed record Invoke(QueueBatch Batch) : QueueDecision;

    /// <summary>Nothing to do before this time.</summary>
    /// <param name="Until">Null: nothing at all before messages come or a call ends.</param>
    /// <param name="Receive">How many messages to receive in the meantime.</param>
    public sealed record Wait(DateTimeOffset? Until, int Receive) : QueueDecision;
}

/// <summary>
/// The rules of a queue's mapping without I/O, clock or lock: what was received and answered goes in, decisions come out. What fails is left to the queue, which shows
/// it again when its visibility timeout is over.
/// </summary>
internal sealed class QueueEngine(QueueMappingSettings settings)
{
    private const int MostInOneReceive = 10;

    private readonly List<QueueRecord> _gathered = [];
    private readonly List<QueueBatch> _refused = [];
    private readonly BatchConcurrency _concurrency = new(settings.MaximumConcurrency);
    private DateTimeOffset _gatheredSince;
    private int _called;

    /// <summary>Messages received and not handed over yet.</summary>
    public int Gathered => _gathered.Count;

    /// <summary>Batches called, and those that wait for another attempt.</summary>
    public int UnderWay => _called + _refused.Count;

    /// <summary>How many may be.</summary>
    public int Concurrency => _concurrency.Allowed;

    /// <summary>What was done so far.</summary>
    public QueueCounts Counts { get; private set; } = new();

    /// <summary>Why the last call failed; null when it did not.</summary>
    public string? LastError { get; private set; }

    /// <summary>Messages were received.</summary>
    /// <param name="records">Those that pass the filters.</param>
    /// <param name="filteredOut">How many others there were.</param>
    /// <param name="now">The time.</param>
    public void Received(IReadOnlyList<QueueRecord> records, int filteredOut, DateTimeOffset now)
    {
        Counts = Counts with { Polled = Counts.Polled + records.Count + filteredOut, FilteredOut = Counts.FilteredOut + filteredOut };
        _gatheredSince = _gathered.Count == 0 ? now : _gatheredSince;
        _gathered.AddRange(records);
    }

    /// <summary>What to do now.</summary>
    public QueueDecision Decide(DateTimeOffset now)
    {
        _refused.RemoveAll(batch => batch.VisibleAt <= now);
        _concurrency.See(UnderWay, now);
        if (_refused.Find(batch => batch.NotBefore <= now) is { } again)
        {
            _refused.Remove(again);
            return HandOver(again);
        }

        bool hasRoom = UnderWay < _concurrency.Allowed;
        DateTimeOffset? dueAt = _gathered.Count == 0 ? null : _gatheredSince + settings.BatchingWindow;
        if (hasRoom && _gathered.Count > 0)
        {
            int count = CountThatFits();
            if (count == settings.BatchSize || count < _gathered.Count || dueAt <= now)
            {
                return HandOver(Take(count, now));
            }
        }

        return hasRoom
            ? new QueueDecision.Wait(Earliest(dueAt, NextAttempt), Math.Min(MostInOneReceive, settings.BatchSize - _gathered.Count))
            : new QueueDecision.Wait(Earliest(_concurrency.GrowsAt, NextAttempt), 0);
    }

    /// <summary>A call has come to its end.</summary>
    /// <returns>The records that are done with, to be deleted.</returns>
    public IReadOnlyList<QueueRecord> Answered(QueueBatch batch, CallAnswer answer, DateTimeOffset now)
    {
        _called--;
        IReadOnlyList<QueueRecord> done = answer is CallAnswer.Returned returned ? QueueResponse.DoneWith(batch, returned.Payload, settings.ReportBatchItemFailures) : [];
        int failed = batch.Records.Count - done.Count;
        LastError = answer switch
        {
            CallAnswer.Failed error => error.Message,
            CallAnswer.NotReached refused => refused.Message,
            _ when failed > 0 => $"The function reported {failed} of {batch.Records.Count} messages as failed.",
            _ => null,
        };
        Counts = Counts with { FailedInvoke = Counts.FailedInvoke + failed, Deleted = Counts.Deleted + done.Count };
        if (answer is not CallAnswer.Returned)
        {
            _concurrency.SlowDown();
        }

        if (answer is CallAnswer.NotReached)
        {
            TryLater(batch, now);
        }

        return done;
    }

    private DateTimeOffset? NextAttempt => _refused.Count == 0 ? null : _refused.Min(batch => batch.NotBefore);

    /// <summary>A batch that was not taken is tried again as long as the queue hides its messages from everybody else.</summary>
    private void TryLater(QueueBatch batch, DateTimeOffset now)
    {
        QueueBatch later = batch with { Refusals = batch.Refusals + 1, NotBefore = now + RetryBackOff.After(batch.Refusals + 1) };
        if (later.NotBefore < later.VisibleAt)
        {
            _refused.Add(later);
        }
    }

    private QueueDecision.Invoke HandOver(QueueBatch batch)
    {
        _called++;
        Counts = Counts with { Invoked = Counts.Invoked + batch.Records.Count };
        return new QueueDecision.Invoke(batch);
    }

    private QueueBatch Take(int count, DateTimeOffset now)
    {
        var batch = new QueueBatch(_gathered[..count]);
        _gathered.RemoveRange(0, count);
        _gatheredSince = now;
        return batch;
    }

    /// <summary>How many of the gathered records one event can hold.</summary>
    private int CountThatFits()
    {
        int bytes = QueueBatch.EnvelopeBytes;
        int count = 0;
        while (count < _gathered.Count && count < settings.BatchSize)
        {
            bytes += QueueBatch.SizeOf(_gathered[count]);
            if (count > 0 && bytes > PlatformErrors.MaxPayloadBytes)
            {
                break;
            }

            count++;
        }

        return count;
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;
}
