namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>A mapping as the API describes it.</summary>
/// <param name="Id">Its UUID.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="FunctionArn">The function's ARN.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="State"><c>Creating</c>, <c>Enabled</c>, <c>Updating</c>, <c>Disabled</c> or <c>Deleting</c>.</param>
/// <param name="StateTransitionReason">Who caused the state.</param>
/// <param name="LastModified">When it was created or updated.</param>
/// <param name="LastProcessingResult"><c>No records processed</c>, <c>OK</c>, or <c>PROBLEM: …</c>.</param>
public sealed record EventSourceMappingState(
    string Id,
    string Arn,
    string FunctionArn,
    EventSourceMappingSettings Settings,
    string State,
    string StateTransitionReason,
    DateTimeOffset LastModified,
    string LastProcessingResult)
{
    /// <summary>Why it does not work any more, which is a fault of the local cloud; null while it does.</summary>
    public string? Fault { get; init; }
}
