namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>A mapping that receives the messages of a standard SQS queue.</summary>
public sealed record QueueMappingSettings : EventSourceMappingSettings
{
    /// <summary>Settings with AWS's defaults, a BatchSize of 10 among them; above 10 a batching window of at least 1 second is needed.</summary>
    public QueueMappingSettings() => BatchSize = 10;

    /// <summary>Batches at work at once at most (AWS: ScalingConfig), 2 to 1,000, or null.</summary>
    public int? MaximumConcurrency { get; init; }

    internal override string UserAction => "USER_INITIATED";
}
