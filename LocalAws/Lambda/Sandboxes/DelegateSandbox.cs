using LocalAws.Lambda.Functions;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>A sandbox around a delegate of this process.</summary>
internal sealed class DelegateSandbox(FunctionDefinition definition, FunctionCode.InProcess code, string logStream, TimeProvider time) : ISandbox
{
    public string LogStream => logStream;

    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ended => _killed.Task;

    public bool IsAlive => !_killed.Task.IsCompleted;

    public int MaxMemoryUsed => (int)(Environment.WorkingSet >> 20);

    public Task<SandboxReply?> InitializeAsync(string requestId, TimeSpan limit) => Task.FromResult<SandboxReply?>(null);

    public async Task<SandboxReply> InvokeAsync(SandboxInvocation invocation)
    {
        using var timeout = new CancellationTokenSource(definition.Timeout, time);
        try
        {
            ReadOnlyMemory<byte> result = await code.Handler(invocation.Payload, timeout.Token).WaitAsync(timeout.Token);
            return result.Length > PlatformErrors.MaxPayloadBytes ? PlatformErrors.ResponseTooLarge() : new SandboxReply(null, result);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return PlatformErrors.TimedOut(invocation.RequestId, definition.Timeout);
        }
#pragma warning disable CA1031 // Whatever a handler throws is its function error: this is the edge that turns it into a value.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return PlatformErrors.Error(e.GetType().Name, e.Message, e.StackTrace?.Split('\n', StringSplitOptions.TrimEntries) ?? []);
        }
    }

    /// <summary>A delegate cannot be stopped: its invocation runs on, but nobody hears of it.</summary>
    public Task KillAsync()
    {
        _killed.TrySetResult();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
