using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using LocalAws.Endpoint;
using LocalAws.Lambda;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>
/// Invokes functions behind another Lambda endpoint, such as the AWS Lambda Test Tool's. There a function is named like its Aspire resource,
/// and those names may have hyphens but no underscores: <c>on_raw_messages</c> is <c>on-raw-messages</c> there. A function gets one event at a
/// time: the test tool runs one sandbox of it, and each event that waits there blocks a thread, of which it has few.
/// </summary>
internal sealed class RemoteFunctionInvoker : IFunctionInvoker, IDisposable
{
    /// <summary>AWS's longest time-out of a function: a developer may stop at a breakpoint that long before the event is delivered again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly Uri _endpoint;
    private readonly AmazonLambdaClient _client;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <param name="endpoint">Where it listens, such as <c>http://localhost:5050</c>.</param>
    /// <param name="account">Its region signs the calls; test tools check no signature.</param>
    public RemoteFunctionInvoker(Uri endpoint, AwsAccount account)
    {
        _endpoint = endpoint;
        _client = new AmazonLambdaClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonLambdaConfig
            {
                ServiceURL = endpoint.ToString(),
                AuthenticationRegion = account.Region,
                Timeout = Patience,
                // A second attempt would run the function a second time: repeating is up to whoever invokes.
                MaxErrorRetry = 0,
            });
    }

    public static string NameThere(string functionName) => functionName.Replace('_', '-');

    public async Task<InvocationResult> InvokeAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        SemaphoreSlim turn = _turns.GetOrAdd(functionName, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await InvokeNowAsync(functionName, payload, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<InvocationResult> InvokeNowAsync(string functionName, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> bytes);
        using var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        var request = new InvokeRequest { FunctionName = NameThere(functionName), InvocationType = InvocationType.RequestResponse, PayloadStream = stream };
        try
        {
            InvokeResponse response = await _client.InvokeAsync(request, cancellationToken);
            string requestId = response.ResponseMetadata?.RequestId is { Length: > 0 } id ? id : Guid.NewGuid().ToString();
            return new InvocationResult(requestId, response.FunctionError is { Length: > 0 } error ? error : null, response.Payload?.ToArray() ?? []);
        }
        catch (AmazonLambdaException e) when ((int)e.StatusCode != 0)
        {
            throw new AwsException(e.ErrorCode ?? e.GetType().Name, $"{_endpoint} refused to invoke {request.FunctionName}: {e.Message}", (int)e.StatusCode);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AwsException("ServiceException", $"No Lambda endpoint answers at {_endpoint}: {e.Message} Start it, or start the simulator without --lambda-endpoint.", 500);
        }
    }
}
