using System.Globalization;
using System.Text.Json;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>What a schedule of EventBridge invokes a function with.</summary>
/// <remarks>Source: EventBridge user guide, "Creating a rule that runs on a schedule": <c>{"detail-type": "Scheduled Event", "source": "aws.events", "time": "2026-11-22T18:05:00Z", …}</c>.</remarks>
internal static class ScheduledEvent
{
    /// <summary>When the schedule fired, by EventBridge's clock; null for an event of another kind, which is not read for this question.</summary>
    /// <param name="lambdaEvent">UTF-8 JSON.</param>
    public static DateTimeOffset? TimeOf(ReadOnlySpan<byte> lambdaEvent)
    {
        DateTimeOffset? time = null;
        bool isScheduled = false;
        var json = ForeignJson.Reader(lambdaEvent);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName && !json.ValueTextEquals("Records"u8))
        {
            (bool isSource, bool isTime) = (json.ValueTextEquals("source"u8), json.ValueTextEquals("time"u8));
            json.Read();
            if (json.TokenType == JsonTokenType.String && isSource)
            {
                isScheduled = json.ValueTextEquals("aws.events"u8);
            }
            else if (json.TokenType == JsonTokenType.String && isTime)
            {
                time = DateTimeOffset.TryParse(json.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read) ? read : null;
            }

            json.Skip();
        }

        return isScheduled ? time : null;
    }
}
