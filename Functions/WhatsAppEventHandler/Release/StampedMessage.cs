using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;

namespace WhatsAppBuffer.WhatsAppEventHandler.Release;

/// <summary>A message with the moment at which End User Messaging had it.</summary>
/// <param name="Json">As WhatsApp sent it.</param>
/// <param name="ReceivedAt">See <see cref="RawAttributes.ReceivedAt"/>; empty when it is not known.</param>
internal sealed record StampedMessage(JsonElement Json, string ReceivedAt)
{
    /// <summary>WhatsApp's, in seconds; -1 when it has none.</summary>
    public long Timestamp { get; } = Aggregate.TimestampOf(Json) ?? -1;

    /// <summary>What a text says; null for another message.</summary>
    public string? Body => SeenMessage.BodyOf(Json);

    /// <summary>When it came; null when that is not known.</summary>
    public DateTimeOffset? Time =>
        DateTimeOffset.TryParse(ReceivedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    /// <summary>The same text with another body.</summary>
    public StampedMessage WithBody(string body) => With(message => message["text"]!["body"] = body);

    /// <summary>The same without a member.</summary>
    public StampedMessage Without(string member) => With(message => message.Remove(member));

    private StampedMessage With(Action<JsonObject> change)
    {
        var message = JsonObject.Create(Json)!;
        change(message);
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, ReadableJson.Options))
        {
            message.WriteTo(json);
        }

        return new StampedMessage(ForeignJson.Element(text.ToArray()), ReceivedAt);
    }

    /// <summary>As the rule of joining sees it.</summary>
    public JoiningMessage Seen() => SeenMessage.Of(Json);

    /// <summary>Whether the customer tapped an answer, and has nothing to add to it.</summary>
    public bool IsTap => Json.Words("type") is "interactive" or "button";

    /// <summary>The messages of an event that tells when each came; of another they have no time.</summary>
    public static IEnumerable<StampedMessage> In(AggregatedEvent value) =>
        value.Messages.Select((message, place) => new StampedMessage(message, IsStamped(value) ? value.Aggregation!.Received[place] : ""));

    /// <summary>Whether an event tells when each of its messages came: nothing in it is joined then.</summary>
    public static bool IsStamped(AggregatedEvent value) => value.Aggregation is { Received: { Count: > 0 } received } && received.Count == value.Messages.Count;
}
