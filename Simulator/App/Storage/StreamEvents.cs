using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.DynamoDBStreams.Model;
using LocalAws.DynamoDb.Streams;

namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>Records of the Streams API as Lambda's events carry them.</summary>
internal static class StreamEvents
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static StreamEntry EntryOf(Record record, string streamArn)
    {
        var createdAt = new DateTimeOffset(record.Dynamodb.ApproximateCreationDateTime!.Value.ToUniversalTime());
        return new StreamEntry(record.Dynamodb.SequenceNumber, createdAt, ToJson(record, createdAt, streamArn));
    }

    private static ReadOnlyMemory<byte> ToJson(Record record, DateTimeOffset createdAt, string streamArn)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("eventID", record.EventID);
            writer.WriteString("eventName", record.EventName.Value);
            writer.WriteString("eventVersion", record.EventVersion);
            writer.WriteString("eventSource", record.EventSource);
            writer.WriteString("awsRegion", record.AwsRegion);
            WriteChange(writer, record.Dynamodb, createdAt);
            if (record.UserIdentity is { } identity)
            {
                writer.WriteStartObject("userIdentity");
                writer.WriteString("principalId", identity.PrincipalId);
                writer.WriteString("type", identity.Type);
                writer.WriteEndObject();
            }

            writer.WriteString("eventSourceARN", streamArn);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteChange(Utf8JsonWriter writer, StreamRecord change, DateTimeOffset createdAt)
    {
        writer.WriteStartObject("dynamodb");
        writer.WritePropertyName("ApproximateCreationDateTime");
        writer.WriteRawValue($"{createdAt.ToUnixTimeSeconds()}.0", skipInputValidation: true);
        WriteImage(writer, "Keys", change.Keys);
        WriteImage(writer, "NewImage", change.NewImage);
        WriteImage(writer, "OldImage", change.OldImage);
        writer.WriteString("SequenceNumber", change.SequenceNumber);
        writer.WriteNumber("SizeBytes", change.SizeBytes ?? 0);
        writer.WriteString("StreamViewType", change.StreamViewType.Value);
        writer.WriteEndObject();
    }

    /// <summary>The client answers an image that is not there as null or empty; one that is there has the item's key at least.</summary>
    private static void WriteImage(Utf8JsonWriter writer, string name, Dictionary<string, AttributeValue>? image)
    {
        if (image is { Count: > 0 })
        {
            writer.WritePropertyName(name);
            WriteMap(writer, image);
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, Dictionary<string, AttributeValue> map)
    {
        writer.WriteStartObject();
        foreach ((string name, AttributeValue value) in map)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, AttributeValue value)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case { S: { } text }:
                writer.WriteString("S", text);
                break;
            case { N: { } number }:
                writer.WriteString("N", number);
                break;
            case { B: { } bytes }:
                writer.WriteBase64String("B", bytes.ToArray());
                break;
            case { BOOL: { } flag }:
                writer.WriteBoolean("BOOL", flag);
                break;
            case { NULL: true }:
                writer.WriteBoolean("NULL", true);
                break;
            case { SS.Count: > 0 }:
                WriteList(writer, "SS", value.SS, writer.WriteStringValue);
                break;
            case { NS.Count: > 0 }:
                WriteList(writer, "NS", value.NS, writer.WriteStringValue);
                break;
            case { BS.Count: > 0 }:
                WriteList(writer, "BS", value.BS, b => writer.WriteBase64StringValue(b.ToArray()));
                break;
            case { M: { } map }:
                writer.WritePropertyName("M");
                WriteMap(writer, map);
                break;
            default:
                WriteList(writer, "L", value.L ?? [], v => WriteValue(writer, v));
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, List<T> list, Action<T> write)
    {
        writer.WriteStartArray(name);
        list.ForEach(write);
        writer.WriteEndArray();
    }
}
