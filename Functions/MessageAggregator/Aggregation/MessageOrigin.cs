namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>Where a buffered message comes from, for telemetry.</summary>
/// <param name="TraceParent">W3C trace context of whoever stored it; null when it carries none.</param>
/// <param name="ReceivedAt">When this system got it; null when its item does not say.</param>
internal readonly record struct MessageOrigin(string? TraceParent, DateTimeOffset? ReceivedAt);
