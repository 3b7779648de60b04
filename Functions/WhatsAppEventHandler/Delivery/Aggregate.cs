using System.Globalization;
using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>An aggregated event, read for delivery: any member may be missing, an id never is.</summary>
/// <param name="Id">See <see cref="Outbox.OutboxItem.AggregationId"/>.</param>
/// <param name="Customer">Who wrote, for the agent.</param>
/// <param name="Recipient">Who wrote, for WhatsApp: whoever wrote last, or the group.</param>
/// <param name="OriginationNumberArn">The business number in End User Messaging; null when the event does not say.</param>
/// <param name="Messages">In the customer's order.</param>
/// <param name="Contacts">Who wrote, as WhatsApp knows them.</param>
/// <param name="TraceParents">W3C trace contexts of the raw messages.</param>
/// <param name="FirstTimestamp">WhatsApp's, in seconds, of the first raw message; null when it has none.</param>
/// <param name="ReceivedAt">When the newest of them came, in seconds; null when that is not known.</param>
/// <param name="Refused">Which part of an aggregate it is, when Connect refused it before; null for a whole aggregate.</param>
/// <param name="LateFile">Which part of an aggregate it is, when it is a file that follows; null for a whole aggregate.</param>
internal sealed record Aggregate(
    string Id,
    ChatCustomer Customer,
    Recipient Recipient,
    string? OriginationNumberArn,
    IReadOnlyList<JsonElement> Messages,
    IReadOnlyList<JsonElement> Contacts,
    IReadOnlyList<string> TraceParents,
    long? FirstTimestamp,
    long? ReceivedAt,
    RefusedPart? Refused,
    string? LateFile)
{
    /// <summary>Seconds until the year 2286: a longer number is no time, and would make everything after it late.</summary>
    private const int MostDigits = 10;

    /// <summary>A phone number and a user id, before and after a change.</summary>
    private const int MostIds = 4;

    /// <summary>WhatsApp's timestamp of a message, in seconds; null when it has none.</summary>
    public static long? TimestampOf(JsonElement message) =>
        message.Words("timestamp") is { Length: <= MostDigits } digits && digits.All(char.IsAsciiDigit) ? long.Parse(digits, CultureInfo.InvariantCulture) : null;

    /// <summary>WhatsApp's timestamp of the newest message, in seconds; 0 when none has one.</summary>
    public long NewestTimestamp => Messages.Max(TimestampOf) ?? 0;

    /// <summary>WhatsApp's timestamp, in seconds, of the newest message that the customer wrote himself; 0 when none has one. WhatsApp's own notices are none.</summary>
    public long WrittenAt => Messages.Where(message => message.Text("type") is not "system").Max(TimestampOf) ?? 0;

    /// <summary>
    /// When a message was written that comes late: after one that was written later and has been delivered, or much later than it was written. Null when
    /// it comes in time.
    /// </summary>
    /// <param name="message">Its place in <see cref="Messages"/>.</param>
    /// <param name="delivered">WhatsApp's timestamp of the newest that has been delivered, in seconds.</param>
    /// <param name="withinSeconds">What is no further apart belongs together.</param>
    public long? LateSince(int message, long delivered, int withinSeconds)
    {
        long? written = TimestampOf(Messages[message]);
        // A joined text has the time of its last: the agent reads when it was begun.
        long? begun = message == 0 && FirstTimestamp < written ? FirstTimestamp : written;
        long now = Math.Max(NewestTimestamp, ReceivedAt ?? 0);
        return begun < delivered || written < now - Math.Max(withinSeconds, JoiningSettings.Default.WithinSeconds) ? begun : null;
    }

    /// <summary>The same, a group's chat being named after those who write in it.</summary>
    public Aggregate Named(Texts texts) => Messages.Count > 0 && Messages.All(Writers.IsOfGroup)
        ? this with { Customer = Customer with { Name = new Writers(Contacts).GroupOf(Messages, texts) } }
        : this;

    /// <exception cref="JsonException">The text is not an aggregated event.</exception>
    public static Aggregate Parse(string id, string json)
    {
        AggregatedEvent value = EventJson.Parse(json);
        JsonElement[] messages = [.. value.Messages.Where(message => message.ValueKind == JsonValueKind.Object)];
        string customer = value.Aggregation?.Customer ?? EventJson.Conversation(value).Customer;
        Recipient recipient = RecipientOf(customer, messages);
        string? number = OriginationNumber(value);
        return new Aggregate(
            id,
            new ChatCustomer(customer, DisplayName.Of(value.Contacts, recipient.Id), SystemNumber(number), recipient.Id),
            recipient,
            number,
            messages,
            value.Contacts,
            value.Aggregation?.TraceParents ?? [],
            value.Aggregation?.FirstTimestamp,
            SecondsOf(value.Aggregation?.ReceivedAt),
            value.Aggregation?.Refused,
            value.Aggregation?.LateFile);
    }

    /// <summary>What the person is known by who wrote; none for a group.</summary>
    public IReadOnlyList<string> Ids => Recipient.IsGroup ? [] :
    [
        .. new[] { Recipient.Id, Customer.Id }.Concat(Messages.SelectMany(message => new[] { message.Text("from_phone_number"), message.Text("from_user_id") }).OfType<string>()).Distinct().Take(MostIds),
    ];

    /// <summary>Id of the newest message that WhatsApp takes a reaction to; null when there is none.</summary>
    public string? NewestMessageId => Newest.Text("id");

    private JsonElement Newest => Messages.LastOrDefault(message => message.Text("type") is not ("reaction" or "system"));

    private static long? SecondsOf(string? time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment.ToUnixTimeSeconds() : null;

    private static Recipient RecipientOf(string customer, JsonElement[] messages) =>
        messages.Select(message => message.Text("group_id")).FirstOrDefault(group => group is not null) is { } group ? new(group, IsGroup: true)
        : new(messages.Reverse().Select(IdOf).FirstOrDefault(id => id is not null) ?? customer, IsGroup: false);

    /// <summary>The phone number, if the message shows it, also a new one.</summary>
    private static string? IdOf(JsonElement message) =>
        new[] { (message.Member("system") ?? default).Text("wa_id"), message.Text("from_phone_number"), message.Text("from") }
            .FirstOrDefault(number => number is not null && number.All(char.IsAsciiDigit))
        ?? message.Text("from_user_id");

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
