namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>A stretch of a <see cref="TimeWindowEvent"/>'s bytes; see <see cref="TimeWindowEvent.Bytes"/>.</summary>
internal readonly record struct Utf8Slice(int Offset, int Length);
