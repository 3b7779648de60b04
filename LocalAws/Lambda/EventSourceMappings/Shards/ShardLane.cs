namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>One of the batches that a shard may have at work at once: the rules of its records, and the call under way.</summary>
internal sealed class ShardLane(StreamMappingSettings settings)
{
    public ShardEngine Engine { get; } = new(settings);

    /// <summary>The call under way, or null. Its outcome is for the shard's loop alone to tell the engine.</summary>
    public Task<FinishedCall>? Call { get; set; }
}

/// <summary>A call that has come to its end.</summary>
/// <param name="Call">What was asked.</param>
/// <param name="Answer">What became of it.</param>
/// <param name="At">When it was made.</param>
internal sealed record FinishedCall(ShardCall Call, CallAnswer Answer, DateTimeOffset At);
