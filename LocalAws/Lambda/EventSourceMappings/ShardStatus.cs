namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>One shard of a mapping at a glance.</summary>
/// <param name="ShardId">The shard.</param>
/// <param name="IteratorAge">Age of the oldest record read and not done with; zero when there is none.</param>
/// <param name="Waiting">Records read and not done with.</param>
/// <param name="Window">The open window, or null.</param>
/// <param name="LastError">Why the last call or read failed; null when it did not.</param>
/// <param name="LastBatchAt">When the last call was made, or null.</param>
/// <param name="Finished">Whether the shard ended and all of it is done with.</param>
public sealed record ShardStatus(string ShardId, TimeSpan IteratorAge, int Waiting, TimeWindow? Window, string? LastError, DateTimeOffset? LastBatchAt, bool Finished)
{
    /// <summary>Why it is not worked on: its stream cannot be read just now, or the local cloud has a fault; null while it is.</summary>
    public string? Fault { get; init; }
}
