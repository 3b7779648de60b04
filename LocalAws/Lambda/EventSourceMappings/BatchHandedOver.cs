using LocalAws.DynamoDb.Streams;

namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>One call that a mapping made, for time lines and statistics.</summary>
/// <param name="MappingId">The mapping.</param>
/// <param name="FunctionName">The function, as the mapping names it.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Kind">Why it was made.</param>
/// <param name="Records">The batch; empty when a window was closed.</param>
/// <param name="Window">The window, when the mapping has windows.</param>
/// <param name="At">When the function was called, on the cloud's clock.</param>
/// <param name="Duration">How long the call took, on the cloud's clock.</param>
/// <param name="RequestId">The invocation's id; null when the function was not reached.</param>
/// <param name="Error">Null when the whole batch succeeded, else what was wrong.</param>
public sealed record BatchHandedOver(
    string MappingId,
    string FunctionName,
    string ShardId,
    BatchKind Kind,
    IReadOnlyList<StreamEntry> Records,
    TimeWindow? Window,
    DateTimeOffset At,
    TimeSpan Duration,
    string? RequestId,
    string? Error);
