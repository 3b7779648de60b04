namespace LocalAws.Lambda;

/// <summary>What may be set about the imitation itself; a function's own settings are in its <see cref="Functions.FunctionDefinition"/>.</summary>
public sealed record LambdaOptions
{
    /// <summary>Sandboxes of a function without reserved concurrency that may work at once; above it callers are throttled. 10 by default (AWS: 1,000 per account).</summary>
    public int DefaultConcurrency { get; init; } = 10;

    /// <summary>How long the init phase may last before it is repeated at the invocation, in real time. AWS: 10 seconds.</summary>
    public TimeSpan InitLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how much real time without work a sandbox is stopped. 5 minutes by default; AWS does not document its own.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many lines of output are kept per function; the oldest go first. 2,000 by default.</summary>
    public int LogLines { get; init; } = 2_000;

    /// <summary>How long a mapping stays in a passing state (Creating, Updating, …), on the cloud's clock. None by default; on AWS up to minutes.</summary>
    public TimeSpan MappingTransition { get; init; }

    /// <summary>The clock of processes: they live in real time even where the cloud's clock is scaled.</summary>
    public TimeProvider RealTime { get; init; } = TimeProvider.System;
}
