namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>The pause before a batch is tried again. AWS does not document its own: 1 second, doubled each time, at most a minute, on the cloud's clock.</summary>
internal static class RetryBackOff
{
    private const double MaxSeconds = 60;

    /// <summary>The pause after the n-th failure in a row.</summary>
    public static TimeSpan After(int failures) => TimeSpan.FromSeconds(Math.Min(MaxSeconds, Math.Pow(2, failures - 1)));
}
