namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>A stretch of a <see cref="StreamEvent"/>'s bytes; see <see cref="StreamEvent.Bytes"/>.</summary>
internal readonly record struct Utf8Slice(int Offset, int Length);
