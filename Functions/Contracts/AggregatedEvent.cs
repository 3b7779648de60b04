using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.Contracts;

/// <summary>
/// What the aggregator hands to the event handler for one conversation: the shape of a WhatsApp webhook value, as in the guide, with
/// <see cref="Aggregation"/> beside it.
/// </summary>
public sealed record AggregatedEvent
{
    /// <summary>Always <c>whatsapp</c>.</summary>
    [JsonPropertyName("messaging_product")]
    public string? MessagingProduct { get; init; }

    /// <summary>The business number: <c>display_phone_number</c>, <c>phone_number_id</c>.</summary>
    [JsonPropertyName("metadata")]
    public JsonElement? Metadata { get; init; }

    /// <summary>The header of End User Messaging: <c>MetaWabaIds[]</c>, <c>MetaPhoneNumberIds[]</c> with their ARNs.</summary>
    [JsonPropertyName("context")]
    public JsonElement? Context { get; init; }

    /// <summary>The webhook field, <c>messages</c>.</summary>
    [JsonPropertyName("field")]
    public string? Field { get; init; }

    /// <summary>
    /// Who wrote: <c>profile.name</c>, <c>wa_id</c>, <c>user_id</c>; any of them may be missing. Of a group, all whose messages are in here.
    /// </summary>
    [JsonPropertyName("contacts")]
    public IReadOnlyList<JsonElement> Contacts { get; set; } = [];

    /// <summary>
    /// The messages in the customer's order: a joined text stands for its run (id, timestamp and fields of the run's last message, except
    /// <c>text.body</c>), every other message is as WhatsApp sent it.
    /// </summary>
    [JsonPropertyName("messages")]
    public IReadOnlyList<JsonElement> Messages { get; set; } = [];

    /// <summary>Where the event comes from; null when a function other than this project's aggregator made it.</summary>
    [JsonPropertyName("aggregation")]
    public Aggregation? Aggregation { get; init; }
}

/// <summary>What makes an aggregate traceable and its delivery idempotent.</summary>
public sealed record Aggregation
{
    /// <summary>Deterministic: the same raw messages always give the same id. 32 hexadecimal characters.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary><see cref="ConversationKey.Customer"/>.</summary>
    [JsonPropertyName("customer")]
    public required string Customer { get; init; }

    /// <summary><see cref="ConversationKey.PhoneNumberId"/>.</summary>
    [JsonPropertyName("phone_number_id")]
    public required string PhoneNumberId { get; init; }

    /// <summary>Sort key of the aggregate in its conversation's outbox; see <see cref="ConversationItems"/>.</summary>
    [JsonPropertyName("outbox_item")]
    public required string OutboxItem { get; init; }

    /// <summary>The tumbling window, or null when the mapping has none.</summary>
    [JsonPropertyName("window")]
    public AggregationWindow? Window { get; init; }

    /// <summary>Ids of all raw messages in this aggregate, in the customer's order.</summary>
    [JsonPropertyName("message_ids")]
    public IReadOnlyList<string> MessageIds { get; set; } = [];

    /// <summary>
    /// WhatsApp's timestamp of the first raw message, in seconds: a joined text shows the one of its last. Null when that message has none.
    /// </summary>
    [JsonPropertyName("first_timestamp")]
    public long? FirstTimestamp { get; init; }

    /// <summary>
    /// When End User Messaging, or else this system, got the newest of the raw messages: <see cref="RawAttributes.ReceivedAt"/>. Null in events of
    /// older versions.
    /// </summary>
    [JsonPropertyName("received_at")]
    public string? ReceivedAt { get; init; }

    /// <summary>
    /// When End User Messaging, or else this system, got each of <see cref="AggregatedEvent.Messages"/>; empty where these are joined. See <see cref="RawAttributes.ReceivedAt"/>.
    /// </summary>
    [JsonPropertyName("received")]
    public IReadOnlyList<string> Received { get; set; } = [];

    /// <summary>Why it was let go, where the customer ends a burst: <c>Quiet</c>, <c>Maximum</c>, <c>Count</c>, <c>Size</c>, <c>Tap</c> or <c>FlushWord</c>; <c>Window</c> where a window does and its messages are not joined, because some of them are corrected; null where what it ended is joined.</summary>
    [JsonPropertyName("release_reason")]
    public string? ReleaseReason { get; init; }

    /// <summary>W3C <c>traceparent</c> of each raw message that carried one, for span links.</summary>
    [JsonPropertyName("trace_parents")]
    public IReadOnlyList<string> TraceParents { get; set; } = [];

    /// <summary>Set when the event is one part of an aggregate, which Connect refused and which comes back; null for a whole aggregate.</summary>
    [JsonPropertyName("refused")]
    public RefusedPart? Refused { get; init; }

    /// <summary>Set when the event is a file that was not there in time and follows its aggregate: its place in that, as digits; null for a whole aggregate.</summary>
    [JsonPropertyName("late_file")]
    public string? LateFile { get; init; }
}

/// <summary>A part of an aggregate that Connect refused. It is no longer in the outbox, and whoever sends its event again puts it there again.</summary>
/// <param name="Part">Its place in the aggregate, as digits; client tokens are computed from it.</param>
/// <param name="Times">How often it has been refused: a letter that is put back twice is recognised, one that was refused again is another.</param>
public sealed record RefusedPart(
    [property: JsonPropertyName("part")] string Part,
    [property: JsonPropertyName("times")] int Times);

/// <summary>Bounds of a tumbling window, as the event source mapping states them.</summary>
/// <param name="Start">Inclusive; ISO 8601, UTC, whole seconds.</param>
/// <param name="End">Exclusive.</param>
public sealed record AggregationWindow(
    [property: JsonPropertyName("start")] string Start,
    [property: JsonPropertyName("end")] string End);
