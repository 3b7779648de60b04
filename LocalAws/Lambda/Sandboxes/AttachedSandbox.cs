using LocalAws.Lambda.Functions;
using LocalAws.Lambda.RuntimeApi;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>
/// One slot of an attached function. Its runtime comes and goes as its developer likes: it is there while its <c>next</c> is open, and it is known
/// to have ended at work only when <c>next</c> is asked again, because a runtime at a breakpoint is as silent as a dead one.
/// </summary>
internal sealed class AttachedSandbox(int slot, FunctionDefinition definition, FunctionLog log, TimeProvider time) : ISandbox, IRuntimeExchange
{
    /// <summary>Between its answer and its next question a runtime sends its telemetry; it has not gone for that.</summary>
    private static readonly TimeSpan PauseAfterAnswer = TimeSpan.FromSeconds(10);

    private readonly RuntimeExchange _exchange = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private CancellationTokenSource? _asking;
    private bool _claimed;
    private long? _answeredAt;
    private (string RequestId, string Why)? _lastCut;

    /// <summary>Raised when a runtime asked for work or went; on the thread that saw it.</summary>
    public event Action? Changed;

    public string LogStream { get; } = LogStreamOf(definition, slot);

    public Task Ended => _ended.Task;

    public bool IsAlive => IsAttached;

    /// <summary>Whether a runtime waits for work here, has some, or had some a moment ago.</summary>
    public bool IsAttached
    {
        get
        {
            lock (_lock)
            {
                return _asking is not null || _claimed || (_answeredAt is { } at && time.GetElapsedTime(at) < PauseAfterAnswer);
            }
        }
    }

    /// <summary>What a runtime said at start, or null since one has asked for work.</summary>
    public string? InitError { get; private set; }

    /// <summary>Calls that ended because their runtime asked for work again.</summary>
    public int Restarts { get; private set; }

    public int MaxMemoryUsed => 0;

    /// <summary>A slot's log stream, which its runtime knows before it attaches; nothing in it means anything to a shell.</summary>
    public static string LogStreamOf(FunctionDefinition definition, int slot) => $"{definition.Name}-slot-{slot}";

    public Task<SandboxReply?> InitializeAsync(string requestId, TimeSpan limit) => Task.FromResult<SandboxReply?>(null);

    /// <summary>Takes the slot for an invocation; false when nobody asks for work here, or it is taken.</summary>
    public bool TryClaim()
    {
        lock (_lock)
        {
            return _asking is not null && !_claimed && (_claimed = true);
        }
    }

    /// <summary>The invocation is over, or there is none after all.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _claimed = false;
        }
    }

    public async Task<SandboxReply> InvokeAsync(SandboxInvocation invocation)
    {
        Task<SandboxReply> ended;
        lock (_lock)
        {
            ended = _exchange.HandOver(invocation);
            if (_asking is null)
            {
                TakeBack(invocation.RequestId);
            }
        }

        try
        {
            return await ended.WaitAsync(definition.TimeLimit, time);
        }
        catch (TimeoutException)
        {
            Cut(invocation.RequestId, $"its limit of {definition.TimeLimit.TotalSeconds:0.##} seconds was over", PlatformErrors.TimedOut(invocation.RequestId, definition.TimeLimit));
            return await ended;
        }
    }

    public async ValueTask<SandboxInvocation> NextAsync(CancellationToken cancellationToken)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ValueTask<SandboxInvocation> next;
        lock (_lock)
        {
            string? open = _exchange.RequestId;
            // Whoever asked before gets nothing any more, at once: of two readers the dead one might take the work.
            _asking?.Cancel();
            _asking = asking;
            _answeredAt = null;
            InitError = null;
            next = _exchange.NextAsync(asking.Token);
            if (open is not null && !next.IsCompleted)
            {
                Restarts++;
                Cut(open, $"slot {slot} asked for work again before it answered", PlatformErrors.Exited(open, exitCode: 0));
            }
        }

        try
        {
            Changed?.Invoke();
            return await next;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && !_ended.Task.IsCompleted)
        {
            throw new RuntimeRefusedException(
                $"Another process has attached to slot {slot} of {definition.Name}. Give each process a slot of its own: AWS_LAMBDA_RUNTIME_API=…/{definition.Name}/{slot + 1}");
        }
        finally
        {
            Leave(asking);
            Changed?.Invoke();
        }
    }

    public bool TryReply(string requestId, SandboxReply reply)
    {
        lock (_lock)
        {
            if (_exchange.TryReply(requestId, reply))
            {
                // Nothing tells whether the runtime will ever ask again: its answer is the end.
                _answeredAt = time.GetTimestamp();
                _exchange.Close(reply);
                return true;
            }

            string why = _lastCut is { } cut && cut.RequestId == requestId ? cut.Why : "no such call is open";
            log.Write(
                LogStream,
                $"RequestId: {requestId} Refused the late answer of slot {slot}, because {why}. Whoever invoked the function has heard of an error and invokes it again by its own rules, "
                + "so what it did may be done twice. A runtime that ends over the refusal can be started again.");
            return false;
        }
    }

    public void FailInit(SandboxReply error)
    {
        InitError = PlatformErrors.Describe(error);
        log.Write(LogStream, $"Slot {slot} failed at start. {InitError}");
        Changed?.Invoke();
    }

    /// <summary>What runs elsewhere cannot be stopped from here: its call ends, it runs on, and nobody hears of it.</summary>
    public Task KillAsync()
    {
        lock (_lock)
        {
            if (_exchange.RequestId is { } open)
            {
                Cut(open, "the function was deleted, or its cloud stopped", PlatformErrors.Exited(open, exitCode: 0));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Closes the connection of the runtime that waits for work.</summary>
    public void SendAway()
    {
        lock (_lock)
        {
            _ended.TrySetResult();
            _asking?.Cancel();
        }
    }

    /// <summary>A runtime that waits for work goes on to wait until the server closes its connection: there may soon be another cloud.</summary>
    public async ValueTask DisposeAsync() => await KillAsync();

    private void Leave(CancellationTokenSource asking)
    {
        lock (_lock)
        {
            if (_asking != asking)
            {
                return;
            }

            _asking = null;
            if (_exchange.RequestId is { } open)
            {
                TakeBack(open);
            }
        }
    }

    /// <summary>A runtime that went between the claim and the handing over has not seen the invocation.</summary>
    private void TakeBack(string requestId)
    {
        if (_exchange.TakeBack())
        {
            _exchange.Close(PlatformErrors.Exited(requestId, exitCode: 0));
        }
    }

    private void Cut(string requestId, string why, SandboxReply error)
    {
        _lastCut = (requestId, why);
        log.Write(LogStream, $"RequestId: {requestId} Ended, because {why}.");
        _exchange.Close(error);
    }
}
