namespace LocalAws.Lambda.Invocations;

/// <summary>One call of a function.</summary>
/// <param name="Payload">The event, JSON in UTF-8.</param>
public sealed record InvocationRequest(ReadOnlyMemory<byte> Payload)
{
    /// <summary>The invocation's id; kept when an asynchronous invocation is retried.</summary>
    public string RequestId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>The caller's trace header (<c>Root=1-…;Parent=…;Sampled=…</c>), or null for a new trace.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>The caller's client context as JSON, or null.</summary>
    public string? ClientContext { get; init; }
}
