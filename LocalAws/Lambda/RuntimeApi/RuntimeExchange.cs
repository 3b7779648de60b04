using System.Threading.Channels;
using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Lambda.RuntimeApi;

/// <summary>
/// Where a sandbox and its runtime meet: the sandbox hands an invocation over, the runtime takes it with <c>next</c>, replies, and ends it
/// by asking for the next one. Nothing here waits by the clock.
/// </summary>
internal sealed class RuntimeExchange : IRuntimeExchange
{
    private readonly Lock _lock = new();
    private readonly Channel<SandboxInvocation> _handedOver = Channel.CreateUnbounded<SandboxInvocation>(new UnboundedChannelOptions { SingleWriter = true });
    private readonly TaskCompletionSource<SandboxReply?> _initialized = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<SandboxReply>? _ended;
    private string? _requestId;
    private SandboxReply? _reply;

    /// <summary>Done when the runtime first asks for work (null) or its init phase fails (the error).</summary>
    public Task<SandboxReply?> Initialized => _initialized.Task;

    /// <summary>The invocation under way, or null.</summary>
    public string? RequestId
    {
        get
        {
            lock (_lock)
            {
                return _requestId;
            }
        }
    }

    /// <summary>Hands an invocation over; the task ends when the runtime has replied and asks for the next one, or is gone.</summary>
    public Task<SandboxReply> HandOver(SandboxInvocation invocation)
    {
        var ended = new TaskCompletionSource<SandboxReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _ended = ended;
            _requestId = invocation.RequestId;
            _reply = null;
        }

        _handedOver.Writer.TryWrite(invocation);
        return ended.Task;
    }

    /// <inheritdoc/>
    public ValueTask<SandboxInvocation> NextAsync(CancellationToken cancellationToken)
    {
        _initialized.TrySetResult(null);
        if (TakeReply(null) is var (ended, reply))
        {
            ended.TrySetResult(reply);
        }

        return _handedOver.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>Takes back what was handed over and no runtime has taken; false when there is nothing.</summary>
    public bool TakeBack() => _handedOver.Reader.TryRead(out _);

    /// <inheritdoc/>
    public bool TryReply(string requestId, SandboxReply reply)
    {
        lock (_lock)
        {
            if (_requestId != requestId || _reply is not null)
            {
                return false;
            }

            _reply = reply;
            return true;
        }
    }

    /// <inheritdoc/>
    public void FailInit(SandboxReply error) => _initialized.TrySetResult(error);

    /// <summary>The runtime is gone. A reply it still gave counts; otherwise this is the reply.</summary>
    public void Close(SandboxReply error)
    {
        _initialized.TrySetResult(error);
        if (TakeReply(error) is var (ended, reply))
        {
            ended.TrySetResult(reply);
        }
    }

    private (TaskCompletionSource<SandboxReply> Ended, SandboxReply Reply)? TakeReply(SandboxReply? otherwise)
    {
        lock (_lock)
        {
            if (_ended is not { } ended || (_reply ?? otherwise) is not { } reply)
            {
                return null;
            }

            (_ended, _requestId, _reply) = (null, null, null);
            return (ended, reply);
        }
    }
}
