using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppEventHandler.Tests.World;

/// <summary>Aggregated events to test with.</summary>
internal static class Events
{
    public const string PhoneNumberId = "503650672828631";
    public const string NumberArn = "arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/976c72a700aac43eaf573ae050example";

    /// <summary>The guide's example burst.</summary>
    public const string Burst = "Hello\nI need help\nwith my order\nP12345";

    public static AggregatedEvent Text(string body, int sequence = 1, string customer = "14157470265") =>
        Of(sequence, customer, TextMessage(body, sequence, customer));

    public static JsonElement TextMessage(string body, int sequence = 1, string customer = "14157470265") => Message(
        $$$"""{"from":"{{{customer}}}","id":"wamid.{{{customer}}}.{{{sequence}}}","timestamp":"{{{1795285460 + sequence}}}","type":"text","text":{"body":{{{JsonSerializer.Serialize(body)}}}}}""");

    public static JsonElement Message(string json) => JsonDocument.Parse(json).RootElement.Clone();

    public static AggregatedEvent Of(int sequence, string customer, params JsonElement[] messages) => new()
    {
        MessagingProduct = "whatsapp",
        Field = "messages",
        Metadata = Message($$"""{"display_phone_number":"56227607895","phone_number_id":"{{PhoneNumberId}}"}"""),
        Context = Message($$"""{"MetaWabaIds":[],"MetaPhoneNumberIds":[{"metaPhoneNumberId":"1","arn":"arn:other"},{"metaPhoneNumberId":"{{PhoneNumberId}}","arn":"{{NumberArn}}"}]}"""),
        Contacts = [Message("""{"profile":{"name":"Kike"},"wa_id":"14157470265"}""")],
        Messages = messages,
        Aggregation = new Aggregation
        {
            Id = $"{sequence:x8}{customer.GetHashCode(StringComparison.Ordinal):x8}".PadRight(32, '0'),
            Customer = customer,
            PhoneNumberId = PhoneNumberId,
            OutboxItem = ConversationItems.Outbox($"{1000 + sequence}", 0),
        },
    };

    /// <summary>The same event from an aggregator that knows no outbox, as the guide's.</summary>
    public static AggregatedEvent Foreign(AggregatedEvent value) => value with { Aggregation = null };
}
