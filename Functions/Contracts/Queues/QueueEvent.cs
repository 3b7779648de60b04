using System.Globalization;
using System.Text.Json;

namespace WhatsAppBuffer.Contracts.Queues;

/// <summary>A message of an SQS queue, as a Lambda function gets it.</summary>
/// <param name="Id">SQS's id of it, by which the function tells that it could not do its work.</param>
/// <param name="Body">The text.</param>
/// <param name="TraceParent">Its attribute <c>traceparent</c>, or null.</param>
/// <param name="QueueArn">Where it waited; null when the event does not say.</param>
public sealed record QueueMessage(string Id, string Body, string? TraceParent = null, string? QueueArn = null)
{
    /// <summary>When the queue first gave it to somebody, by the queue's clock; null when the event does not say.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}

/// <summary>The event that an event source mapping makes of messages in a queue, and what a function answers to it.</summary>
/// <remarks>Source: Lambda developer guide, "Using Lambda with Amazon SQS" and "Handling errors for an SQS event source in Lambda".</remarks>
public static class QueueEvent
{
    private const string Source = "aws:sqs";

    /// <summary>The messages of an event.</summary>
    /// <param name="lambdaEvent">UTF-8 JSON.</param>
    /// <returns>Null when the event is of another kind.</returns>
    /// <exception cref="JsonException">It is of this kind, and a message has no id or no body: it could neither be done nor be told of.</exception>
    public static IReadOnlyList<QueueMessage>? Read(ReadOnlyMemory<byte> lambdaEvent)
    {
        if (!BeginsWithRecords(lambdaEvent.Span))
        {
            return null;
        }

        using var json = ForeignJson.Document(lambdaEvent);
        return Read(json.RootElement);
    }

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static IReadOnlyList<QueueMessage>? Read(JsonElement lambdaEvent)
    {
        JsonElement[] records = [.. lambdaEvent.Items("Records")];
        return records is [var first, ..] && first.Text("eventSource") == Source ? [.. records.Select(Message)] : null;
    }

    /// <summary>What a function answers: which messages are to come again, the others being done.</summary>
    /// <param name="failed">Ids of messages.</param>
    /// <returns>UTF-8 JSON: <c>{"batchItemFailures": [{"itemIdentifier": "…"}]}</c>.</returns>
    public static Stream Answer(IEnumerable<string> failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        var answer = new MemoryStream();
        using (var json = new Utf8JsonWriter(answer))
        {
            json.WriteStartObject();
            BatchItemFailures.Write(json, failed);
            json.WriteEndObject();
        }

        answer.Position = 0;
        return answer;
    }

    /// <summary>An event of another kind may be long, and is not read for this question.</summary>
    private static bool BeginsWithRecords(ReadOnlySpan<byte> json)
    {
        var reader = ForeignJson.Reader(json);
        return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read()
            && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("Records"u8);
    }

    private static QueueMessage Message(JsonElement record, int position) => new(
        record.Text("messageId") ?? throw new JsonException($"Records[{position}].messageId is missing."),
        record.Text("body") ?? throw new JsonException($"Records[{position}].body is missing, empty, or not valid Unicode."),
        record.Member("messageAttributes")?.Member("traceparent")?.Text("stringValue"),
        record.Text("eventSourceARN"))
    {
        ReceivedAt = (record.Member("attributes") ?? default).Text("ApproximateFirstReceiveTimestamp") is { Length: <= 14 } digits && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null,
    };
}
