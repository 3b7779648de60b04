namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>One mapping from an event source to a function; names, ranges and defaults are AWS's. What it reads says its type.</summary>
public abstract record EventSourceMappingSettings
{
    private protected EventSourceMappingSettings()
    {
    }

    /// <summary>The function: name or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The ARN of the stream or queue.</summary>
    public required string EventSourceArn { get; init; }

    /// <summary>Whether it reads; false is AWS's <c>Enabled: false</c>.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Records per call at most, 1 to 10,000; see the types for their defaults.</summary>
    public int BatchSize { get; init; }

    /// <summary>How long records are gathered, 0 to 300 seconds.</summary>
    public int MaximumBatchingWindowInSeconds { get; init; }

    /// <summary>Whether the function may report single records as failed (AWS: FunctionResponseTypes <c>ReportBatchItemFailures</c>).</summary>
    public bool ReportBatchItemFailures { get; init; }

    /// <summary>Filter patterns, any of which lets a record pass; empty for all records.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    internal TimeSpan BatchingWindow => TimeSpan.FromSeconds(MaximumBatchingWindowInSeconds);

    /// <summary>What AWS gives for the reason of a state that a user caused: it has a word of its own for each kind of source.</summary>
    internal abstract string UserAction { get; }
}
