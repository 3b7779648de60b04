using System.Text;
using LocalAws.DynamoDb.Streams;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>
/// The rules of one shard, or of one lane of it, without I/O, clock or lock: what was read and answered goes in, decisions come out. One call is under way at most;
/// a failing batch holds up everything behind it.
/// </summary>
internal sealed class ShardEngine(StreamMappingSettings settings)
{
    private const int MaxStateBytes = 1024 * 1024;

    private static readonly TimeSpan StreamRetention = TimeSpan.FromHours(24);
    private static readonly ReadOnlyMemory<byte> EmptyState = Encoding.UTF8.GetBytes("{}");

    private readonly BatchBuffer _buffer = new(settings);
    private readonly LinkedList<PendingCall> _pending = [];
    private readonly Queue<GivenUp> _givenUp = [];
    private readonly TimeSpan _maxAge = settings.MaximumRecordAgeInSeconds == -1
        ? StreamRetention
        : TimeSpan.FromSeconds(Math.Min(settings.MaximumRecordAgeInSeconds, StreamRetention.TotalSeconds));

    private PendingCall? _inFlight;
    private ReadOnlyMemory<byte> _state = EmptyState;
    private DateTimeOffset _readUpTo = DateTimeOffset.MinValue;
    private DateTimeOffset? _batchDueAt;
    private bool _ended;

    /// <summary>The window that is open, or null.</summary>
    public TimeWindow? Window { get; private set; }

    /// <summary>The last record done with, or null.</summary>
    public string? Checkpoint { get; private set; }

    /// <summary>Why the last call failed; null when it did not.</summary>
    public string? LastError { get; private set; }

    /// <summary>Records read and not done with.</summary>
    public int Waiting => Unfinished.Count() + _buffer.Count;

    /// <summary>The oldest record not done with, or null.</summary>
    public StreamEntry? Oldest => Unfinished.FirstOrDefault() ?? _buffer.Head;

    /// <summary>Whether the next batch may still grow.</summary>
    public bool WantsMore => _buffer.WantsMore && !_ended;

    /// <summary>Records of calls, in their order.</summary>
    private IEnumerable<StreamEntry> Unfinished => (_inFlight is null ? _pending : _pending.Prepend(_inFlight)).SelectMany(call => call.Call.Records);

    private DateTimeOffset? ClosingDueAt => settings.WindowCloseRule == WindowCloseRule.Prompt ? null : Window?.End + TimeWindow.LongestWait;

    /// <summary>A page of the shard was read.</summary>
    /// <param name="records">Its records, less those filtered out.</param>
    /// <param name="atTip">Whether the page held all there was.</param>
    /// <param name="startedAt">When the reading began.</param>
    /// <param name="now">When it was over.</param>
    public void Read(IReadOnlyList<StreamEntry> records, bool atTip, DateTimeOffset startedAt, DateTimeOffset now)
    {
        _buffer.Add(records, now);
        _readUpTo = atTip ? startedAt : _readUpTo;
    }

    /// <summary>The shard is closed and was read to its end.</summary>
    public void EndOfShard() => _ended = true;

    /// <summary>What to do now.</summary>
    public ShardDecision Decide(DateTimeOffset now)
    {
        if (_pending.Count == 0)
        {
            Fill(now);
        }

        GiveUpExpired(now);
        if (_givenUp.TryDequeue(out GivenUp? givenUp))
        {
            return new ShardDecision.GiveUp(givenUp);
        }

        if (_pending.First is { } next)
        {
            return next.Value.NotBefore <= now ? HandOver(next.Value, now) : new ShardDecision.Wait(next.Value.NotBefore, Read: false);
        }

        if (_ended && _buffer.Count == 0)
        {
            return new ShardDecision.Finish();
        }

        return new ShardDecision.Wait(_batchDueAt ?? ClosingDueAt, Read: WantsMore);
    }

    /// <summary>The call handed over last has come to its end.</summary>
    public void Answered(CallAnswer answer, DateTimeOffset now)
    {
        PendingCall call = _inFlight ?? throw new InvalidOperationException("No call is under way.");
        _inFlight = null;
        switch (answer)
        {
            case CallAnswer.NotReached refused:
                LastError = refused.Message;
                _pending.AddFirst(call with { Refusals = call.Refusals + 1, NotBefore = now + RetryBackOff.After(call.Refusals + 1) });
                break;
            case CallAnswer.Failed failed:
                LastError = failed.Message;
                Fail(call with { RequestId = failed.RequestId, FunctionError = failed.FunctionError }, now);
                break;
            case CallAnswer.Returned returned:
                Return(call with { RequestId = returned.RequestId, FunctionError = null }, FunctionResponse.Read(call.Call, returned.Payload, settings), now);
                break;
        }
    }

    /// <summary>Queues what is due: a window's closing call or a new batch.</summary>
    private void Fill(DateTimeOffset now)
    {
        if (_buffer.TakeOlderThan(now - _maxAge) is { Count: > 0 } expired)
        {
            GiveUp(new PendingCall(new ShardCall(BatchKind.Records, expired, null, EmptyState)), GivenUp.RecordAgeExceeded);
        }

        if (Window is not null && IsClosingDue(now))
        {
            _pending.AddFirst(new PendingCall(new ShardCall(BatchKind.WindowClosed, [], Window, _state)));
            (Window, _state) = (null, EmptyState);
            return;
        }

        if (settings.HasWindows && Window is null && _buffer.Head is { } head)
        {
            Window = TimeWindow.Of(head.CreatedAt, settings.TumblingWindowInSeconds);
        }

        (IReadOnlyList<StreamEntry> batch, _batchDueAt) = _buffer.TakeBatch(now, Window?.End, _state.Length, _ended);
        if (batch.Count > 0)
        {
            _pending.AddFirst(new PendingCall(new ShardCall(BatchKind.Records, batch, Window, EmptyState)));
        }
    }

    private bool IsClosingDue(DateTimeOffset now) =>
        _buffer.Head is { } head
            ? head.CreatedAt >= Window!.End
            : _ended || (settings.WindowCloseRule == WindowCloseRule.Prompt ? _readUpTo >= Window!.End : now >= Window!.End + TimeWindow.LongestWait);

    private void GiveUpExpired(DateTimeOffset now)
    {
        while (_pending.First?.Value is { } call && call.Origin < now - _maxAge)
        {
            _pending.RemoveFirst();
            StreamEntry[] expired = [.. call.Call.Records.TakeWhile(r => r.CreatedAt < now - _maxAge)];
            GiveUp(call with { Call = call.Call with { Records = expired } }, GivenUp.RecordAgeExceeded);
            if (expired.Length < call.Call.Records.Count)
            {
                _pending.AddFirst(call with { Call = call.Call with { Records = [.. call.Call.Records.Skip(expired.Length)] } });
            }
        }
    }

    private ShardDecision.Invoke HandOver(PendingCall next, DateTimeOffset now)
    {
        _pending.RemoveFirst();
        if (next.Call.Kind == BatchKind.Records)
        {
            next = next with { Call = next.Call with { State = _state } };
            _buffer.HandedOver(now);
        }

        _inFlight = next;
        return new ShardDecision.Invoke(next.Call);
    }

    private void Return(PendingCall call, FunctionResponse response, DateTimeOffset now)
    {
        LastError = response.FirstFailed is null ? null : "The function reported failed records, or returned no state.";
        if (response.FirstFailed is 0)
        {
            Fail(call, now);
        }
        else
        {
            Advance(call, response.FirstFailed ?? call.Call.Records.Count);
        }

        if (response.State is { } state)
        {
            Keep(state);
        }
    }

    /// <summary>Moves the checkpoint before the first failed record; the rest starts anew, with all its attempts.</summary>
    private void Advance(PendingCall call, int done)
    {
        if (done > 0)
        {
            Checkpoint = call.Call.Records[done - 1].SequenceNumber;
        }

        if (done < call.Call.Records.Count)
        {
            _pending.AddFirst(new PendingCall(call.Call with { Records = [.. call.Call.Records.Skip(done)] }));
        }
    }

    private void Keep(ReadOnlyMemory<byte> state)
    {
        _state = state;
        if (state.Length > MaxStateBytes)
        {
            _pending.AddFirst(new PendingCall(new ShardCall(BatchKind.WindowTerminatedEarly, [], Window, state)));
            _state = EmptyState;
        }
    }

    private void Fail(PendingCall call, DateTimeOffset now)
    {
        PendingCall failed = call with { Attempts = call.Attempts + 1, Refusals = 0, NotBefore = now + RetryBackOff.After(call.Attempts + 1) };
        if (settings.BisectBatchOnFunctionError && call.Call.Records.Count > 1)
        {
            int half = call.Call.Records.Count / 2;
            _pending.AddFirst(new PendingCall(call.Call with { Records = [.. call.Call.Records.Skip(half)] }));
            _pending.AddFirst(new PendingCall(call.Call with { Records = [.. call.Call.Records.Take(half)] }));
        }
        else if (settings.MaximumRetryAttempts >= 0 && failed.Attempts > settings.MaximumRetryAttempts)
        {
            GiveUp(failed, GivenUp.RetryAttemptsExhausted);
        }
        else
        {
            _pending.AddFirst(failed);
        }
    }

    private void GiveUp(PendingCall call, string condition)
    {
        _givenUp.Enqueue(call.GiveUp(condition));
        Advance(call, call.Call.Records.Count);
    }
}
