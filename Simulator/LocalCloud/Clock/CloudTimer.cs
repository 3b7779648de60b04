namespace WhatsAppBuffer.Simulator.Clock;

/// <summary>A timer of a <see cref="CloudClock"/>; as the framework's, it runs its callback in the context it was made in.</summary>
internal sealed class CloudTimer(CloudClock clock, TimerCallback callback, object? state) : ITimer
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private volatile bool _disposed;

    /// <summary>How long after each firing it fires again; null for once. The clock's, under its lock.</summary>
    public TimeSpan? Period { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        clock.Set(this, dueTime == Timeout.InfiniteTimeSpan ? null : dueTime, period > TimeSpan.Zero ? period : null);
        return true;
    }

    public void Fire()
    {
        if (_disposed)
        {
            return;
        }

        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, static timer => ((CloudTimer)timer!).Run(), this);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        clock.Set(this, null, null);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run() => callback(state);
}
