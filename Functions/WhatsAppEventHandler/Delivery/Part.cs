using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.Text;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>What becomes one message of Connect's.</summary>
/// <param name="Number">Its place in its aggregate, in digits that sort: the same whenever and however often the aggregate is delivered.</param>
/// <param name="Text">What the agent reads.</param>
/// <param name="Message">The WhatsApp message that it is of.</param>
/// <param name="IsWhole">Whether it is all of that message, or a piece of its text.</param>
internal sealed record Part(string Number, string Text, JsonElement Message, bool IsWhole)
{
    /// <summary>
    /// The text, below a marker when it is late. Client tokens are computed from the text alone: when an interrupted delivery goes on, a part may
    /// have become late.
    /// </summary>
    public string Shown { get; private init; } = Text;


    private static readonly string[] Sender = ["from", "from_phone_number", "from_user_id", "id", "timestamp"];

    /// <summary>The parts of an aggregate. One without anything to see shows nothing, and Connect might refuse it.</summary>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="shown">Its messages that are to be shown.</param>
    /// <param name="maxCharacters">Greatest length of a part.</param>
    /// <param name="markerOf">What is to stand above one of them; null = nothing. Left out where a part has no room for it.</param>
    /// <param name="texts">In the agent's language.</param>
    public static IReadOnlyList<Part> Of(Aggregate aggregate, IReadOnlyList<JsonElement> shown, int maxCharacters, Func<int, string?> markerOf, Texts texts)
    {
        List<Part> parts = [];
        for (int i = 0; i < shown.Count; i++)
        {
            JsonElement message = shown[i];
            IReadOnlyList<TextPiece> pieces = TextSplitter.Split(AgentText.Render(message, texts), maxCharacters, TextUnit.Utf16Chars);
            string? marker = markerOf(i);
            foreach (TextPiece piece in pieces.Where(piece => VisibleText.IsVisible(piece.Text)))
            {
                string marked = AgentText.Lines(marker, piece.Text);
                parts.Add(new Part(NumberOf(aggregate, parts.Count), piece.Text, message, pieces.Count == 1) { Shown = marked.Length <= maxCharacters ? marked : piece.Text });
                marker = null;
            }
        }

        return parts;
    }

    /// <summary>
    /// An event with this part alone, which has its aggregate's id and its own number: put into the outbox again, it is computed into the client
    /// token that it had before.
    /// </summary>
    /// <param name="item">The aggregate.</param>
    /// <param name="times">How often it has been refused before.</param>
    public string ToEvent(OutboxItem item, int times)
    {
        AggregatedEvent whole = EventJson.Parse(item.Event);
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, ReadableJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("messaging_product"u8, whole.MessagingProduct);
            Write(writer, "metadata", whole.Metadata);
            Write(writer, "context", whole.Context);
            writer.WriteString("field"u8, whole.Field);
            writer.WriteStartArray("contacts"u8);
            foreach (JsonElement contact in whole.Contacts)
            {
                writer.WriteRawValue(contact.GetRawText());
            }

            writer.WriteEndArray();
            writer.WriteStartArray("messages"u8);
            WriteMessage(writer);
            writer.WriteEndArray();
            writer.WritePropertyName("aggregation"u8);
            JsonSerializer.Serialize(writer, AggregationOf(whole, item, times), Json.Default.Aggregation);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }

    private static string NumberOf(Aggregate aggregate, int place) =>
        aggregate.Refused is not { Part: var part } ? $"{place:D4}" : place == 0 ? part : $"{part}.{place:D4}";

    private Aggregation AggregationOf(AggregatedEvent whole, OutboxItem item, int times)
    {
        ConversationKey conversation = whole.Aggregation is { } made ? new(made.Customer, made.PhoneNumberId) : EventJson.Conversation(whole);
        return new Aggregation
        {
            Id = item.AggregationId,
            Customer = conversation.Customer,
            PhoneNumberId = conversation.PhoneNumberId,
            OutboxItem = whole.Aggregation?.OutboxItem ?? item.SortKey,
            MessageIds = whole.Aggregation?.MessageIds ?? [],
            TraceParents = whole.Aggregation?.TraceParents ?? [],
            Refused = new RefusedPart(Number, times),
        };
    }

    /// <summary>As it was spelt, whatever is in it: what is put aside must not fail here.</summary>
    private void WriteMessage(Utf8JsonWriter writer)
    {
        if (IsWhole)
        {
            writer.WriteRawValue(Message.GetRawText());
            return;
        }

        writer.WriteStartObject();
        foreach (string name in Sender)
        {
            Write(writer, name, Message.Member(name));
        }

        writer.WriteString("type"u8, "text"u8);
        writer.WriteStartObject("text"u8);
        writer.WriteString("body"u8, Text);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is { } present)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(present.GetRawText());
        }
    }
}
