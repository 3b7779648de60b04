namespace LocalAws.Lambda.Functions;

/// <summary>How asynchronous invocations of a function are retried and where they end (AWS: the event invoke config).</summary>
public sealed record AsyncInvocationSettings
{
    /// <summary>Further attempts after a function error, 0 to 2.</summary>
    public int MaximumRetryAttempts { get; init; } = 2;

    /// <summary>How long an event may wait and be retried, 60 to 21,600 seconds.</summary>
    public int MaximumEventAgeInSeconds { get; init; } = 21_600;

    /// <summary>ARN of the queue, topic or function that gets the record of an event given up, or null.</summary>
    public string? OnFailure { get; init; }

    /// <summary>ARN of the queue, topic or function that gets the record of an event that succeeded, or null.</summary>
    public string? OnSuccess { get; init; }
}
