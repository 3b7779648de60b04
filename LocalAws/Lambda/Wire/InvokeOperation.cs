using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;
using LocalAws.Lambda.Sandboxes;
using LocalAws.Protocols;

namespace LocalAws.Lambda.Wire;

/// <summary>The Invoke operation: RequestResponse, Event and DryRun.</summary>
internal sealed class InvokeOperation(LambdaEngine engine)
{
    /// <summary>A function's output reaches us by a pipe, its answer by a socket: the log tail waits a moment for the pipe.</summary>
    private static readonly TimeSpan TailPause = TimeSpan.FromMilliseconds(20);

    public AwsOperation Operation => RestJsonProtocol.OfPayload(
        "Invoke POST /2015-03-31/functions/{FunctionName}/invocations?Qualifier InvocationType=X-Amz-Invocation-Type LogType=X-Amz-Log-Type ClientContext=X-Amz-Client-Context",
        LambdaShapes.Default.InvokeInput,
        RunAsync);

    private async Task<AwsResponse> RunAsync(InvokeInput input, AwsRequest http, CancellationToken cancellationToken)
    {
        string name = FunctionName.Qualified(input.FunctionName, input.Qualifier);
        HostedFunction function = engine.Find(name);
        InvocationRequest request = ReadRequest(http, input.ClientContext ?? "");
        switch (input.InvocationType)
        {
            case "DryRun":
                return AwsResponse.Empty(204);
            case "Event":
                engine.InvokeEvent(name, request);
                return AwsResponse.Empty(202);
            case null or "" or "RequestResponse":
                InvocationResult result = await engine.InvokeAsync(name, request, cancellationToken);
                return await AnswerAsync(function, result, input.LogType == "Tail", cancellationToken);
            case var type:
                throw new AwsException(
                    "InvalidParameterValueException", $"Value '{type}' at 'invocationType' must be one of RequestResponse, Event, DryRun.");
        }
    }

    private static InvocationRequest ReadRequest(AwsRequest http, string clientContext)
    {
        ReadOnlyMemory<byte> payload = http.Body.IsEmpty ? "{}"u8.ToArray() : http.Body;
        if (payload.Length <= PlatformErrors.MaxPayloadBytes)
        {
            RequireJson(payload);
        }

        return new InvocationRequest(payload)
        {
            RequestId = http.RequestId,
            TraceHeader = http.Headers["X-Amzn-Trace-Id"] is [{ } trace, ..] && trace.StartsWith("Root=1-", StringComparison.Ordinal) ? trace : null,
            ClientContext = ClientContextOf(clientContext),
        };
    }

    private static void RequireJson(ReadOnlyMemory<byte> payload)
    {
        if (!Utf8.IsValid(payload.Span))
        {
            throw new AwsException("InvalidRequestContentException", "Could not parse request body into json: it is not valid UTF-8.");
        }

        try
        {
            var reader = ForeignJson.Reader(payload.Span);
            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw new AwsException("InvalidRequestContentException", $"Could not parse request body into json: {e.Message}");
        }
    }

    private static string? ClientContextOf(string base64)
    {
        Span<byte> bytes = new byte[base64.Length];
        return base64.Length == 0 ? null
            : Convert.TryFromBase64String(base64, bytes, out int length) ? Encoding.UTF8.GetString(bytes[..length])
            : throw new AwsException("InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object.");
    }

    private async Task<AwsResponse> AnswerAsync(HostedFunction function, InvocationResult result, bool tail, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string> { ["X-Amz-Executed-Version"] = FunctionDefinition.Version };
        if (result.FunctionError is not null)
        {
            headers["X-Amz-Function-Error"] = result.FunctionError;
        }

        if (tail)
        {
            await Task.Delay(TailPause, engine.RealTime, cancellationToken);
            headers["X-Amz-Log-Result"] = Convert.ToBase64String(function.Log.Tail(result.RequestId).Span);
        }

        return new AwsResponse(200, AwsJson.RestJson, result.Payload) { Headers = headers };
    }
}
