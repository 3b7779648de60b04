using LocalAws.Clock;

namespace Simulation.Tests.World;

/// <summary>A clock that stands still until it is told to go on to the next timer: a simulation of hours costs what happens in them.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 18, 0, 3, TimeSpan.Zero);

    private readonly Agenda<Timer> _agenda = new();
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes on to the next timer and fires all that are due then.</summary>
    public void GoOn()
    {
        _now = _agenda.NextDue ?? throw new InvalidOperationException("Nothing waits for time to pass: the simulation stands still.");
        while (_agenda.TakeDue(_now) is { } due)
        {
            due.Entry.Fire();
        }
    }

    private sealed class Timer(SimulatedClock clock, Action callback) : ITimer
    {
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            if (dueTime < TimeSpan.Zero)
            {
                clock._agenda.Remove(this);
            }
            else
            {
                clock._agenda.Set(this, clock._now + dueTime);
            }

            return true;
        }

        public void Fire()
        {
            if (_period > TimeSpan.Zero)
            {
                clock._agenda.Set(this, clock._now + _period);
            }

            callback();
        }

        public void Dispose() => clock._agenda.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
