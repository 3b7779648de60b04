using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.OnRawMessages.Conversations;

namespace WhatsAppBuffer.OnRawMessages.Webhook;

/// <summary>
/// Reads what End User Messaging Social publishes: an envelope whose <c>whatsAppWebhookEntry</c> is a WhatsApp webhook entry as a JSON string.
/// </summary>
/// <remarks>
/// Message types and their inner fields are not looked at: what has an id and a sender is kept as it came, so that a type of tomorrow is
/// stored today.
/// </remarks>
internal sealed class WebhookReader
{
    private const int MaxIdBytes = 1_024;
    private const int MaxKeyBytes = 2_048;
    private const string MessagesField = "messages";

    private readonly List<RawMessage> _messages = [];
    private readonly List<Rejection> _rejections = [];
    private readonly HashSet<AnswerStatus> _answers = [];
    private readonly List<int?> _otherFailures = [];
    private readonly Arrival _arrival;
    private readonly JsonElement? _header;
    private readonly DateTimeOffset _receivedAt;
    private int _statuses;
    private int _otherFields;
    private int _errors;

    private WebhookReader(Arrival arrival, JsonElement? header, DateTimeOffset receivedAt) =>
        (_arrival, _header, _receivedAt) = (arrival, header, receivedAt);

    /// <summary>Reads the text of one SNS message. Never throws for what the text holds: what is wrong becomes a <see cref="Rejection"/>.</summary>
    /// <param name="snsMessage"><c>Sns.Message</c>; null when the record had none.</param>
    /// <param name="arrival">When and how it came.</param>
    public static WebhookReading Read(string? snsMessage, Arrival arrival)
    {
        try
        {
            JsonElement envelope = Parse(snsMessage, "Sns.Message");
            JsonElement entry = Parse(EntryOf(envelope), "whatsAppWebhookEntry");
            string? traceParent = arrival.TraceParent ?? envelope.Text("traceparent");
            var reader = new WebhookReader(arrival with { TraceParent = Valid(traceParent) }, envelope.Member("context"), ReceivedAt(envelope) ?? arrival.PublishedAt ?? arrival.ReceivedAt);
            reader.ReadEntry(entry);
            return reader.Reading();
        }
        catch (FormatException malformed)
        {
            return new WebhookReading { Messages = [], Rejections = [new Rejection(null, malformed.Message)] };
        }
    }

    private static JsonElement Parse(string? json, string name)
    {
        if (json is null)
        {
            throw new FormatException($"{name} is missing");
        }

        try
        {
            JsonElement element = ForeignJson.Element(DeepJson.Cut(json));
            return element.ValueKind == JsonValueKind.Object ? element : throw new FormatException($"{name} is not a JSON object but {element.ValueKind}");
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            throw new FormatException($"{name} is not JSON: {unreadable.Message}");
        }
    }

    private static string EntryOf(JsonElement envelope)
    {
        JsonElement entry = envelope.Member("whatsAppWebhookEntry") ?? throw new FormatException("whatsAppWebhookEntry is missing");
        if (entry.ValueKind != JsonValueKind.String)
        {
            throw new FormatException($"whatsAppWebhookEntry is not a string but {entry.ValueKind}");
        }

        try
        {
            return entry.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("whatsAppWebhookEntry is not valid Unicode text");
        }
    }

    private static DateTimeOffset? ReceivedAt(JsonElement envelope) =>
        DateTimeOffset.TryParse(envelope.Text("message_timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;

    private static string? Valid(string? traceParent) => ActivityContext.TryParse(traceParent, null, out _) ? traceParent : null;

    private WebhookReading Reading() => new()
    {
        Messages = _messages,
        Rejections = _rejections,
        Statuses = _statuses,
        Answers = _answers,
        OtherFailures = _otherFailures,
        OtherFields = _otherFields,
        Errors = _errors,
    };

    private void ReadEntry(JsonElement entry)
    {
        if (entry.Member("changes") is not { ValueKind: JsonValueKind.Array } changes)
        {
            Reject("whatsAppWebhookEntry.changes is not an array");
            return;
        }

        int position = 0;
        foreach (JsonElement change in changes.EnumerateArray())
        {
            ReadChange(change, $"changes[{position++}]");
        }
    }

    private void ReadChange(JsonElement change, string where)
    {
        string? field = change.Text("field");
        if (field is not null and not MessagesField)
        {
            _otherFields++;
        }
        else if (change.Member("value") is not { ValueKind: JsonValueKind.Object } value)
        {
            Reject($"{where}.value is not an object");
        }
        else
        {
            ReadValue(value, field, where);
        }
    }

    private void ReadValue(JsonElement value, string? field, string where)
    {
        _statuses += CountOf(value, "statuses");
        foreach (JsonElement status in value.Items("statuses"))
        {
            ReadStatus(status);
        }

        _errors += CountOf(value, "errors");
        if (value.Member("messages") is not { } messages)
        {
            return;
        }

        if (messages.ValueKind != JsonValueKind.Array)
        {
            Reject($"{where}.value.messages is not an array");
            return;
        }

        int position = 0;
        foreach (JsonElement message in messages.EnumerateArray())
        {
            ReadMessage(message, value, field, $"{where}.value.messages[{position++}]");
        }
    }

    private void ReadStatus(JsonElement status)
    {
        if (AnswerStatus.OfWebhook(status) is { } answer)
        {
            _answers.Add(answer);
        }
        else if (status.Text("status") == AnswerStatus.Failed)
        {
            _otherFailures.Add(AnswerStatus.CodeOf(status.Items("errors").FirstOrDefault()));
        }
    }

    private void ReadMessage(JsonElement message, JsonElement value, string? field, string where)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            Reject($"{where} is not an object");
            return;
        }

        string id = message.Text("id") ?? "";
        JsonElement? contact = ContactOf(message, value);
        Sender sender = Sender.Of(message, contact, value.Member("metadata")?.Words("phone_number_id") ?? "");
        if (FaultOf(message, id, value, sender, where) is { } fault)
        {
            Reject(fault, id);
            return;
        }

        sender = sender with { Ids = [.. sender.Ids.Where(other => IsKey(other, sender.PhoneNumberId))] };
        if (BuildItem(message, sender.Customer!, contact, value, field) is { } item)
        {
            foreach (string left in RawItem.WithoutUnfit(item))
            {
                Reject($"{where}{left}; it is stored without", id);
            }

            if (RawItem.FaultOf(item) is { } unfit)
            {
                Reject(where + unfit, id);
            }
            else
            {
                _messages.Add(new RawMessage(sender, sender.Customer!, id, item));
            }
        }
        else
        {
            Reject($"{where}{RawItem.NotUnicode}", id);
        }
    }

    /// <summary>JSON may escape half of a surrogate pair, which no text of the table can hold.</summary>
    private Dictionary<string, JsonElement>? BuildItem(JsonElement message, string customer, JsonElement? contact, JsonElement value, string? field)
    {
        try
        {
            return RawItem.Build(customer, message, contact, value, _header, field, _arrival, _receivedAt);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Meta says that <c>wa_id</c> and <c>from</c> may differ, so a contact is found by either id, and a lone contact is the sender's.</summary>
    private static JsonElement? ContactOf(JsonElement message, JsonElement value)
    {
        if (value.Member("contacts") is not { ValueKind: JsonValueKind.Array } contacts)
        {
            return null;
        }

        string? userId = message.Text("from_user_id");
        string? phoneNumber = message.Text("from");
        foreach (JsonElement contact in contacts.EnumerateArray())
        {
            if ((userId is not null && contact.Text("user_id") == userId) || (phoneNumber is not null && contact.Text("wa_id") == phoneNumber))
            {
                return contact;
            }
        }

        return contacts.GetArrayLength() == 1 ? contacts[0] : null;
    }

    private static string? FaultOf(JsonElement message, string id, JsonElement value, Sender sender, string where)
    {
        if (id.Length == 0)
        {
            return where + FaultOfId(message.Member("id"));
        }

        if (Encoding.UTF8.GetByteCount(id) > MaxIdBytes)
        {
            return $"{where}.id is longer than {MaxIdBytes} bytes";
        }

        if (value.Member("metadata")?.Member("phone_number_id") is { ValueKind: not (JsonValueKind.String or JsonValueKind.Number) } other)
        {
            return $"{where}: metadata.phone_number_id is neither a text nor a number but {other.ValueKind}";
        }

        // What the table of conversations could never take is refused here, where only this message pays for it.
        return sender.Customer is not { } customer ? $"{where} has no sender: none of from_user_id, from and group_id is a non-empty string"
            : Encoding.UTF8.GetByteCount(customer) > MaxKeyBytes ? $"{where}.{NameOf(customer, message)} is longer than {MaxKeyBytes} bytes"
            : !IsKey(customer, sender.PhoneNumberId) ? $"{where}: the conversation's key, metadata.phone_number_id and the sender together, is longer than {MaxKeyBytes} bytes"
            : null;
    }

    private static string NameOf(string customer, JsonElement message) =>
        customer == message.Text("from_user_id") ? "from_user_id" : customer == message.Text("from") ? "from" : ConversationKey.IsOfGroup(customer) ? "group_id" : "system";

    private static bool IsKey(string customer, string phoneNumberId) =>
        Encoding.UTF8.GetByteCount(new ConversationKey(customer, phoneNumberId).ToString()) <= MaxKeyBytes;

    private static string FaultOfId(JsonElement? id) => id switch
    {
        null => ".id is missing",
        { ValueKind: JsonValueKind.String } text => text.GetRawText() is "\"\"" ? ".id is empty" : RawItem.NotUnicode,
        { } other => $".id is not a string but {other.ValueKind}",
    };

    private static int CountOf(JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.GetArrayLength() : 0;

    private void Reject(string reason, string? id = null) => _rejections.Add(new Rejection(string.IsNullOrEmpty(id) ? null : id, reason));
}
