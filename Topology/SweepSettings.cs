namespace WhatsAppBuffer.Topology;

/// <summary>The schedule by which the aggregator looks for what waits too long in an outbox.</summary>
public static class SweepSettings
{
    /// <summary>Minutes from one sweep to the next.</summary>
    public const int IntervalMinutes = 5;

    /// <summary>The schedule's name.</summary>
    public const string Rule = "whatsapp_sweep";

    /// <summary>What it is for.</summary>
    public const string Description = "Wakes what waits for longer than it should";

    /// <summary>The schedule in EventBridge's words.</summary>
    public static string Expression => $"rate({IntervalMinutes} minutes)";
}
