using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>Tells the event handler that an aggregate waits in the outbox: its address, and nothing of its content.</summary>
/// <param name="Conversation">Whose.</param>
/// <param name="Item">Sort key in the conversation's outbox.</param>
/// <param name="AggregationId"><see cref="Contracts.Aggregation.Id"/>.</param>
/// <param name="TraceParent">W3C trace context of the first message; null when it is not known.</param>
internal sealed record WakeUp(ConversationKey Conversation, string Item, string AggregationId, string? TraceParent)
{
    /// <summary>An aggregated event without its messages: what the event handler reads of one that lies in the outbox.</summary>
    public string ToJson()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, ReadableJson.Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("aggregation"u8);
            json.WriteString("id"u8, AggregationId);
            json.WriteString("customer"u8, Conversation.Customer);
            json.WriteString("phone_number_id"u8, Conversation.PhoneNumberId);
            json.WriteString("outbox_item"u8, Item);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
