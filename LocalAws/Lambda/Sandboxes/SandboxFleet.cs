using System.Collections.Concurrent;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>All sandboxes of one function: starts them, lends them out, replaces the dead, stops the idle, tells how they are.</summary>
internal sealed class SandboxFleet(FunctionDefinition definition, Func<ISandbox> create, LambdaOptions options) : IFleet
{
    private static readonly SandboxReply EndedByItself = PlatformErrors.Error("Runtime.ExitError", "The process ended while it had no invocation.");

    private readonly SandboxPool _pool = new(definition.ReservedConcurrency ?? options.DefaultConcurrency, options.RealTime);
    private readonly ConcurrentDictionary<ISandbox, bool> _all = new();
    private readonly Lock _lock = new();
    private FunctionState _state = FunctionState.Cold;
    private int _starts;
    private int _restarts;
    private string? _lastError;
    private volatile bool _disposed;

    /// <inheritdoc/>
    public event Action<FunctionStatus>? StatusChanged;

    public int Concurrency => _pool.Limit;

    /// <inheritdoc/>
    public Backlog Backlog { get; } = new(options.RealTime);

    public FunctionStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new FunctionStatus(definition.Name, _state, _all.Count, _pool.Busy, _starts, _restarts, _lastError);
            }
        }
    }

    /// <summary>A warm sandbox if there is one, else a new one.</summary>
    /// <inheritdoc/>
    public async Task<RentedSandbox?> RentAsync(string requestId, CancellationToken cancellationToken)
    {
        if (!_pool.TryRent(out ISandbox? warm))
        {
            return null;
        }

        if (warm is not null)
        {
            return new RentedSandbox(warm, null, null);
        }

        long began = options.RealTime.GetTimestamp();
        try
        {
            (ISandbox sandbox, SandboxReply? error) = await StartForAsync(requestId);
            return new RentedSandbox(sandbox, error, options.RealTime.GetElapsedTime(began));
        }
        catch
        {
            _pool.Release();
            throw;
        }
    }

    /// <summary>
    /// Starts a sandbox for an invocation as AWS does: an init phase that fails is repeated once, under the function's timeout, as part of
    /// the invocation.
    /// </summary>
    private async Task<(ISandbox Sandbox, SandboxReply? Error)> StartForAsync(string requestId)
    {
        (ISandbox sandbox, SandboxReply? error) = await StartAsync(requestId, options.InitLimit);
        if (error is null || _disposed)
        {
            return (sandbox, error);
        }

        await DiscardAsync(sandbox, error);
        return await StartAsync(requestId, definition.Timeout);
    }

    /// <summary>Starts a sandbox: one init phase.</summary>
    private async Task<(ISandbox Sandbox, SandboxReply? Error)> StartAsync(string requestId, TimeSpan limit)
    {
        ISandbox sandbox = create();
        _all[sandbox] = true;
        Change(() =>
        {
            _starts++;
            _state = _state == FunctionState.Ready ? _state : FunctionState.Starting;
        });
        SandboxReply? error;
        using (Backlog.Start(sandbox.LogStream))
        {
            error = await sandbox.InitializeAsync(requestId, limit);
        }

        if (error is null)
        {
            Change(() => (_state, _lastError) = (FunctionState.Ready, null));
            _ = ReapWhenEndedAsync(sandbox);
        }

        return (sandbox, error);
    }

    /// <summary>
    /// Starts what is missing of so many sandboxes, as many at once as there are processors, so that none of them exceeds its limit for want of
    /// one.
    /// </summary>
    /// <inheritdoc/>
    public Task WarmUpAsync(int sandboxes)
    {
        int missing = Math.Min(sandboxes, Concurrency) - _all.Count;
        return Parallel.ForEachAsync(Enumerable.Range(0, Math.Max(0, missing)), async (_, _) =>
        {
            (ISandbox sandbox, SandboxReply? error) = await StartAsync(Guid.NewGuid().ToString(), options.InitLimit);
            if (error is null && !_disposed)
            {
                _pool.Add(sandbox);
            }
            else
            {
                await DiscardAsync(sandbox, _disposed ? null : error);
            }
        });
    }

    /// <summary>Keeps the sandbox for reuse if it lives and started well.</summary>
    /// <inheritdoc/>
    public async Task ReturnAsync(RentedSandbox rented, SandboxReply? last)
    {
        if (rented is { Sandbox.IsAlive: true, InitError: null } && !_disposed)
        {
            _pool.Return(rented.Sandbox);
            return;
        }

        SandboxReply? failure = rented.InitError ?? last;
        await DiscardAsync(rented.Sandbox, _disposed ? null : failure?.ErrorType is null ? EndedByItself : failure);
        _pool.Release();
    }

    /// <inheritdoc/>
    public async Task ReapAsync(TimeSpan idleFor)
    {
        foreach (ISandbox sandbox in _disposed ? [] : _pool.TakeIdle(idleFor))
        {
            await DiscardAsync(sandbox, sandbox.IsAlive ? null : EndedByItself);
        }
    }

    /// <summary>Stops all sandboxes; running invocations end as if their processes had crashed.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await Task.WhenAll(_all.Keys.Select(s => s.DisposeAsync().AsTask()));
        _all.Clear();
    }

    /// <summary>A process that dies while it waits for work is noticed at once; one that dies at work is its invocation's affair.</summary>
    private async Task ReapWhenEndedAsync(ISandbox sandbox)
    {
        await sandbox.Ended;
        await ReapAsync(TimeSpan.MaxValue);
    }

    private async Task DiscardAsync(ISandbox sandbox, SandboxReply? failure)
    {
        await sandbox.DisposeAsync();
        _all.TryRemove(sandbox, out _);
        Change(() =>
        {
            if (failure is not null)
            {
                _restarts++;
                _lastError = PlatformErrors.Describe(failure);
            }

            _state = failure is not null ? FunctionState.Failed : _all.IsEmpty ? FunctionState.Cold : _state;
        });
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }

        StatusChanged?.Invoke(Status);
    }
}
