namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>One tumbling window: its start belongs to it, its end to the next one.</summary>
/// <param name="Start">A multiple of the window's length since the Unix epoch.</param>
/// <param name="End">The start of the next window.</param>
public sealed record TimeWindow(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>How long after its end a window is closed at the latest, when no later record has closed it; see <see cref="WindowCloseRule"/>.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(120);

    /// <summary>The window that a record belongs to (seen on AWS: boundaries are aligned to the clock).</summary>
    /// <param name="createdAt">The record's ApproximateCreationDateTime.</param>
    /// <param name="seconds">The windows' length.</param>
    public static TimeWindow Of(DateTimeOffset createdAt, int seconds)
    {
        DateTimeOffset start = DateTimeOffset.FromUnixTimeSeconds(createdAt.ToUnixTimeSeconds() / seconds * seconds);
        return new TimeWindow(start, start.AddSeconds(seconds));
    }
}
