using System.Text.Json;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>
/// Turns a DynamoDB time-window event into aggregated events: groups messages by conversation, drops repeated ones, brings them into the
/// customer's order, and joins consecutive texts with line breaks.
/// </summary>
internal static class Aggregator
{
    /// <summary>240 KB: the event becomes an attribute of an outbox item, which DynamoDB limits to 400 KB.</summary>
    public const int DefaultMaxEventBytes = 240 * 1024;

    /// <summary>Aggregates an event.</summary>
    /// <param name="lambdaEvent">UTF-8 JSON, unchanged until the result is disposed.</param>
    /// <param name="maxEventBytes">
    /// Greatest size of an aggregated event. One with a single message that is no text may be larger, for such a message cannot be cut.
    /// </param>
    /// <exception cref="JsonException">It is not a time-window event; the message names the field or byte.</exception>
    public static AggregatedBatch Aggregate(ReadOnlyMemory<byte> lambdaEvent, int maxEventBytes = DefaultMaxEventBytes)
    {
        TimeWindowEvent streamEvent = EventReader.Read(lambdaEvent);
        try
        {
            return new AggregatedBatch(streamEvent, maxEventBytes);
        }
        catch
        {
            streamEvent.Dispose();
            throw;
        }
    }
}
