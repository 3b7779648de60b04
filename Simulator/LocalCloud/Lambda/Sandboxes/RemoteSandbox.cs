using WhatsAppBuffer.Simulator.Endpoint;
using WhatsAppBuffer.Simulator.Lambda.Functions;

namespace WhatsAppBuffer.Simulator.Lambda.Sandboxes;

/// <summary>Stands for an execution environment behind another Lambda endpoint, which keeps its own.</summary>
internal sealed class RemoteSandbox(FunctionDefinition definition, FunctionCode.Remote code, string logStream, TimeProvider time) : ISandbox
{
    public string LogStream => logStream;

    public Task Ended { get; } = new TaskCompletionSource().Task;

    public bool IsAlive => true;

    public int MaxMemoryUsed => 0;

    public Task<SandboxReply?> InitializeAsync(string requestId, TimeSpan limit) => Task.FromResult<SandboxReply?>(null);

    public async Task<SandboxReply> InvokeAsync(SandboxInvocation invocation)
    {
        using var timeout = new CancellationTokenSource(definition.Timeout, time);
        try
        {
            InvocationResult result = await code.Invoker.InvokeAsync(definition.Name, invocation.Payload, timeout.Token);
            return new SandboxReply(result.FunctionError, result.Payload);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return PlatformErrors.TimedOut(invocation.RequestId, definition.Timeout);
        }
        catch (AwsException e)
        {
            return PlatformErrors.Error(e.Code, e.Message);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
