namespace LocalAws.Lambda.Sandboxes;

/// <summary>A function's warm sandboxes and its concurrency: the one used last is used first, so that the others can grow idle.</summary>
/// <param name="limit">How many may work at once.</param>
/// <param name="time">Real time, for idleness.</param>
internal sealed class SandboxPool(int limit, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<(ISandbox Sandbox, long Since)> _idle = [];
    private int _busy;

    /// <summary>How many may work at once.</summary>
    public int Limit => limit;

    public int Busy => Volatile.Read(ref _busy);

    /// <summary>Takes one unit of concurrency; false when none is left.</summary>
    /// <param name="warm">A waiting sandbox, or null when the caller has to start one.</param>
    public bool TryRent(out ISandbox? warm)
    {
        warm = null;
        lock (_lock)
        {
            if (_busy >= limit)
            {
                return false;
            }

            _busy++;
            // The dead stay where they are: TakeIdle collects them.
            int last = _idle.FindLastIndex(i => i.Sandbox.IsAlive);
            if (last >= 0)
            {
                warm = _idle[last].Sandbox;
                _idle.RemoveAt(last);
            }

            return true;
        }
    }

    /// <summary>Adds a sandbox that was started ahead of any work.</summary>
    public void Add(ISandbox sandbox)
    {
        lock (_lock)
        {
            _idle.Add((sandbox, time.GetTimestamp()));
        }
    }

    /// <summary>Gives back the unit of concurrency, and the sandbox for reuse.</summary>
    public void Return(ISandbox sandbox)
    {
        lock (_lock)
        {
            _busy--;
            _idle.Add((sandbox, time.GetTimestamp()));
        }
    }

    /// <summary>Gives back the unit of concurrency; its sandbox is gone.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _busy--;
        }
    }

    /// <summary>Takes out the sandboxes that are dead or have waited at least this long.</summary>
    public IReadOnlyList<ISandbox> TakeIdle(TimeSpan atLeast)
    {
        lock (_lock)
        {
            List<(ISandbox Sandbox, long Since)> taken = _idle.FindAll(i => !i.Sandbox.IsAlive || time.GetElapsedTime(i.Since) >= atLeast);
            _idle.RemoveAll(taken.Contains);
            return [.. taken.Select(i => i.Sandbox)];
        }
    }
}
