using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WhatsAppBuffer.Contracts.WhatsApp;

/// <summary>
/// What WhatsApp tells of an answer, as <c>on_raw_messages</c> passes it to <c>connect_event_handler</c> by the latter's queue: a JSON object whose <c>Type</c>
/// no event of Amazon Connect has.
/// </summary>
/// <param name="MessageId">Connect's id of the answer.</param>
/// <param name="Part">Which part of it.</param>
/// <param name="Status">WhatsApp's word: <c>failed</c>, …</param>
/// <param name="ErrorCode">Meta's code of what went wrong; null when there is none.</param>
/// <param name="Title">Meta's words for it; null when there are none.</param>
public sealed record AnswerStatus(string MessageId, int Part, string Status, int? ErrorCode, string? Title)
{
    /// <summary>WhatsApp will not deliver the message.</summary>
    public const string Failed = "failed";

    /// <summary>The customer's phone has the message.</summary>
    public const string Delivered = "delivered";

    /// <summary>The customer has read it.</summary>
    public const string Read = "read";

    /// <summary>Whether <c>connect_event_handler</c> does something about it.</summary>
    public bool Matters => Status is Failed or Delivered or Read;

    private const string Type = "ANSWER_STATUS";
    private const int LongestTitle = 200;

    /// <summary>Reads one of <c>statuses</c> of a webhook.</summary>
    /// <param name="status">Any JSON.</param>
    /// <returns>Null when it is of no message of this system's, or does not say what became of it.</returns>
    public static AnswerStatus? OfWebhook(JsonElement status)
    {
        if (CallbackData.Read(status.Text("biz_opaque_callback_data")) is not ({ } messageId, var part) || status.Text("status") is not { Length: <= 50 } word)
        {
            return null;
        }

        JsonElement error = status.Items("errors").FirstOrDefault();
        string? title = error.Text("title") ?? error.Text("message");
        return new AnswerStatus(messageId, part, word, CodeOf(error), title?.Length > LongestTitle ? null : title);
    }

    /// <summary>Meta's code of an error.</summary>
    /// <param name="error">An item of <c>errors</c>; any JSON.</param>
    public static int? CodeOf(JsonElement error) =>
        int.TryParse(error.Words("code"), NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? code : null;

    /// <summary>The body of the queue's message.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ReadableJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("Type"u8, Type);
            writer.WriteString("MessageId"u8, MessageId);
            writer.WriteNumber("Part"u8, Part);
            writer.WriteString("Status"u8, Status);
            if (ErrorCode is { } code)
            {
                writer.WriteNumber("ErrorCode"u8, code);
            }

            if (Title is not null)
            {
                writer.WriteString("Title"u8, Title);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="ToJson"/> gave.</summary>
    /// <param name="message">A message of the queue; any text.</param>
    /// <returns>Null when it is something else.</returns>
    public static AnswerStatus? Parse(string? message)
    {
        try
        {
            JsonElement json = ForeignJson.Element(message ?? "");
            return json.Text("Type") == Type && json.Text("MessageId") is { } id && json.Text("Status") is { } status
                && int.TryParse(json.Words("Part"), NumberStyles.None, CultureInfo.InvariantCulture, out int part)
                ? new AnswerStatus(id, part, status, int.TryParse(json.Words("ErrorCode"), NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? code : null, json.Text("Title"))
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
