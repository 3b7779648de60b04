namespace LocalAws.Sns;

/// <summary>How SNS retries Lambda and SQS: at once, then slower and slower, for 23 days.</summary>
/// <remarks>Source: SNS developer guide, "Message delivery retries", AWS managed endpoints. AWS adds jitter; this cloud does not.</remarks>
internal static class DeliveryPolicy
{
    private const int Immediate = 3;
    private const int PreBackoff = 2;
    private const int Backoff = 10;
    private const int PostBackoff = 100_000;
    private const double ShortestSeconds = 1;
    private const double LongestSeconds = 20;

    /// <summary>The retries after the first attempt.</summary>
    public const int MaxRetries = Immediate + PreBackoff + Backoff + PostBackoff;

    /// <summary>How long to wait before a retry.</summary>
    /// <param name="retry">1 for the first retry.</param>
    public static TimeSpan DelayBefore(int retry) => retry switch
    {
        <= Immediate => TimeSpan.Zero,
        <= Immediate + PreBackoff => TimeSpan.FromSeconds(ShortestSeconds),
        <= Immediate + PreBackoff + Backoff => TimeSpan.FromSeconds(
            ShortestSeconds * Math.Pow(LongestSeconds / ShortestSeconds, (retry - Immediate - PreBackoff - 1) / (Backoff - 1.0))),
        _ => TimeSpan.FromSeconds(LongestSeconds),
    };
}
