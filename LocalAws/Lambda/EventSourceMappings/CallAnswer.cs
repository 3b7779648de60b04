using System.Text;
using LocalAws.Endpoint;

namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>What became of a call.</summary>
internal abstract record CallAnswer
{
    /// <summary>The function returned.</summary>
    public sealed record Returned(string RequestId, ReadOnlyMemory<byte> Payload) : CallAnswer;

    /// <summary>The function threw, timed out or crashed.</summary>
    public sealed record Failed(string RequestId, string FunctionError, string Message) : CallAnswer;

    /// <summary>The function was not reached: throttled or missing. Uses up no attempt.</summary>
    public sealed record NotReached(string Message) : CallAnswer;

    /// <summary>The invocation's id; null when the function was not reached.</summary>
    public string? RequestIdOrNull => this switch
    {
        Returned returned => returned.RequestId,
        Failed failed => failed.RequestId,
        _ => null,
    };

    /// <summary>Calls a function. Whatever goes wrong is an answer.</summary>
    public static async Task<CallAnswer> OfAsync(IFunctionInvoker functions, string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        try
        {
            InvocationResult result = await functions.InvokeAsync(functionName, payload, cancellationToken);
            return result.FunctionError is null
                ? new Returned(result.RequestId, result.Payload)
                : new Failed(result.RequestId, result.FunctionError, Encoding.UTF8.GetString(result.Payload.Span));
        }
        catch (AwsException e)
        {
            return new NotReached($"{e.Code}: {e.Message}");
        }
#pragma warning disable CA1031 // A function that cannot be reached for whatever reason is tried again; a mapping never stops.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new NotReached(e.Message);
        }
    }
}
