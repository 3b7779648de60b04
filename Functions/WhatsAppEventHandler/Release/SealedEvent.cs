using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler.Release;

/// <summary>
/// Makes one aggregated event of several: all their messages in the customer's order (WhatsApp's timestamp, then the moment at which End User Messaging had it, then the stream), and texts joined by the rule that
/// the aggregator keeps. It is computed of what is sealed alone.
/// </summary>
internal static class SealedEvent
{
    /// <summary>The event of sealed aggregates.</summary>
    /// <param name="items">In the stream's order; at least one.</param>
    /// <param name="seal">The rule's settings as they were.</param>
    public static string Of(IReadOnlyList<OutboxItem> items, Seal seal)
    {
        AggregatedEvent[] events = [.. items.Select(item => EventJson.Parse(item.Event))];
        StampedMessage[] messages =
        [
            .. LastWord.Of([.. events.SelectMany(StampedMessage.In).OrderBy(message => message.Timestamp).ThenBy(message => message.ReceivedAt, StringComparer.Ordinal)], seal.Edited),
        ];
        return EventJson.Write(events[^1], ContactsOf(events), json => WriteJoined(json, messages, seal.Joining), AggregationOf(items, events, messages, seal));
    }

    /// <summary>The same for the same aggregates, and for no others.</summary>
    public static string IdOf(IReadOnlyList<OutboxItem> items) => Idempotency.Token(["seal", items[0].Conversation, .. items.Select(item => item.AggregationId)])[..32];

    private static Aggregation AggregationOf(IReadOnlyList<OutboxItem> items, AggregatedEvent[] events, StampedMessage[] messages, Seal seal)
    {
        Aggregation[] made = [.. events.Select(item => item.Aggregation).OfType<Aggregation>()];
        return new Aggregation
        {
            Id = IdOf(items),
            Customer = made[0].Customer,
            PhoneNumberId = made[0].PhoneNumberId,
            OutboxItem = items[0].SortKey,
            Window = made[^1].Window,
            ReleaseReason = $"{seal.Reason}",
            FirstTimestamp = messages.Select(message => message.Timestamp).Where(timestamp => timestamp >= 0).Cast<long?>().FirstOrDefault(),
            ReceivedAt = made.Max(aggregation => aggregation.ReceivedAt),
            MessageIds = [.. made.SelectMany(aggregation => aggregation.MessageIds)],
            TraceParents = [.. made.SelectMany(aggregation => aggregation.TraceParents).Distinct()],
        };
    }

    /// <summary>Of one person the newest, of a group everybody who wrote.</summary>
    private static IEnumerable<JsonElement> ContactsOf(AggregatedEvent[] events) => events.SelectMany(item => item.Messages).Any(Writers.IsOfGroup)
        ? events.SelectMany(item => item.Contacts).DistinctBy(contact => contact.GetRawText())
        : events.Reverse().FirstOrDefault(item => item.Contacts.Count > 0)?.Contacts ?? [];

    private static void WriteJoined(Utf8JsonWriter json, StampedMessage[] messages, JoiningSettings joining)
    {
        for (int first = 0, next; first < messages.Length; first = next)
        {
            next = first + 1;
            while (next < messages.Length && JoiningRule.JoinsTexts(messages[next - 1].Seen(), messages[next].Seen(), joining))
            {
                next++;
            }

            // A joined text has everything of its last but the body.
            StampedMessage shown = next - first == 1 ? messages[first] : messages[next - 1].WithBody(string.Join(joining.Separator, messages[first..next].Select(message => message.Body)));
            json.WriteRawValue(shown.Json.GetRawText());
        }
    }
}
