using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Reads aggregated events, of this project's aggregator and of others that keep the guide's shape.</summary>
internal static class EventJson
{
    /// <summary>
    /// What an event asks for. One of this project's aggregator lies in the outbox already, so that it is only a wake-up: all but its
    /// address is passed over. One with a part that was refused does not.
    /// </summary>
    /// <param name="json">UTF-8.</param>
    /// <returns>Null when it holds no messages.</returns>
    /// <exception cref="JsonException">It is not an aggregated event, or does not say whose it is.</exception>
    public static IncomingEvent? Read(ReadOnlyMemory<byte> json)
    {
        if (ReadWakeUp(json.Span) is { } wakeUp)
        {
            return wakeUp;
        }

        string text = Encoding.UTF8.GetString(json.Span);
        AggregatedEvent value = Parse(text);
        return value.Messages.Count == 0 ? null : new IncomingEvent(ToOutboxItem(value, text), IsWakeUp: false, []);
    }

    private static IncomingEvent? ReadWakeUp(ReadOnlySpan<byte> json)
    {
        var reader = ForeignJson.Reader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"The event is not a JSON object but {reader.TokenType}.");
        }

        IncomingEvent? wakeUp = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isAggregation = reader.ValueTextEquals("aggregation"u8);
            reader.Read();
            if (isAggregation && reader.TokenType != JsonTokenType.Null)
            {
                Aggregation made = JsonSerializer.Deserialize(ref reader, Json.Default.Aggregation)!;
                wakeUp = made.Refused is null ? new IncomingEvent(ItemOf(made, ""), IsWakeUp: true, made.TraceParents ?? []) : null;
            }
            else
            {
                reader.Skip();
            }
        }

        return wakeUp;
    }

    /// <exception cref="JsonException">The text is not an aggregated event.</exception>
    public static AggregatedEvent Parse(string json)
    {
        AggregatedEvent value = JsonSerializer.Deserialize(json, Json.Default.AggregatedEvent)
            ?? throw new JsonException("The event is null.");
        return value with { Contacts = value.Contacts ?? [], Messages = value.Messages ?? [] };
    }

    /// <summary>An event with what another says of where it comes from.</summary>
    /// <param name="origin">The other.</param>
    /// <param name="contacts">Who wrote.</param>
    /// <param name="writeMessages">Writes what is in the array of messages.</param>
    /// <param name="aggregation">How it came to be.</param>
    public static string Write(AggregatedEvent origin, IEnumerable<JsonElement> contacts, Action<Utf8JsonWriter> writeMessages, Aggregation aggregation)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, ReadableJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("messaging_product"u8, origin.MessagingProduct);
            Write(writer, "metadata", origin.Metadata);
            Write(writer, "context", origin.Context);
            writer.WriteString("field"u8, origin.Field);
            writer.WriteStartArray("contacts"u8);
            foreach (JsonElement contact in contacts)
            {
                writer.WriteRawValue(contact.GetRawText());
            }

            writer.WriteEndArray();
            writer.WriteStartArray("messages"u8);
            writeMessages(writer);
            writer.WriteEndArray();
            writer.WritePropertyName("aggregation"u8);
            JsonSerializer.Serialize(writer, aggregation, Json.Default.Aggregation);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Writes a member as it was spelt, where there is one.</summary>
    public static void Write(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is { } present)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(present.GetRawText());
        }
    }

    /// <summary>The event's place in its conversation's outbox.</summary>
    /// <exception cref="JsonException">The event does not say whose it is.</exception>
    public static OutboxItem ToOutboxItem(AggregatedEvent value, string json)
    {
        if (value.Aggregation is { } made)
        {
            return ItemOf(made, json);
        }

        ConversationKey conversation = Conversation(value);
        string[] ids = [.. value.Messages.Select(message => message.Text("id")).OfType<string>()];
        string id = Idempotency.Token(["aggregate", conversation.ToString(), .. ids.Length > 0 ? ids : [json]])[..32];
        string timestamp = value.Messages.Select(message => message.Text("timestamp")).LastOrDefault(IsSequence) ?? "0";
        // Two aggregates may carry the same second: the id keeps their keys apart.
        return new OutboxItem(conversation.ToString(), $"{ConversationItems.Outbox(timestamp, 0)}#{id}", id, json);
    }

    /// <exception cref="JsonException">The event does not say whose it is.</exception>
    public static ConversationKey Conversation(AggregatedEvent value) => new(
        value.Messages.Select(message => message.Text("from_user_id") ?? message.Text("from")).FirstOrDefault(customer => customer is not null)
            ?? throw new JsonException("The event names no customer: no message has from_user_id or from."),
        value.Metadata?.Text("phone_number_id") ?? throw new JsonException("The event names no business number: metadata.phone_number_id is missing."));

    private static OutboxItem ItemOf(Aggregation made, string json)
    {
        if (!made.OutboxItem.StartsWith(ConversationItems.OutboxPrefix, StringComparison.Ordinal))
        {
            throw new JsonException($"aggregation.outbox_item does not begin with {ConversationItems.OutboxPrefix}.");
        }

        string sortKey = made.Refused is { } refused ? ConversationItems.RefusedPart(made.OutboxItem, refused) : made.OutboxItem;
        return new OutboxItem(new ConversationKey(made.Customer, made.PhoneNumberId).ToString(), sortKey, made.Id, json);
    }

    private static bool IsSequence(string? timestamp) => timestamp is { Length: > 0 and <= 40 } && timestamp.All(char.IsAsciiDigit);
}

/// <summary>What an invocation is about.</summary>
/// <param name="Item">The aggregate; a wake-up's has no <see cref="OutboxItem.Event"/>.</param>
/// <param name="IsWakeUp">Whether it was put into the outbox by whoever sent the event.</param>
/// <param name="TraceParents">W3C trace contexts of the raw messages.</param>
internal sealed record IncomingEvent(OutboxItem Item, bool IsWakeUp, IReadOnlyList<string> TraceParents);
