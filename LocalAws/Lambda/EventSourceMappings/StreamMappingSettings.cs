namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>A mapping that reads a DynamoDB stream.</summary>
public sealed record StreamMappingSettings : EventSourceMappingSettings
{
    /// <summary>
    /// Settings with AWS's defaults, a BatchSize of 100 among them. (The API page asks for a batching window of at least 1 second above 10; with
    /// this default and no window that cannot be meant for streams, and it is not enforced here.)
    /// </summary>
    public StreamMappingSettings() => BatchSize = 100;

    /// <summary><c>TRIM_HORIZON</c> or <c>LATEST</c>; the latter begins at the moment the mapping becomes Enabled.</summary>
    public string StartingPosition { get; init; } = "TRIM_HORIZON";

    /// <summary>Length of tumbling windows, 0 (none) to 900 seconds.</summary>
    public int TumblingWindowInSeconds { get; init; }

    /// <summary>When a window closes; the one setting that AWS does not have.</summary>
    public WindowCloseRule WindowCloseRule { get; init; }

    /// <summary>Further attempts of a failing batch, 0 to 10,000; -1 for as long as the stream keeps the records.</summary>
    public int MaximumRetryAttempts { get; init; } = -1;

    /// <summary>Records older than this are given up: 60 to 604,800 seconds; -1 for as long as the stream keeps them.</summary>
    public int MaximumRecordAgeInSeconds { get; init; } = -1;

    /// <summary>Whether a batch that failed is split in two.</summary>
    public bool BisectBatchOnFunctionError { get; init; }

    /// <summary>ARN of the SQS queue or SNS topic that gets a record of each batch given up, or of the S3 bucket that gets it with the batch; or null.</summary>
    public string? OnFailure { get; init; }

    /// <summary>Batches of one shard at work at once, 1 to 10; above 1 order is kept for each item (partition and sort key), not for the whole shard. Must be 1 with tumbling windows.</summary>
    public int ParallelizationFactor { get; init; } = 1;

    internal override string UserAction => "User action";

    internal bool HasWindows => TumblingWindowInSeconds > 0;
}
