using LocalAws.DynamoDb.Streams;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>One call of the function that a shard's engine asks for.</summary>
/// <param name="Kind">Why it is made.</param>
/// <param name="Records">The batch; empty when a window is closed.</param>
/// <param name="Window">The window, when the mapping has windows.</param>
/// <param name="State">The window's state so far, a JSON object.</param>
internal sealed record ShardCall(BatchKind Kind, IReadOnlyList<StreamEntry> Records, TimeWindow? Window, ReadOnlyMemory<byte> State);

/// <summary>What a shard's engine wants done next.</summary>
internal abstract record ShardDecision
{
    /// <summary>Call the function, then report what became of it.</summary>
    public sealed record Invoke(ShardCall Call) : ShardDecision;

    /// <summary>Tell the on-failure destination, if there is one, that this was given up.</summary>
    public sealed record GiveUp(GivenUp What) : ShardDecision;

    /// <summary>Nothing to do before this time.</summary>
    /// <param name="Until">Null: nothing at all before more records come.</param>
    /// <param name="Read">Whether the stream should be read in the meantime.</param>
    public sealed record Wait(DateTimeOffset? Until, bool Read) : ShardDecision;

    /// <summary>The shard has ended and all its records are done with.</summary>
    public sealed record Finish : ShardDecision;
}

/// <summary>A batch, or a window's closing call, that is not tried any more.</summary>
/// <param name="Call">What it was.</param>
/// <param name="Condition"><c>RetryAttemptsExhausted</c> or <c>RecordAgeExceeded</c>.</param>
/// <param name="Attempts">How often the function was called with it; 1 when it never was, as AWS reports.</param>
/// <param name="RequestId">The last call's id, or null.</param>
/// <param name="FunctionError">The last call's error, or null when the function itself reported the failure.</param>
internal sealed record GivenUp(ShardCall Call, string Condition, int Attempts, string? RequestId, string? FunctionError)
{
    public const string RetryAttemptsExhausted = "RetryAttemptsExhausted";
    public const string RecordAgeExceeded = "RecordAgeExceeded";
}
