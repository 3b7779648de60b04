using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>An aggregated event, read for delivery: any member may be missing, an id never is.</summary>
/// <param name="Id">See <see cref="Outbox.OutboxItem.AggregationId"/>.</param>
/// <param name="Customer">Who wrote, for the agent.</param>
/// <param name="Recipient">Who wrote, for WhatsApp: phone number in digits, or business-scoped user id.</param>
/// <param name="OriginationNumberArn">The business number in End User Messaging; null when the event does not say.</param>
/// <param name="Messages">In the customer's order.</param>
/// <param name="TraceParents">W3C trace contexts of the raw messages.</param>
/// <param name="Refused">Which part of an aggregate it is, when Connect refused it before; null for a whole aggregate.</param>
internal sealed record Aggregate(
    string Id,
    ChatCustomer Customer,
    string Recipient,
    string? OriginationNumberArn,
    IReadOnlyList<JsonElement> Messages,
    IReadOnlyList<string> TraceParents,
    RefusedPart? Refused)
{
    /// <exception cref="JsonException">The text is not an aggregated event.</exception>
    public static Aggregate Parse(string id, string json)
    {
        AggregatedEvent value = EventJson.Parse(json);
        JsonElement[] messages = [.. value.Messages.Where(message => message.ValueKind == JsonValueKind.Object)];
        string customer = value.Aggregation?.Customer ?? EventJson.Conversation(value).Customer;
        string recipient = messages.Select(PhoneNumber).FirstOrDefault(number => number is not null) ?? customer;
        string? number = OriginationNumber(value);
        return new Aggregate(
            id,
            new ChatCustomer(customer, DisplayName.Of(value.Contacts, recipient), SystemNumber(number)),
            recipient,
            number,
            messages,
            value.Aggregation?.TraceParents ?? [],
            value.Aggregation?.Refused);
    }

    /// <summary>Id of the newest message that WhatsApp takes a reaction to; null when there is none.</summary>
    public string? NewestMessageId =>
        Messages.LastOrDefault(message => message.Text("type") is not ("reaction" or "system")) is { ValueKind: JsonValueKind.Object } newest
            ? newest.Text("id")
            : null;

    private static string? PhoneNumber(JsonElement message) =>
        new[] { message.Text("from_phone_number"), message.Text("from") }.FirstOrDefault(number => number is not null && number.All(char.IsAsciiDigit));

    private static string? OriginationNumber(AggregatedEvent value)
    {
        string? wanted = value.Metadata?.Text("phone_number_id");
        JsonElement[] numbers = [.. value.Context?.Items("MetaPhoneNumberIds") ?? []];
        return numbers
            .OrderByDescending(number => number.Text("metaPhoneNumberId") == wanted)
            .Select(number => number.Text("arn"))
            .FirstOrDefault(arn => arn is not null);
    }

    /// <summary><c>arn:…:phone-number-id/976c…</c> → <c>phone-number-id-976c…</c>, the form that the guide stores.</summary>
    private static string SystemNumber(string? arn) => arn is null ? "" : arn[(arn.LastIndexOf(':') + 1)..].Replace('/', '-');
}
