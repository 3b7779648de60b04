namespace LocalAws.Clock;

/// <summary>Waiting for a moment.</summary>
internal static class Waits
{
    /// <summary>
    /// <c>Task.Delay</c> and <c>WaitAsync</c> drop fractions of a millisecond. Who waits for a moment and then looks at the clock would be early,
    /// wait for nothing at all, and on a frozen clock look for ever. A moment that is past already, as a fast clock may have it, is no wait.
    /// </summary>
    public static TimeSpan InFull(this TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds)));
}
