using System.Text.Json;
using WhatsAppBuffer.Contracts.Joining;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>
/// Turns a DynamoDB time-window event into aggregated events: groups messages by conversation, drops repeated ones, brings them into the
/// customer's order, and joins consecutive texts.
/// </summary>
internal static class Aggregator
{
    /// <summary>Aggregates an event.</summary>
    /// <param name="lambdaEvent">UTF-8 JSON, unchanged until the result is disposed.</param>
    /// <param name="maxEventBytes"><see cref="AggregationRule.MaxEventBytes"/>.</param>
    /// <param name="joining">The contact centre's settings; null = as where nothing is said.</param>
    /// <param name="joins"><see cref="AggregationRule.Joins"/>.</param>
    /// <exception cref="JsonException">It is not a time-window event; the message names the field or byte.</exception>
    public static AggregatedBatch Aggregate(ReadOnlyMemory<byte> lambdaEvent, int maxEventBytes = AggregationRule.DefaultMaxEventBytes, JoiningSettings? joining = null, bool joins = true)
    {
        TimeWindowEvent streamEvent = EventReader.Read(lambdaEvent);
        try
        {
            return new AggregatedBatch(streamEvent, new AggregationRule(joining ?? JoiningSettings.Default, maxEventBytes) { Joins = joins, EndsWithWindow = joins });
        }
        catch
        {
            streamEvent.Dispose();
            throw;
        }
    }
}
