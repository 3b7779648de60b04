using System.Buffers.Text;
using System.Globalization;
using LocalAws.Delivery;
using LocalAws.Endpoint;

namespace LocalAws.Sqs;

/// <summary>Messages as the wire carries them: what a sender gives, and what a receiver asked to see.</summary>
internal static class SqsMessageFormat
{
    private static readonly string[] SystemAttributeNames =
        ["All", "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "DeadLetterQueueSourceArn"];

    public static DeliveryMessage Read(string? body, Dictionary<string, MessageAttributeValue>? attributes) =>
        new(body ?? throw SqsError.MissingParameter("MessageBody"))
        {
            Attributes = (attributes ?? []).ToDictionary(a => a.Key, a => Read(a.Key, a.Value)),
        };

    /// <summary>Checks what a receiver asks to see, before anything is received.</summary>
    /// <exception cref="AwsException"><c>InvalidAttributeName</c>: a system attribute that is not imitated.</exception>
    public static void CheckNames(ReceiveMessageInput input)
    {
        if (SystemNames(input).FirstOrDefault(name => !SystemAttributeNames.Contains(name)) is { } unknown)
        {
            throw SqsError.InvalidAttributeName(unknown);
        }
    }

    public static MessageOutput Write(ReceivedMessage received, ReceiveMessageInput input, AwsAccount account)
    {
        string[] systemNames = [.. SystemNames(input)];
        QueueMessage message = received.Message;
        Dictionary<string, string> system = SystemAttributes(message, account)
            .Where(a => systemNames.Contains("All") || systemNames.Contains(a.Name))
            .ToDictionary(a => a.Name, a => a.Value);
        Dictionary<string, DeliveryAttribute> attributes = message.Attributes
            .Where(a => input.MessageAttributeNames?.Any(wanted => Matches(wanted, a.Key)) == true)
            .ToDictionary(a => a.Key, a => a.Value);
        return new MessageOutput(
            message.MessageId,
            received.ReceiptHandle,
            MessageMd5.OfBody(message.Body),
            message.Body,
            system.Count > 0 ? system : null,
            MessageMd5.OfAttributes(attributes),
            attributes.Count > 0 ? attributes.ToDictionary(a => a.Key, a => Write(a.Value)) : null);
    }

    private static IEnumerable<string> SystemNames(ReceiveMessageInput input) => (input.AttributeNames ?? []).Concat(input.MessageSystemAttributeNames ?? []);

    private static DeliveryAttribute Read(string name, MessageAttributeValue value)
    {
        string dataType = value.DataType ?? throw SqsError.MissingParameter($"MessageAttributes.{name}.DataType");
        if (!dataType.StartsWith("Binary", StringComparison.Ordinal))
        {
            return new DeliveryAttribute(dataType, value.StringValue ?? "");
        }

        return Base64.IsValid(value.BinaryValue)
            ? new DeliveryAttribute(dataType, value.BinaryValue ?? "")
            : throw SqsError.InvalidParameterValue($"The binary value of the message attribute '{name}' is not valid base64.");
    }

    private static MessageAttributeValue Write(DeliveryAttribute attribute) => attribute.DataType.StartsWith("Binary", StringComparison.Ordinal)
        ? new MessageAttributeValue(attribute.DataType, null, attribute.Value)
        : new MessageAttributeValue(attribute.DataType, attribute.Value, null);

    /// <summary>The attributes that SQS itself gives a message, in its order.</summary>
    public static IEnumerable<(string Name, string Value)> SystemAttributes(QueueMessage message, AwsAccount account)
    {
        yield return ("ApproximateReceiveCount", message.ApproximateReceiveCount.ToString(CultureInfo.InvariantCulture));
        yield return ("SentTimestamp", Milliseconds(message.SentAt));
        yield return ("SenderId", account.Id);
        if (message.FirstReceivedAt is { } first)
        {
            yield return ("ApproximateFirstReceiveTimestamp", Milliseconds(first));
        }

        if (message.DeadLetterQueueSourceArn is { } source)
        {
            yield return ("DeadLetterQueueSourceArn", source);
        }
    }

    private static bool Matches(string wanted, string name) => wanted is "All" or ".*"
        || wanted == name
        || (wanted.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(wanted[..^2], StringComparison.Ordinal));

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
