namespace LocalAws.Lambda.Sandboxes;

/// <summary>An execution environment: one invocation at a time, kept warm between them.</summary>
internal interface ISandbox : IAsyncDisposable
{
    /// <summary>Its log stream's name.</summary>
    string LogStream { get; }

    /// <summary>Ends when the sandbox is dead, whatever it died of.</summary>
    Task Ended { get; }

    /// <summary>Whether another invocation can be handed to it.</summary>
    bool IsAlive { get; }

    /// <summary>The most memory it ever used, in MB.</summary>
    int MaxMemoryUsed { get; }

    /// <summary>The init phase. Null when the runtime is waiting for work, else the error it came to.</summary>
    /// <param name="requestId">The invocation that an error names.</param>
    /// <param name="limit">How long it may take, in real time.</param>
    Task<SandboxReply?> InitializeAsync(string requestId, TimeSpan limit);

    /// <summary>One invocation, from hand-over until the runtime is ready for the next one, fails or runs out of time.</summary>
    /// <param name="invocation">The work.</param>
    Task<SandboxReply> InvokeAsync(SandboxInvocation invocation);

    /// <summary>Ends it at once, whatever it is doing.</summary>
    Task KillAsync();
}

/// <summary>What a sandbox is handed.</summary>
/// <param name="RequestId">The invocation's id.</param>
/// <param name="Payload">The event.</param>
/// <param name="Deadline">When it must be done, in real time.</param>
/// <param name="FunctionArn">The ARN that was invoked.</param>
/// <param name="TraceId">A trace header, <c>Root=1-…;Parent=…;Sampled=…</c>.</param>
/// <param name="ClientContext">The caller's client context as JSON, or null.</param>
internal sealed record SandboxInvocation(string RequestId, ReadOnlyMemory<byte> Payload, DateTimeOffset Deadline, string FunctionArn, string TraceId, string? ClientContext);

/// <summary>What came of it.</summary>
/// <param name="ErrorType">Null on success, else the function's or the platform's error type.</param>
/// <param name="Payload">The result, or the error object.</param>
internal sealed record SandboxReply(string? ErrorType, ReadOnlyMemory<byte> Payload);
