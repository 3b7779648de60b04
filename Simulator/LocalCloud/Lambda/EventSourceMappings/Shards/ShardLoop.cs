using WhatsAppBuffer.Simulator.Clock;
using WhatsAppBuffer.Simulator.Delivery;
using WhatsAppBuffer.Simulator.DynamoDb.Streams;
using WhatsAppBuffer.Simulator.Endpoint;

namespace WhatsAppBuffer.Simulator.Lambda.EventSourceMappings.Shards;

/// <summary>The I/O around one shard's engine: reads, calls, waits. The only code that touches the engine while it runs.</summary>
internal sealed class ShardLoop(MappingContext mapping, StreamShard shard, ShardStart start)
{
    private readonly ShardEngine _engine = new(mapping.Settings);
    private readonly ShardReader _reader = new(mapping.Streams, mapping.Settings.EventSourceArn, shard.ShardId, start, mapping.Filters, mapping.Clock);
    private volatile Snapshot _snapshot = new(null, 0, null, null, null, false);
    private DateTimeOffset? _lastBatchAt;

    /// <summary>The last record done with, or null; to be asked once the loop has ended.</summary>
    public string? Checkpoint => _engine.Checkpoint;

    /// <summary>Whether the shard ended and all of it is done with.</summary>
    public bool Finished => _snapshot.Finished;

    /// <summary>The shard at a glance, as it was when the loop last decided something.</summary>
    public ShardStatus Status
    {
        get
        {
            Snapshot seen = _snapshot;
            TimeSpan age = seen.Oldest is { } oldest ? mapping.Clock.GetUtcNow() - oldest : TimeSpan.Zero;
            return new ShardStatus(shard.ShardId, age, seen.Waiting, seen.Window, seen.LastError, seen.LastBatchAt, seen.Finished);
        }
    }

    /// <summary>Works on the shard until it is done with or the mapping stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bool finished = false;
        while (!finished)
        {
            ShardDecision decision = _engine.Decide(mapping.Clock.GetUtcNow());
            finished = decision is ShardDecision.Finish;
            _snapshot = new Snapshot(_engine.Oldest, _engine.Waiting, _engine.Window, _engine.LastError ?? _reader.LastError, _lastBatchAt, finished);
            await (decision switch
            {
                ShardDecision.Invoke invoke => InvokeAsync(invoke.Call, cancellationToken),
                ShardDecision.GiveUp giveUp => GiveUpAsync(giveUp.What, cancellationToken),
                ShardDecision.Wait wait => WaitAsync(wait, cancellationToken),
                _ => Task.CompletedTask,
            });
        }
    }

    private async Task InvokeAsync(ShardCall call, CancellationToken cancellationToken)
    {
        DateTimeOffset at = mapping.Clock.GetUtcNow();
        _lastBatchAt = at;
        CallAnswer answer = await CallAsync(StreamEvent.Write(call, shard.ShardId, mapping.Settings.EventSourceArn), cancellationToken);
        DateTimeOffset now = mapping.Clock.GetUtcNow();
        _engine.Answered(answer, now);
        string? requestId = answer switch
        {
            CallAnswer.Returned returned => returned.RequestId,
            CallAnswer.Failed failed => failed.RequestId,
            _ => null,
        };
        mapping.HandedOver(new BatchHandedOver(
            mapping.Id, mapping.Settings.FunctionName, shard.ShardId, call.Kind, call.Records, call.Window, at, now - at, requestId, _engine.LastError));
    }

    private async Task<CallAnswer> CallAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        try
        {
            InvocationResult result = await mapping.Functions.InvokeAsync(mapping.Settings.FunctionName, payload, cancellationToken);
            return result.FunctionError is null
                ? new CallAnswer.Returned(result.RequestId, result.Payload)
                : new CallAnswer.Failed(result.RequestId, result.FunctionError, System.Text.Encoding.UTF8.GetString(result.Payload.Span));
        }
        catch (AwsException e)
        {
            return new CallAnswer.NotReached($"{e.Code}: {e.Message}");
        }
#pragma warning disable CA1031 // A function that cannot be reached for whatever reason is tried again; the shard's loop never stops.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new CallAnswer.NotReached(e.Message);
        }
    }

    private async Task GiveUpAsync(GivenUp what, CancellationToken cancellationToken)
    {
        if (mapping.Settings.OnFailure is not { } destination)
        {
            return;
        }

        DeliveryMessage record = GivenUpRecord.Write(what, mapping.FunctionArn, shard.ShardId, mapping.Settings.EventSourceArn, mapping.Clock.GetUtcNow());
        try
        {
            await mapping.Router.DeliverAsync(destination, record, cancellationToken);
        }
        catch (AwsException e)
        {
            mapping.DeliveryFailed(destination, e);
        }
    }

    private async Task WaitAsync(ShardDecision.Wait wait, CancellationToken cancellationToken)
    {
        DateTimeOffset now = mapping.Clock.GetUtcNow();
        if (wait.Read && now >= _reader.NextPollAt)
        {
            await _reader.PollAsync(_engine, cancellationToken);
            return;
        }

        DateTimeOffset until = wait.Read && (wait.Until is null || _reader.NextPollAt < wait.Until) ? _reader.NextPollAt : wait.Until!.Value;
        await Task.Delay((until - now).InFull(), mapping.Clock, cancellationToken);
    }

    private sealed record Snapshot(DateTimeOffset? Oldest, int Waiting, TimeWindow? Window, string? LastError, DateTimeOffset? LastBatchAt, bool Finished);
}
