using LocalAws.Sqs;

namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>One call that the mapping of a queue made, for time lines and statistics.</summary>
/// <param name="MappingId">The mapping.</param>
/// <param name="FunctionName">The function, as the mapping names it.</param>
/// <param name="Messages">The batch.</param>
/// <param name="At">When the function was called, on the cloud's clock.</param>
/// <param name="Duration">How long the call took, on the cloud's clock.</param>
/// <param name="RequestId">The invocation's id; null when the function was not reached.</param>
/// <param name="Error">Null when the whole batch succeeded, else what was wrong.</param>
public sealed record MessagesHandedOver(
    string MappingId, string FunctionName, IReadOnlyList<QueueMessage> Messages, DateTimeOffset At, TimeSpan Duration, string? RequestId, string? Error);
