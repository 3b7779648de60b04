using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler.Release;

/// <summary>An aggregate that is not delivered alone: nobody has begun to, and it says when each of its messages came.</summary>
/// <param name="Item">Where it waits.</param>
/// <param name="Event">Its event, read.</param>
/// <param name="Messages">Its messages, each with its time.</param>
internal sealed record UndecidedItem(OutboxItem Item, AggregatedEvent Event, IReadOnlyList<StampedMessage> Messages)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private const string Stamps = "\"received\":[\"";

    /// <returns>Null when it goes as it is.</returns>
    public static UndecidedItem? Of(OutboxItem item)
    {
        // Most have no stamps, and are not read for this question.
        if (item is not { Progress: null, File: null } || !item.Event.Contains(Stamps, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            AggregatedEvent value = EventJson.Parse(item.Event);
            StampedMessage[] messages = [.. StampedMessage.In(value)];
            return StampedMessage.IsStamped(value) && Array.TrueForAll(messages, message => message.Time is not null) ? new UndecidedItem(item, value, messages) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As the rule sees it.</summary>
    public WaitingAggregate Seen(QuietSettings quiet)
    {
        DateTimeOffset newest = Messages.Max(CameAt);
        return new WaitingAggregate(
            Messages.Min(CameAt),
            newest,
            Messages.Count,
            Encoding.UTF8.GetByteCount(Item.Event),
            Event.Aggregation!.ReleaseReason == nameof(ReleaseReason.Window) ? ReleaseReason.Window
                : Messages.Any(message => message.IsTap) ? ReleaseReason.Tap
                : Messages.Any(message => message.Body is { } body && quiet.FlushWords.Contains(body.Trim())) ? ReleaseReason.FlushWord
                : null)
        { Way = Stored - newest ?? TimeSpan.Zero };
    }

    /// <summary>When all of its messages were stored, at the latest: the stream's clock knows seconds, and is the one that stamped the messages. A function's own is not.</summary>
    private DateTimeOffset? Stored => Item.WaitingSince + Second;

    /// <summary>Nothing came after it was stored: a stamp that says so is wrong, and must not hold back what waits.</summary>
    private DateTimeOffset CameAt(StampedMessage message) => Stored is { } stored && stored < message.Time!.Value ? stored : message.Time!.Value;
}
