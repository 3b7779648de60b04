namespace LocalAws.Clock;

/// <summary>
/// Where a clock stands and how it moves: stopped, or so many seconds per real second since it was last set. Every change takes up the
/// clock where it is, so that it never runs backwards.
/// </summary>
/// <param name="Position">What the clock showed when it was last set, since its start.</param>
/// <param name="SetAt">When that was, in real time.</param>
/// <param name="Speed">Seconds of the clock per real second while it is not frozen.</param>
/// <param name="IsFrozen">Whether it stands still.</param>
/// <param name="Limit">What it does not run past, since its start; null when it runs freely. It can be put forward past it.</param>
internal readonly record struct ClockHands(TimeSpan Position, TimeSpan SetAt, double Speed, bool IsFrozen, TimeSpan? Limit = null)
{
    /// <summary>What the clock shows.</summary>
    public TimeSpan At(TimeSpan real) => IsFrozen ? Position : Later(Position, Earlier(Limit ?? TimeSpan.MaxValue, Position + TimeSpan.FromTicks((long)((real - SetAt).Ticks * Speed))));

    /// <summary>How long it takes in real time until the clock shows <paramref name="position"/>; null when it never will.</summary>
    public TimeSpan? Until(TimeSpan position, TimeSpan real) =>
        IsFrozen ? null
        : position <= At(real) ? TimeSpan.Zero
        : position > Limit ? null
        : TimeSpan.FromTicks((long)Math.Ceiling((position - At(real)).Ticks / Speed));

    public ClockHands Freeze(TimeSpan real) => TakenUp(real) with { IsFrozen = true };

    public ClockHands GoOn(TimeSpan real) => TakenUp(real) with { IsFrozen = false };

    public ClockHands RunUpTo(TimeSpan? limit, TimeSpan real) => TakenUp(real) with { Limit = limit };

    public ClockHands Accelerate(double speed, TimeSpan real) => TakenUp(real) with { Speed = speed };

    /// <summary>Puts the clock forward; to a position that is past, not at all.</summary>
    public ClockHands PutForward(TimeSpan position, TimeSpan real) => TakenUp(real) with { Position = Later(position, At(real)) };

    private ClockHands TakenUp(TimeSpan real) => this with { Position = At(real), SetAt = real };

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => TimeSpan.FromTicks(Math.Min(one.Ticks, other.Ticks));

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => TimeSpan.FromTicks(Math.Max(one.Ticks, other.Ticks));
}
