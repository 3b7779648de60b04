using System.Text.Json;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Sqs;

namespace LocalAws.Lambda.EventSourceMappings.Queues;

/// <summary>A received message, and the record that stands for it in an event.</summary>
/// <param name="Received">The message.</param>
/// <param name="Json">The record.</param>
internal sealed record QueueRecord(ReceivedMessage Received, ReadOnlyMemory<byte> Json)
{
    public string MessageId => Received.Message.MessageId;

    public static QueueRecord Of(ReceivedMessage received, string queueArn, AwsAccount account) =>
        new(received, JsonText.Bytes(writer => Write(writer, received, queueArn, account), received.Message.Body.Length + 512));

    private static void Write(Utf8JsonWriter writer, ReceivedMessage received, string queueArn, AwsAccount account)
    {
        QueueMessage message = received.Message;
        writer.WriteStartObject();
        writer.WriteString("messageId", message.MessageId);
        writer.WriteString("receiptHandle", received.ReceiptHandle);
        writer.WriteString("body", message.Body);
        writer.WriteStartObject("attributes");
        foreach ((string name, string value) in SqsMessageFormat.SystemAttributes(message, account))
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("messageAttributes");
        foreach ((string name, DeliveryAttribute attribute) in message.Attributes)
        {
            Write(writer, name, attribute);
        }

        writer.WriteEndObject();
        if (MessageMd5.OfAttributes(message.Attributes) is { } md5)
        {
            writer.WriteString("md5OfMessageAttributes", md5);
        }

        writer.WriteString("md5OfBody", MessageMd5.OfBody(message.Body));
        writer.WriteString("eventSource", "aws:sqs");
        writer.WriteString("eventSourceARN", queueArn);
        writer.WriteString("awsRegion", account.Region);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, DeliveryAttribute attribute)
    {
        writer.WriteStartObject(name);
        writer.WriteString(attribute.DataType.StartsWith("Binary", StringComparison.Ordinal) ? "binaryValue" : "stringValue", attribute.Value);
        writer.WriteStartArray("stringListValues");
        writer.WriteEndArray();
        writer.WriteStartArray("binaryListValues");
        writer.WriteEndArray();
        writer.WriteString("dataType", attribute.DataType);
        writer.WriteEndObject();
    }
}
