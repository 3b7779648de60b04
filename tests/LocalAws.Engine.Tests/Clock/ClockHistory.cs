using Microsoft.Extensions.Time.Testing;
using LocalAws.Clock;

namespace LocalAws.Tests.Clock;

/// <summary>A clock to which anything may happen: each two bytes are one event. Notes what it showed and what fired.</summary>
internal sealed class ClockHistory : IDisposable
{
    private readonly FakeTimeProvider _real = new();
    private readonly CloudClock _clock;

    public ClockHistory(byte[] events)
    {
        _clock = new CloudClock(1, _real);
        for (int at = 0; at + 1 < events.Length; at += 2)
        {
            Happen(events[at] % 10, events[at + 1]);
            Shown.Add(Now);
        }
    }

    /// <summary>What it showed after each event.</summary>
    public List<DateTimeOffset> Shown { get; } = [];

    /// <summary>What fired, in order: when it was due, and what the clock showed.</summary>
    public List<(DateTimeOffset Due, DateTimeOffset At)> Fired { get; } = [];

    /// <summary>When each timer is due that was set.</summary>
    public List<DateTimeOffset> Set { get; } = [];

    /// <summary>How many timers fired although the clock was frozen and nobody stepped it.</summary>
    public int FiredWhileFrozen { get; private set; }

    /// <summary>Steps after which a timer still waited that was due.</summary>
    public int StepsThatLeftSomethingDue { get; private set; }

    private DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Lets all that still waits fire.</summary>
    public ClockHistory ToEnd()
    {
        for (int left = Set.Count; left > 0 && _clock.StepToNextTimer() > 0; left--)
        {
        }

        return this;
    }

    public void Dispose() => _clock.Dispose();

    private void Happen(int kind, int amount)
    {
        int before = Fired.Count;
        bool frozen = _clock.Read().IsFrozen;
        switch (kind)
        {
            case 0 or 1:
                _real.Advance(TimeSpan.FromMilliseconds(amount * 7.3));
                FiredWhileFrozen += frozen ? Fired.Count - before : 0;
                break;
            case 2 or 3:
                SetTimer(TimeSpan.FromMilliseconds(amount * 11.7));
                break;
            case 4:
                _clock.Freeze();
                break;
            case 5:
                _clock.GoOn();
                break;
            case 6:
                _clock.RunFor(TimeSpan.FromMilliseconds(amount * 9.1));
                break;
            case 7:
                _clock.RunFor(amount % 2 == 0 ? TimeSpan.Zero : null);
                break;
            case 8:
                _clock.Accelerate((amount + 1) / 10.0);
                break;
            default:
                _clock.Step(TimeSpan.FromMilliseconds((amount * 5.1) + 1));
                StepsThatLeftSomethingDue += _clock.Read().NextTimer <= Now ? 1 : 0;
                break;
        }
    }

    private void SetTimer(TimeSpan after)
    {
        DateTimeOffset due = Now + after;
        Set.Add(due);
        _clock.CreateTimer(_ => Fired.Add((due, Now)), null, after, Timeout.InfiniteTimeSpan);
    }
}
