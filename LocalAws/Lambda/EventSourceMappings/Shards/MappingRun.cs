using System.Collections.Concurrent;
using LocalAws.DynamoDb.Streams;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>
/// One stretch in which a mapping is Enabled: finds the stream's shards, and works on each once its parent is done with. Checkpoints outlive
/// it, so that a mapping that was disabled or updated goes on where it was; an open window's state does not (AWS documents neither).
/// </summary>
/// <param name="mapping">What the shards share.</param>
/// <param name="checkpoints">The last record done with, by shard.</param>
/// <param name="problem">Told when the stream cannot be reached or a shard is no longer worked on.</param>
internal sealed class MappingRun(MappingContext mapping, ConcurrentDictionary<string, string> checkpoints, Action<string> problem) : IMappingRun
{
    private static readonly TimeSpan DiscoveryInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (ShardLoop Loop, Task Run)> _shards = new();
    private readonly Dictionary<string, ShardStart> _starts = [];

    /// <inheritdoc/>
    public bool IsIdle => _shards.Values.All(s => s.Loop.Status.Waiting == 0);

    /// <summary>All shards worked on so far.</summary>
    public IReadOnlyList<ShardStatus> Shards => [.. _shards.Values.Select(s => Status(s.Loop, s.Run)).OrderBy(s => s.ShardId, StringComparer.Ordinal)];

    /// <summary>
    /// Takes the iterators of a mapping that begins now: this moment is what LATEST means. False when the stream could not be reached.
    /// </summary>
    public async Task<bool> TryStartAsync(CancellationToken cancellationToken)
    {
        if (mapping.Settings.StartingPosition != "LATEST" || !checkpoints.IsEmpty)
        {
            return true;
        }

        if (await ListShardsAsync(cancellationToken) is not { } shards)
        {
            return false;
        }

        var latest = new ShardPosition("LATEST");
        foreach (StreamShard shard in shards)
        {
            string? iterator = await ReachAsync(
                () => mapping.Streams.GetShardIteratorAsync(mapping.Settings.EventSourceArn, shard.ShardId, latest, cancellationToken), cancellationToken);
            _starts[shard.ShardId] = new ShardStart(latest, iterator);
        }

        return true;
    }

    /// <summary>Works until the mapping stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await DiscoverAsync(cancellationToken);
                Task[] waits = [Task.Delay(DiscoveryInterval, mapping.Clock, cancellationToken), .. _shards.Values.Select(s => s.Run).Where(r => !r.IsCompleted)];
                await Task.WhenAny(waits);
                TellOfBrokenShards();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(_shards.Values.Select(s => s.Run)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            SaveCheckpoints();
        }
    }

    private async Task DiscoverAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StreamShard> shards = await ListShardsAsync(cancellationToken) ?? [];
        foreach (StreamShard shard in shards.Where(s => !_shards.ContainsKey(s.ShardId) && IsParentDone(s, shards)))
        {
            var loop = new ShardLoop(mapping, shard, StartOf(shard));
            _shards[shard.ShardId] = (loop, loop.RunAsync(cancellationToken));
        }
    }

    private static ShardStatus Status(ShardLoop loop, Task run) =>
        run.Exception?.InnerException is { } broken ? loop.Status with { Fault = NotWorkedOn(broken), LastError = NotWorkedOn(broken) } : loop.Status;

    private static string NotWorkedOn(Exception broken) => $"It is no longer worked on, which is a fault of the local cloud: {broken.GetType().Name}: {broken.Message}";

    /// <summary>Nothing should break a shard; if it does, its records wait, and nobody would know why.</summary>
    private void TellOfBrokenShards()
    {
        foreach ((string shardId, (_, Task run)) in _shards)
        {
            if (run.Exception?.InnerException is { } broken)
            {
                problem($"Shard {shardId}: {NotWorkedOn(broken)}");
            }
        }
    }

    private Task<IReadOnlyList<StreamShard>?> ListShardsAsync(CancellationToken cancellationToken) =>
        ReachAsync(() => mapping.Streams.ListShardsAsync(mapping.Settings.EventSourceArn, cancellationToken), cancellationToken);

    private async Task<T?> ReachAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await call();
        }
#pragma warning disable CA1031 // As with reading: whatever another home of DynamoDB throws, the mapping reports it and tries again.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            problem($"Reaching the stream failed: {e.Message}");
            return null;
        }
    }

    private bool IsParentDone(StreamShard shard, IReadOnlyList<StreamShard> shards) =>
        shard.ParentShardId is null
        || !shards.Any(s => s.ShardId == shard.ParentShardId)
        || (_shards.TryGetValue(shard.ParentShardId, out (ShardLoop Loop, Task Run) parent) && parent.Loop.Finished);

    private ShardStart StartOf(StreamShard shard) =>
        checkpoints.TryGetValue(shard.ShardId, out string? checkpoint) ? new ShardStart(new ShardPosition("AFTER_SEQUENCE_NUMBER", checkpoint))
        : _starts.TryGetValue(shard.ShardId, out ShardStart? start) ? start
        : new ShardStart(new ShardPosition("TRIM_HORIZON"));

    private void SaveCheckpoints()
    {
        foreach ((string shardId, (ShardLoop loop, _)) in _shards)
        {
            if (loop.Checkpoint is { } checkpoint)
            {
                checkpoints[shardId] = checkpoint;
            }
        }
    }
}
