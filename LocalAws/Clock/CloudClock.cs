namespace LocalAws.Clock;

/// <summary>
/// The one clock of a local cloud: it starts at the real time and runs so many times as fast, so that a 20-second window lasts one second at
/// speed 20. While it runs it can be frozen, stepped and made faster or slower; it never runs backwards. Its timers fire in the order in which
/// they are due, each told the time no earlier than it asked for.
/// </summary>
public sealed class CloudClock : TimeProvider, IDisposable
{
    /// <summary>The slowest speed.</summary>
    public const double MinimumSpeed = 0.001;

    /// <summary>The highest speed.</summary>
    public const double MaximumSpeed = 10_000;

    /// <summary>The longest step: every timer on the way is fired, and the polls of a day are hundreds of thousands.</summary>
    public static readonly TimeSpan LongestStep = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestAlarm = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Lock _stepping = new();
    private readonly Agenda<CloudTimer> _timers = new();
    private readonly TimeProvider _real;
    private readonly DateTimeOffset _origin;
    private readonly long _started;
    private readonly ITimer _alarm;
    private ClockHands _hands;

    /// <summary>Starts a clock.</summary>
    /// <param name="speed">Seconds of it per real second, <see cref="MinimumSpeed"/> to <see cref="MaximumSpeed"/>.</param>
    /// <param name="real">The clock underneath.</param>
    /// <exception cref="ArgumentOutOfRangeException">A speed that cannot be.</exception>
    public CloudClock(double speed, TimeProvider real)
    {
        ArgumentNullException.ThrowIfNull(real);
        (_real, _origin, _started) = (real, real.GetUtcNow(), real.GetTimestamp());
        _hands = new ClockHands(TimeSpan.Zero, TimeSpan.Zero, Checked(speed), IsFrozen: false);
        _alarm = real.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Real => _real.GetElapsedTime(_started);

    /// <summary>What it shows, how it moves, what it waits for.</summary>
    public ClockReading Read()
    {
        lock (_lock)
        {
            return new ClockReading(_origin + _hands.At(Real), _hands.Speed, _hands.IsFrozen, _origin + _timers.NextDue, _timers.Count);
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _origin + TimeSpan.FromTicks(GetTimestamp());

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _hands.At(Real).Ticks;
        }
    }

    /// <summary>Stops it: from now on no timer fires.</summary>
    public void Freeze() => Change(hands => hands.Freeze(Real));

    /// <summary>Lets it run on from where it stands.</summary>
    public void GoOn() => Change(hands => hands.GoOn(Real));

    /// <summary>
    /// Lets it run no further than so far ahead of where it stands, until it is told anew: who renews this often enough lets it run as ever, and
    /// who stops, or comes late on a busy machine, lets it wait. Steps are not bound by it.
    /// </summary>
    /// <param name="span">How far: zero holds it still; null lets it run freely, as at first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A span below zero.</exception>
    public void RunFor(TimeSpan? span)
    {
        if (span < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(span), span, "A clock does not run backwards.");
        }

        Change(hands => hands.RunUpTo(hands.At(Real) + span, Real));
    }

    /// <summary>Makes it faster or slower, now or, while it is frozen, from when it goes on.</summary>
    /// <param name="speed">Seconds of it per real second, <see cref="MinimumSpeed"/> to <see cref="MaximumSpeed"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A speed that cannot be.</exception>
    public void Accelerate(double speed) => Change(hands => hands.Accelerate(Checked(speed), Real));

    /// <summary>
    /// Puts it forward, frozen or not. On the way every timer that is due fires at its time, and so do those that others set meanwhile.
    /// </summary>
    /// <param name="span">How far: above zero, at most <see cref="LongestStep"/>.</param>
    /// <returns>How many timers fired.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A step that cannot be.</exception>
    public int Step(TimeSpan span)
    {
        if (span <= TimeSpan.Zero || span > LongestStep)
        {
            throw new ArgumentOutOfRangeException(nameof(span), span, $"A step lasts more than 0 and at most {LongestStep.TotalSeconds:0} seconds.");
        }

        lock (_stepping)
        {
            return StepTo(TimeSpan.FromTicks(GetTimestamp()) + span);
        }
    }

    /// <summary>Puts it forward to its next timer, which fires, with all that are due at the same time.</summary>
    /// <returns>How many timers fired: 0 when none waited.</returns>
    public int StepToNextTimer()
    {
        lock (_stepping)
        {
            TimeSpan? due;
            lock (_lock)
            {
                due = _timers.NextDue;
            }

            return due is { } target ? StepTo(target) : 0;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CloudTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Stops for good: no timer fires any more.</summary>
    public void Dispose() => _alarm.Dispose();

    /// <summary>Sets a timer anew; false when it was taken off meanwhile.</summary>
    internal bool TrySet(CloudTimer timer, TimeSpan? dueTime, TimeSpan? period)
    {
        lock (_lock)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.Period = period;
            if (dueTime is { } wait)
            {
                _timers.Set(timer, _hands.At(Real) + wait);
            }
            else
            {
                _timers.Remove(timer);
            }

            SetAlarm_NeedsLock();
            return true;
        }
    }

    /// <summary>Takes a timer off for good.</summary>
    internal void TakeOff(CloudTimer timer)
    {
        lock (_lock)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private static double Checked(double speed) => speed is >= MinimumSpeed and <= MaximumSpeed
        ? speed
        : throw new ArgumentOutOfRangeException(nameof(speed), speed, $"The clock's speed must be {MinimumSpeed} to {MaximumSpeed} seconds per real second.");

    private void Change(Func<ClockHands, ClockHands> change)
    {
        lock (_lock)
        {
            _hands = change(_hands);
            SetAlarm_NeedsLock();
        }
    }

    private int StepTo(TimeSpan target)
    {
        int fired = 0;
        while (TakeOnTheWayTo(target) is { } timer)
        {
            fired++;
            timer.Fire();
        }

        return fired;
    }

    private CloudTimer? TakeOnTheWayTo(TimeSpan target)
    {
        lock (_lock)
        {
            CloudTimer? timer = Take_NeedsLock(target, out TimeSpan due);
            _hands = _hands.PutForward(timer is null ? target : due, Real);
            SetAlarm_NeedsLock();
            return timer;
        }
    }

    /// <summary>
    /// The alarm rings anew before each timer is run, so that one whose callback takes long does not hold up those due after it.
    /// </summary>
    private void FireDue()
    {
        while (TakeDue() is { } timer)
        {
            timer.Fire();
        }
    }

    private CloudTimer? TakeDue()
    {
        lock (_lock)
        {
            CloudTimer? timer = _hands.IsFrozen ? null : Take_NeedsLock(_hands.At(Real), out _);
            SetAlarm_NeedsLock();
            return timer;
        }
    }

    private CloudTimer? Take_NeedsLock(TimeSpan by, out TimeSpan due)
    {
        (CloudTimer? timer, due) = _timers.TakeDue(by) ?? default;
        if (timer?.Period is { } period)
        {
            _timers.Set(timer, due + period);
        }

        return timer;
    }

    private void SetAlarm_NeedsLock()
    {
        TimeSpan wait = _timers.NextDue is { } due && _hands.Until(due, Real) is { } left
            ? TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(left.TotalMilliseconds, LongestAlarm.TotalMilliseconds)))
            : Timeout.InfiniteTimeSpan;
        _alarm.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
