using LocalAws.Clock;
using LocalAws.Delivery;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>The I/O around one shard's lanes: reads, calls, waits. The only code that touches their engines while it runs.</summary>
internal sealed class ShardLoop(MappingContext mapping, StreamShard shard, ShardStart start)
{
    private readonly ShardLanes _lanes = new(mapping.Settings);
    private readonly ShardReader _reader = new(mapping.Streams, mapping.Settings.EventSourceArn, shard.ShardId, start, mapping.Filters, mapping.Clock);
    private volatile Snapshot _snapshot = new(null, 0, null, null, null, null, false);
    private DateTimeOffset? _lastBatchAt;

    /// <summary>The last record before which all are done with, or null; to be asked once the loop has ended.</summary>
    public string? Checkpoint => _lanes.Checkpoint;

    /// <summary>Whether the shard ended and all of it is done with.</summary>
    public bool Finished => _snapshot.Finished;

    /// <summary>The shard at a glance, as it was when the loop last decided something.</summary>
    public ShardStatus Status
    {
        get
        {
            Snapshot seen = _snapshot;
            TimeSpan age = seen.Oldest is { } oldest ? mapping.Clock.GetUtcNow() - oldest : TimeSpan.Zero;
            return new ShardStatus(shard.ShardId, age, seen.Waiting, seen.Window, seen.LastError, seen.LastBatchAt, seen.Finished) { Fault = seen.Fault };
        }
    }

    /// <summary>Works on the shard until it is done with or the mapping stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bool finished = false;
        while (!finished)
        {
            (finished, ShardDecision.Wait? wait) = await ActAsync(cancellationToken);
            _snapshot = new Snapshot(_lanes.Oldest, _lanes.Waiting, _lanes.Window, _lanes.LastError ?? _reader.LastError, _reader.LastError, _lastBatchAt, finished);
            if (!finished)
            {
                await WaitAsync(wait, cancellationToken);
            }
        }
    }

    /// <summary>Does for each lane what is to be done now.</summary>
    /// <returns>Whether all lanes have finished, and what the lanes without a call wait for; null when all have one.</returns>
    private async Task<(bool Finished, ShardDecision.Wait? Wait)> ActAsync(CancellationToken cancellationToken)
    {
        bool finished = true;
        ShardDecision.Wait? wait = null;
        foreach (ShardLane lane in _lanes.All)
        {
            if (lane.Call is { IsCompleted: true } ended)
            {
                lane.Call = null;
                Answered(lane.Engine, await ended);
            }

            ShardDecision? decision = lane.Call is null ? lane.Engine.Decide(mapping.Clock.GetUtcNow()) : null;
            while (decision is ShardDecision.GiveUp giveUp)
            {
                await GiveUpAsync(giveUp.What, cancellationToken);
                decision = lane.Engine.Decide(mapping.Clock.GetUtcNow());
            }

            finished &= decision is ShardDecision.Finish;
            switch (decision)
            {
                case ShardDecision.Invoke invoke:
                    lane.Call = InvokeAsync(invoke.Call, cancellationToken);
                    break;
                case ShardDecision.Wait own:
                    wait = wait is null ? own : new ShardDecision.Wait(Earlier(wait.Until, own.Until), wait.Read || own.Read);
                    break;
            }
        }

        return (finished, wait);
    }

    private async Task<FinishedCall> InvokeAsync(ShardCall call, CancellationToken cancellationToken)
    {
        DateTimeOffset at = mapping.Clock.GetUtcNow();
        _lastBatchAt = at;
        ReadOnlyMemory<byte> payload = StreamEvent.Write(call, shard.ShardId, mapping.Settings.EventSourceArn);
        return new FinishedCall(call, await CallAnswer.OfAsync(mapping.Functions, mapping.Settings.FunctionName, payload, cancellationToken), at);
    }

    private void Answered(ShardEngine engine, FinishedCall finished)
    {
        DateTimeOffset now = mapping.Clock.GetUtcNow();
        engine.Answered(finished.Answer, now);
        ShardCall call = finished.Call;
        mapping.HandedOver(new BatchHandedOver(
            mapping.Id, mapping.Settings.FunctionName, shard.ShardId, call.Kind, call.Records, call.Window, finished.At, now - finished.At, finished.Answer.RequestIdOrNull, engine.LastError));
    }

    private async Task GiveUpAsync(GivenUp what, CancellationToken cancellationToken)
    {
        if (mapping.Settings.OnFailure is not { } destination)
        {
            return;
        }

        DeliveryMessage record = GivenUpRecord.Write(what, mapping, shard.ShardId, mapping.Clock.GetUtcNow());
        try
        {
            await mapping.Router.DeliverAsync(destination, record, cancellationToken);
        }
        catch (AwsException e)
        {
            mapping.DeliveryFailed(destination, e);
        }
#pragma warning disable CA1031 // Whatever a destination throws, the record is lost and the shard goes on, as when AWS's own delivery fails.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            mapping.DeliveryFailed(destination, AwsException.InternalFailure(e));
        }
    }

    /// <summary>Waits until a lane may have something to do, and reads the stream meanwhile.</summary>
    private async Task WaitAsync(ShardDecision.Wait? wait, CancellationToken cancellationToken)
    {
        Task[] calls = [.. _lanes.All.Select(lane => lane.Call).OfType<Task>()];
        bool reads = wait is { Read: true } && _lanes.WantMore;
        DateTimeOffset now = mapping.Clock.GetUtcNow();
        if (reads && now >= _reader.NextPollAt)
        {
            await _reader.PollAsync(_lanes, cancellationToken);
            return;
        }

        DateTimeOffset? until = reads ? Earlier(wait!.Until, _reader.NextPollAt) : wait?.Until;
        TimeSpan pause = until is { } moment ? (moment - now).InFull() : Timeout.InfiniteTimeSpan;
        if (calls.Length == 0)
        {
            await Task.Delay(pause, mapping.Clock, cancellationToken);
            return;
        }

        Task answered = Task.WhenAny(calls);
        await answered.WaitAsync(pause, mapping.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;

    private sealed record Snapshot(DateTimeOffset? Oldest, int Waiting, TimeWindow? Window, string? LastError, string? Fault, DateTimeOffset? LastBatchAt, bool Finished);
}
