using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>Stands for an execution environment behind another Lambda endpoint, which keeps its own.</summary>
internal sealed class RemoteSandbox(FunctionDefinition definition, FunctionCode.Remote code, string logStream, TimeProvider time) : ISandbox
{
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string LogStream => logStream;

    public Task Ended => _killed.Task;

    public bool IsAlive => !_killed.Task.IsCompleted;

    public int MaxMemoryUsed => 0;

    public Task<SandboxReply?> InitializeAsync(string requestId, TimeSpan limit) => Task.FromResult<SandboxReply?>(null);

    public async Task<SandboxReply> InvokeAsync(SandboxInvocation invocation)
    {
        using var timeout = new CancellationTokenSource(definition.TimeLimit, time);
        try
        {
            InvocationResult result = await code.Invoker.InvokeAsync(definition.Name, invocation.Payload, timeout.Token);
            return new SandboxReply(result.FunctionError, result.Payload);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return PlatformErrors.TimedOut(invocation.RequestId, definition.TimeLimit);
        }
        catch (AwsException e)
        {
            return PlatformErrors.Error(e.Code, e.Message);
        }
    }

    /// <summary>What runs elsewhere cannot be stopped from here: it runs on, but nobody hears of it.</summary>
    public Task KillAsync()
    {
        _killed.TrySetResult();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
