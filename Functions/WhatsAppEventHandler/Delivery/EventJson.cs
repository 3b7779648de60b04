using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>Reads aggregated events, of this project's aggregator and of others that keep the guide's shape.</summary>
internal static class EventJson
{
    /// <exception cref="JsonException">The text is not an aggregated event.</exception>
    public static AggregatedEvent Parse(string json)
    {
        AggregatedEvent value = JsonSerializer.Deserialize(json, EventJsonContext.Default.AggregatedEvent)
            ?? throw new JsonException("The event is null.");
        return value with { Contacts = value.Contacts ?? [], Messages = value.Messages ?? [] };
    }

    /// <summary>The event's place in its conversation's outbox.</summary>
    /// <exception cref="JsonException">The event does not say whose it is.</exception>
    public static OutboxItem ToOutboxItem(AggregatedEvent value, string json)
    {
        if (value.Aggregation is { } made)
        {
            return new OutboxItem(new ConversationKey(made.Customer, made.PhoneNumberId).ToString(), made.OutboxItem, made.Id, json);
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

    private static bool IsSequence(string? timestamp) => timestamp is { Length: > 0 and <= 40 } && timestamp.All(char.IsAsciiDigit);
}

/// <summary>Source-generated: no reflection at run time.</summary>
[JsonSerializable(typeof(AggregatedEvent))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
