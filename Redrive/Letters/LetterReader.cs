using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Redrive.Letters;

/// <summary>Reads dead letters of every kind that this system knows. Whatever a letter holds, it is never an exception.</summary>
/// <remarks>
/// Sources: Lambda developer guide, "Capturing records of Lambda asynchronous invocations" and "Retain discarded records for a DynamoDB event source"
/// (a destination in S3 gets the <c>payload</c> as well); SNS developer guide, "Dead-letter queues"; for the functions' own <see cref="DeadLetterQueue"/>.
/// </remarks>
internal static class LetterReader
{
    /// <param name="function">Whose letter it is.</param>
    /// <param name="body">The message's body, or the object.</param>
    /// <param name="attributes">The message's attributes.</param>
    public static LetterContent Read(FunctionSpec function, string body, IReadOnlyDictionary<string, string> attributes)
    {
        if (TryParse(body) is not { ValueKind: JsonValueKind.Object } letter)
        {
            return new LetterContent.Nothing(LetterKind.Unknown, "It is no JSON object: nothing of this system wrote it.");
        }

        return function == FunctionSpecs.OnRawMessages ? ReadNotifications(letter, body, ofTopic: "whatsAppWebhookEntry")
            : function == FunctionSpecs.ConnectEventHandler ? ReadOfChat(letter, body, attributes)
            : function == FunctionSpecs.MessageAggregator ? ReadRecords(letter)
            : ReadEvent(letter, body, attributes);
    }

    private static LetterContent ReadOfChat(JsonElement letter, string body, IReadOnlyDictionary<string, string> attributes) =>
        letter.Text("messageId") is { } messageId && letter.Text("text") is not null
            ? new LetterContent.Nothing(
                LetterKind.RefusedReply,
                $"It is what an agent wrote, message {messageId}, and WhatsApp did not get it ({attributes.GetValueOrDefault(LetterAttributes.ErrorCode) ?? "no error code"}): a person reads it, tells the customer, and deletes the letter.")
            : AnswerStatus.Parse(body) is not null ? new LetterContent.Events(LetterKind.Notification, [body])
            : ReadNotifications(letter, body, ofTopic: "InitialContactId");

    /// <param name="letter">The body.</param>
    /// <param name="body">The same as text.</param>
    /// <param name="ofTopic">A member of what is published to the topic, for a letter without SNS's envelope.</param>
    private static LetterContent ReadNotifications(JsonElement letter, string body, string ofTopic)
    {
        if (letter.Member("requestContext") is null)
        {
            return letter.Text("Message") is not null || letter.Text(ofTopic) is not null
                ? new LetterContent.Events(LetterKind.Notification, [body])
                : new LetterContent.Nothing(LetterKind.Unknown, "It is neither a notification nor Lambda's record of an invocation.");
        }

        string[] notifications = [.. (letter.Member("requestPayload") ?? default).Items("Records").Select(record => record.Member("Sns")).OfType<JsonElement>().Select(ToNotification)];
        return notifications.Length > 0
            ? new LetterContent.Events(LetterKind.Invocation, notifications)
            : new LetterContent.Nothing(LetterKind.Invocation, "The event that the function was invoked with holds no notification.");
    }

    /// <summary>As a queue that is subscribed to the topic gets it.</summary>
    private static string ToNotification(JsonElement sns)
    {
        string raw = sns.GetRawText();
        return sns.Text("Type") is null && raw.StartsWith('{') ? $$"""{"Type":"Notification"{{(sns.EnumerateObject().Any() ? "," : "")}}{{raw[1..]}}""" : raw;
    }

    private static LetterContent ReadEvent(JsonElement letter, string body, IReadOnlyDictionary<string, string> attributes)
    {
        if (letter.Member("requestContext") is not null)
        {
            return letter.Member("requestPayload") is { ValueKind: JsonValueKind.Object } payload
                ? new LetterContent.Events(LetterKind.Invocation, [payload.GetRawText()])
                : new LetterContent.Nothing(LetterKind.Invocation, "The record does not hold the event that the function was invoked with.");
        }

        if (letter.Member("aggregation")?.Member("refused") is not null)
        {
            return new LetterContent.Events(LetterKind.RefusedPart, [body]);
        }

        if (attributes.TryGetValue(LetterAttributes.ErrorCode, out string? errorCode))
        {
            return new LetterContent.Nothing(LetterKind.RefusedPart, $"The event handler put a whole event aside ({errorCode}): it cannot say which part of it the agent has not seen.");
        }

        return letter.Member("messages") is not null || letter.Member("aggregation") is not null
            ? new LetterContent.Events(LetterKind.Event, [body])
            : new LetterContent.Nothing(LetterKind.Unknown, "It is neither an aggregated event nor Lambda's record of an invocation.");
    }

    private static LetterContent ReadRecords(JsonElement letter)
    {
        if (letter.Member("requestPayload")?.Text("detail-type") == "Scheduled Event")
        {
            // The next sweep does what this one could not.
            return new LetterContent.Records(LetterKind.Invocation, []);
        }

        if (letter.Member("DDBStreamBatchInfo") is not { } batch)
        {
            return letter.Member("Records") is { ValueKind: JsonValueKind.Array }
                ? OfRecords(LetterKind.RefusedRecords, letter)
                : new LetterContent.Nothing(LetterKind.Unknown, "It holds neither records of a stream nor where they were.");
        }

        if (letter.Text("payload") is { } payload && TryParse(payload) is { } lambdaEvent)
        {
            return OfRecords(LetterKind.Batch, lambdaEvent);
        }

        return batch.Text("startSequenceNumber") is { } first && batch.Text("endSequenceNumber") is { } last && batch.Text("shardId") is { } shard && batch.Text("streamArn") is { } stream
            ? new LetterContent.Pointer(stream, shard, first, last)
            // The call that closes a window has no records.
            : new LetterContent.Records(LetterKind.Batch, []);
    }

    private static LetterContent OfRecords(LetterKind kind, JsonElement lambdaEvent)
    {
        RawRecord?[] inserts = [.. lambdaEvent.Items("Records").Where(record => record.Text("eventName") is null or "INSERT").Select(ToRecord)];
        return Array.Exists(inserts, record => record is null)
            ? new LetterContent.Nothing(kind, "A record in it does not say which message of which table it is.")
            : new LetterContent.Records(kind, inserts!);
    }

    private static RawRecord? ToRecord(JsonElement record)
    {
        JsonElement? change = record.Member("dynamodb");
        JsonElement? image = change?.Member("NewImage");
        JsonElement? keys = change?.Member("Keys") ?? image;
        return TableOf(record.Text("eventSourceARN")) is { } table
            && keys?.Member(RawAttributes.From)?.Text("S") is { } sender
            && keys?.Member(RawAttributes.Id)?.Text("S") is { } id
            ? new RawRecord(table, sender, id, change?.Text("SequenceNumber") ?? "", image)
            : null;
    }

    /// <summary><c>arn:aws:dynamodb:…:table/NAME/stream/…</c> → <c>NAME</c>.</summary>
    public static string? TableOf(string? streamArn) => streamArn?.Split('/') is [_, var table, ..] ? table : null;

    private static JsonElement? TryParse(string json)
    {
        try
        {
            return ForeignJson.Element(json);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
