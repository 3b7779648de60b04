namespace LocalAws.Lambda;

/// <summary>Synchronous invocation, as event source mappings use it.</summary>
public interface IFunctionInvoker
{
    /// <summary>Invokes a function and waits for its answer. A function's own failure is a result, not an exception.</summary>
    /// <param name="functionName">Name or ARN.</param>
    /// <param name="payload">The event, JSON in UTF-8; at most 6 MB.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Endpoint.AwsException"><c>TooManyRequestsException</c> (429), <c>ResourceNotFoundException</c> (404) or <c>RequestTooLargeException</c> (413): the function was not reached.</exception>
    Task<InvocationResult> InvokeAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}

/// <summary>What an invocation came to.</summary>
/// <param name="RequestId">The invocation's request id.</param>
/// <param name="FunctionError">Null on success, else <c>Unhandled</c>.</param>
/// <param name="Payload">The function's answer, or its error object.</param>
public sealed record InvocationResult(string RequestId, string? FunctionError, ReadOnlyMemory<byte> Payload);
