using System.Globalization;
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
/// <param name="FirstTimestamp">WhatsApp's, in seconds, of the first raw message; null when it has none.</param>
/// <param name="Refused">Which part of an aggregate it is, when Connect refused it before; null for a whole aggregate.</param>
internal sealed record Aggregate(
    string Id,
    ChatCustomer Customer,
    string Recipient,
    string? OriginationNumberArn,
    IReadOnlyList<JsonElement> Messages,
    IReadOnlyList<string> TraceParents,
    long? FirstTimestamp,
    RefusedPart? Refused)
{
    /// <summary>Seconds until the year 2286: a longer number is no time, and would make everything after it late.</summary>
    private const int MostDigits = 10;

    /// <summary>WhatsApp's timestamp of a message, in seconds; null when it has none.</summary>
    public static long? TimestampOf(JsonElement message) =>
        message.Words("timestamp") is { Length: <= MostDigits } digits && digits.All(char.IsAsciiDigit) ? long.Parse(digits, CultureInfo.InvariantCulture) : null;

    /// <summary>WhatsApp's timestamp of the newest message, in seconds; 0 when none has one.</summary>
    public long NewestTimestamp => Messages.Max(TimestampOf) ?? 0;

    /// <summary>For each message whether it was written before another that has been delivered.</summary>
    /// <param name="shown">Those of <see cref="Messages"/> that are shown.</param>
    /// <param name="newest">WhatsApp's timestamp of the newest that has been delivered.</param>
    public bool[] Lateness(IReadOnlyList<JsonElement> shown, long newest) =>
        [.. shown.Select((message, i) => TimestampOf(message) < newest || (i == 0 && FirstTimestamp < newest))];


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
            value.Aggregation?.FirstTimestamp,
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
