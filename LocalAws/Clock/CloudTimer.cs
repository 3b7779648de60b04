namespace LocalAws.Clock;

/// <summary>A timer of a <see cref="CloudClock"/>; as the framework's, it runs its callback in the context it was made in.</summary>
internal sealed class CloudTimer(CloudClock clock, TimerCallback callback, object? state) : ITimer
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    /// <summary>How long after each firing it fires again; null for once. Only the clock's, under its lock.</summary>
    internal TimeSpan? Period { get; set; }

    /// <summary>Whether it is done with. Only the clock's, under its lock, so that no change that comes at the same time puts it down again.</summary>
    internal bool IsDisposed { get; set; }

    /// <exception cref="ArgumentOutOfRangeException">A time below zero that is not <see cref="Timeout.InfiniteTimeSpan"/>, as with the framework's timers.</exception>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        TimeSpan? due = Checked(dueTime, nameof(dueTime));
        TimeSpan? again = Checked(period, nameof(period));
        return clock.TrySet(this, due, again > TimeSpan.Zero ? again : null);
    }

    public void Fire()
    {
        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, static timer => ((CloudTimer)timer!).Run(), this);
        }
    }

    public void Dispose() => clock.TakeOff(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>As the framework's timers, which count whole milliseconds: less than one below zero is now, less than two is never.</summary>
    private static TimeSpan? Checked(TimeSpan time, string name) => (long)time.TotalMilliseconds switch
    {
        < -1 => throw new ArgumentOutOfRangeException(name, time, "A timer's time is zero or more, or Timeout.InfiniteTimeSpan."),
        -1 => null,
        _ => time,
    };

    private void Run() => callback(state);
}
