using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.OnRawMessages.Conversations;

namespace WhatsAppBuffer.OnRawMessages.Webhook;

/// <summary>A WhatsApp message as the raw table stores it.</summary>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Customer">Partition key <c>from</c>: whose conversation it belongs to.</param>
/// <param name="Id">Sort key <c>id</c>: WhatsApp's message id.</param>
/// <param name="Item">All attributes, the keys among them, named as in <see cref="RawAttributes"/>; every text in it is valid Unicode.</param>
internal sealed record RawMessage(Sender Sender, string Customer, string Id, IReadOnlyDictionary<string, JsonElement> Item)
{
    /// <summary>WhatsApp's <c>type</c>, such as <c>text</c>; null when it has none.</summary>
    public string? Type => Text("type");

    /// <summary>W3C trace context that it came with, or null.</summary>
    public string? TraceParent => Text(RawAttributes.TraceParent);

    /// <summary>Whose.</summary>
    public ConversationKey Conversation => new(Customer, Sender.PhoneNumberId);

    /// <summary>The same message in the conversation that it belongs to.</summary>
    /// <param name="customer">The conversation's.</param>
    public RawMessage Under(string customer) => customer == Customer ? this : this with { Customer = customer, Item = ItemWith(RawAttributes.From, customer) };

    /// <summary>The same message in the trace of whoever stores it.</summary>
    /// <param name="traceParent">W3C trace context.</param>
    public RawMessage With(string traceParent) => this with { Item = ItemWith(RawAttributes.TraceParent, traceParent) };

    /// <summary>The same message with what it is about.</summary>
    /// <param name="refersTo"><see cref="RawAttributes.RefersTo"/>; null when that is not known.</param>
    public RawMessage With(JsonElement? refersTo) =>
        refersTo is { } known ? this with { Item = new Dictionary<string, JsonElement>(Item) { [RawAttributes.RefersTo] = known } } : this;

    private Dictionary<string, JsonElement> ItemWith(string name, string text) =>
        new(Item) { [name] = JsonSerializer.SerializeToElement(text, RawItemJson.Default.String) };

    private string? Text(string name) =>
        Item.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What cannot be stored, and why.</summary>
/// <param name="MessageId">WhatsApp's message id; null when there is none to name.</param>
/// <param name="Reason">Names the field and its position, such as <c>changes[0].value.messages[1].id is empty</c>; never holds message text.</param>
internal sealed record Rejection(string? MessageId, string Reason);

/// <summary>How a webhook entry came in.</summary>
/// <param name="ReceivedAt">Now.</param>
/// <param name="Retention">How long its messages are kept.</param>
/// <param name="TraceParent">W3C trace context of the SNS message; null when it carried none.</param>
internal sealed record Arrival(DateTimeOffset ReceivedAt, TimeSpan Retention, string? TraceParent)
{
    /// <summary>When SNS had it: for what End User Messaging gives no time. Null when that is not known either.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
}

/// <summary>Everything one webhook entry held: to store, to report, to count.</summary>
internal sealed record WebhookReading
{
    /// <summary>To store, in the order sent.</summary>
    public required IReadOnlyList<RawMessage> Messages { get; init; }

    /// <summary>Not storable. A malformed envelope is one rejection and nothing else.</summary>
    public required IReadOnlyList<Rejection> Rejections { get; init; }

    /// <summary>Delivery statuses of outbound messages: counted, not stored.</summary>
    public int Statuses { get; init; }

    /// <summary>What statuses tell of answers, each thing once: whatever it is, WhatsApp has these parts of them.</summary>
    public IReadOnlyCollection<AnswerStatus> Answers { get; init; } = [];

    /// <summary>Meta's error codes of failed messages that are no answers; null where none is told.</summary>
    public IReadOnlyList<int?> OtherFailures { get; init; } = [];

    /// <summary>Changes of another field than <c>messages</c>: counted, not stored.</summary>
    public int OtherFields { get; init; }

    /// <summary>Entries of <c>value.errors</c>: counted, not stored.</summary>
    public int Errors { get; init; }
}
