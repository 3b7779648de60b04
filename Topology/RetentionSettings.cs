namespace WhatsAppBuffer.Topology;

/// <summary>How long customers' messages are kept, in days: the TTL of <see cref="Tables.RawMessages"/>, and media.</summary>
public static class RetentionSettings
{
    /// <summary>Longer than a dead letter lives in its queue (14 days), so that a dead letter's messages can still be looked up.</summary>
    public const int DefaultDays = 30;

    /// <summary>The shortest that can be set.</summary>
    public const int MinimumDays = 1;

    /// <summary>The longest that can be set.</summary>
    public const int MaximumDays = 365;
}
