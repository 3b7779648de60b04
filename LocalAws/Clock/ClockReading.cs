namespace LocalAws.Clock;

/// <summary>A clock at a glance.</summary>
/// <param name="Now">What it shows.</param>
/// <param name="Speed">Seconds of it per real second while it is not frozen.</param>
/// <param name="IsFrozen">Whether it stands still.</param>
/// <param name="NextTimer">When its next timer is due; null when none waits.</param>
/// <param name="Timers">How many timers wait.</param>
public sealed record ClockReading(DateTimeOffset Now, double Speed, bool IsFrozen, DateTimeOffset? NextTimer, int Timers);
