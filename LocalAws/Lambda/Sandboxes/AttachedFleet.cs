using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>
/// The slots of an attached function. An invocation waits in line until a slot has asked for work; it is never throttled, unless the function is
/// switched off.
/// </summary>
internal sealed class AttachedFleet(FunctionDefinition definition, FunctionLog log, LambdaOptions options) : IFleet
{
    /// <summary>AWS's default concurrency of an account, and what bounds the slots that a mistaken address may make.</summary>
    public const int MaxSlots = 1000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, AttachedSandbox> _slots = [];
    private readonly Queue<TaskCompletionSource<AttachedSandbox>> _line = [];
    private readonly TaskCompletionSource _everAttached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _busy;
    private int _starts;
    private bool _disposed;

    public event Action<FunctionStatus>? StatusChanged;

    public int Concurrency => definition.ReservedConcurrency ?? MaxSlots;

    public Backlog Backlog { get; } = new(options.RealTime);

    public FunctionStatus Status
    {
        get
        {
            lock (_lock)
            {
                int attached = _slots.Values.Count(slot => slot.IsAttached);
                string? error = _slots.Values.Select(slot => slot.InitError).FirstOrDefault(e => e is not null);
                return new FunctionStatus(
                    definition.Name, attached > 0 ? FunctionState.Ready : FunctionState.Unattached, attached, _busy, _starts, _slots.Values.Sum(slot => slot.Restarts), error);
            }
        }
    }

    /// <summary>A slot, which exists from now on.</summary>
    /// <param name="number">From 0.</param>
    public AttachedSandbox Slot(int number)
    {
        lock (_lock)
        {
            ThrowIfDisposed();
            if (!_slots.TryGetValue(number, out AttachedSandbox? slot))
            {
                slot = new AttachedSandbox(number, definition, log, options.RealTime);
                slot.Changed += OnChanged;
                _slots[number] = slot;
                _starts++;
            }

            return slot;
        }
    }

    public async Task<RentedSandbox?> RentAsync(string requestId, CancellationToken cancellationToken)
    {
        if (Concurrency == 0)
        {
            return null;
        }

        var turn = new TaskCompletionSource<AttachedSandbox>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            ThrowIfDisposed();
            _line.Enqueue(turn);
        }

        await using CancellationTokenRegistration leave = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        Serve();
        return new RentedSandbox(await turn.Task, null, null);
    }

    public Task ReturnAsync(RentedSandbox rented, SandboxReply? last)
    {
        lock (_lock)
        {
            ((AttachedSandbox)rented.Sandbox).Release();
            _busy--;
        }

        OnChanged();
        return Task.CompletedTask;
    }

    /// <summary>Ends when a runtime has asked for work for the first time: how many there are is up to whoever starts them.</summary>
    /// <inheritdoc/>
    public Task WarmUpAsync(int sandboxes) => _everAttached.Task;

    public Task ReapAsync(TimeSpan idleFor) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        List<AttachedSandbox> slots;
        lock (_lock)
        {
            _disposed = true;
            slots = [.. _slots.Values];
            while (_line.TryDequeue(out var turn))
            {
                turn.TrySetException(Gone());
            }
        }

        foreach (AttachedSandbox slot in slots)
        {
            await slot.DisposeAsync();
        }

        _everAttached.TrySetResult();
    }

    /// <summary>Closes the connections of the runtimes that wait for work.</summary>
    public void SendAway()
    {
        lock (_lock)
        {
            foreach (AttachedSandbox slot in _slots.Values)
            {
                slot.SendAway();
            }
        }
    }

    private void OnChanged()
    {
        Serve();
        FunctionStatus status = Status;
        if (status.State == FunctionState.Ready)
        {
            _everAttached.TrySetResult();
        }

        StatusChanged?.Invoke(status);
    }

    private void Serve()
    {
        lock (_lock)
        {
            while (_busy < Concurrency && _line.TryPeek(out var turn))
            {
                AttachedSandbox? free = turn.Task.IsCompleted ? null : _slots.Values.FirstOrDefault(slot => slot.TryClaim());
                if (free is null && !turn.Task.IsCompleted)
                {
                    return;
                }

                _line.Dequeue();
                if (free is not null && turn.TrySetResult(free))
                {
                    _busy++;
                }
                else
                {
                    free?.Release();
                }
            }
        }
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw Gone();
        }
    }

    private AwsException Gone() => new("ServiceException", $"The function {definition.Name} was deleted, or its cloud stopped, before a process attached.", 500);
}
