namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>One mapping from a DynamoDB stream to a function; names, ranges and defaults are AWS's.</summary>
public sealed record EventSourceMappingSettings
{
    /// <summary>The function: name or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The stream's ARN.</summary>
    public required string EventSourceArn { get; init; }

    /// <summary><c>TRIM_HORIZON</c> or <c>LATEST</c>; the latter begins at the moment the mapping becomes Enabled.</summary>
    public string StartingPosition { get; init; } = "TRIM_HORIZON";

    /// <summary>Whether it reads; false is AWS's <c>Enabled: false</c>.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Records per call at most, 1 to 10,000. (The API page asks for a batching window of at least 1 second above 10; with DynamoDB's own
    /// default of 100 and no window that cannot be meant for streams, and it is not enforced here.)
    /// </summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>How long records are gathered, 0 to 300 seconds.</summary>
    public int MaximumBatchingWindowInSeconds { get; init; }

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

    /// <summary>Whether the function may report single records as failed (AWS: FunctionResponseTypes <c>ReportBatchItemFailures</c>).</summary>
    public bool ReportBatchItemFailures { get; init; }

    /// <summary>ARN of the SQS queue or SNS topic that gets a record of each batch given up, or null.</summary>
    public string? OnFailure { get; init; }

    /// <summary>Filter patterns, any of which lets a record pass; empty for all records.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Batches of one shard at work at once, 1 to 10; above 1 order is kept for each item (partition and sort key), not for the whole shard. Must be 1 with tumbling windows.</summary>
    public int ParallelizationFactor { get; init; } = 1;

    internal TimeSpan BatchingWindow => TimeSpan.FromSeconds(MaximumBatchingWindowInSeconds);

    internal bool HasWindows => TumblingWindowInSeconds > 0;
}
