using System.Globalization;
using System.Text.Json;

namespace WhatsAppBuffer.Contracts.Queues;

/// <summary>A message of the topic, whichever way it came.</summary>
/// <param name="QueueMessageId">SQS's id of it; null when SNS invoked the function itself.</param>
/// <param name="Id">SNS's id of it; null when it came without SNS's envelope.</param>
/// <param name="TopicArn">The topic, if the envelope says it.</param>
/// <param name="Message">What was published; null when the record has none.</param>
/// <param name="TraceParent">Its attribute <c>traceparent</c>, or null.</param>
/// <param name="Body">All of it, as a queue that is subscribed to the topic gets it.</param>
public sealed record Notification(string? QueueMessageId, string? Id, string? TopicArn, string? Message, string? TraceParent, string Body)
{
    /// <summary>Its attributes that are texts, by name; empty when it came without SNS's envelope.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was published, by SNS's clock (the envelope's <c>Timestamp</c>); without the envelope when the queue first gave it; null when neither says.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
}

/// <summary>
/// Reads what the function is invoked with: by SNS; by a queue that is subscribed to the topic, with SNS's envelope or without it
/// (<c>RawMessageDelivery</c>).
/// </summary>
/// <remarks>Source: Lambda developer guide, "Invoking Lambda functions with Amazon SNS notifications"; SNS developer guide, "Parsing message formats".</remarks>
public static class Notifications
{
    /// <summary>The messages of an event.</summary>
    /// <param name="lambdaEvent">UTF-8 JSON.</param>
    /// <exception cref="InvalidDataException">It is neither an SNS event nor an SQS event.</exception>
    public static IReadOnlyList<Notification> Read(ReadOnlyMemory<byte> lambdaEvent)
    {
        using JsonDocument json = Parse(lambdaEvent);
        if (QueueEvent.Read(json.RootElement) is { } messages)
        {
            return [.. messages.Select(OfQueue)];
        }

        return json.RootElement.Member("Records") is { ValueKind: JsonValueKind.Array } records
            ? [.. records.EnumerateArray().Select(record => OfSns(record.Member("Sns")))]
            : throw new InvalidDataException("The event is neither an SNS event nor an SQS event: Records is missing.");
    }

    private static Notification OfQueue(QueueMessage message) => TryParse(message.Body) is { } envelope && envelope.Text("Type") == "Notification"
        ? OfEnvelope(message.Id, envelope, message.Body)
        : new Notification(message.Id, null, null, message.Body, message.TraceParent, message.Body) { PublishedAt = message.ReceivedAt };

    private static Notification OfSns(JsonElement? envelope) =>
        envelope is { } sns ? OfEnvelope(null, sns, sns.GetRawText()) : new Notification(null, null, null, null, null, "{}");

    private static Notification OfEnvelope(string? queueMessageId, JsonElement envelope, string body)
    {
        Dictionary<string, string> attributes = AttributesOf(envelope);
        return new(
            queueMessageId,
            envelope.Text("MessageId"),
            envelope.Text("TopicArn"),
            envelope.Text("Message"),
            attributes.GetValueOrDefault("traceparent"),
            body)
        {
            Attributes = attributes,
            PublishedAt = DateTimeOffset.TryParse(envelope.Text("Timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null,
        };
    }

    private static Dictionary<string, string> AttributesOf(JsonElement envelope)
    {
        Dictionary<string, string> attributes = [];
        if (envelope.Member("MessageAttributes") is { ValueKind: JsonValueKind.Object } named)
        {
            foreach (JsonProperty attribute in named.EnumerateObject())
            {
                if (attribute.Value.Text("Value") is { } value)
                {
                    attributes[attribute.Name] = value;
                }
            }
        }

        return attributes;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> lambdaEvent)
    {
        try
        {
            return ForeignJson.Document(lambdaEvent);
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"The event is neither an SNS event nor an SQS event: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>What is no JSON has no envelope; the reader of webhooks says what is wrong with it.</summary>
    private static JsonElement? TryParse(string body)
    {
        try
        {
            return ForeignJson.Element(body);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
