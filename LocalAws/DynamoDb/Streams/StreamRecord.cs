using System.Text.Json;
using LocalAws.DynamoDb.Values;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Streams;

/// <summary>One record of a stream.</summary>
internal sealed class StreamRecord
{
    private readonly string _eventId = Guid.NewGuid().ToString("N");
    private readonly TableStream _stream;
    private readonly ItemChange _change;
    private readonly AttributeMap? _newImage;
    private readonly AttributeMap? _oldImage;

    public StreamRecord(TableStream stream, ulong number, ItemChange change)
    {
        _stream = stream;
        _change = change;
        _newImage = stream.ViewType is "NEW_IMAGE" or "NEW_AND_OLD_IMAGES" ? change.New : null;
        _oldImage = stream.ViewType is "OLD_IMAGE" or "NEW_AND_OLD_IMAGES" ? change.Old : null;
        Number = number;
        SizeBytes = change.Keys.Size + (_newImage?.Size ?? 0) + (_oldImage?.Size ?? 0);
        var createdAt = DateTimeOffset.FromUnixTimeSeconds(change.At.ToUnixTimeSeconds());
        Entry = new StreamEntry(SequenceNumber.Format(number), createdAt, ToEventRecord());
    }

    public ulong Number { get; }

    public int SizeBytes { get; }

    public DateTimeOffset WrittenAt => _change.At;

    /// <summary>The record as event source mappings read it; serialized once, here.</summary>
    public StreamEntry Entry { get; }

    private string EventName => _change.Old is null ? "INSERT" : _change.New is null ? "REMOVE" : "MODIFY";

    /// <summary>Writes the record as the Streams API answers it.</summary>
    public void WriteApiForm(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteCommon(writer, writeTime: w => w.WriteNumberValue(_change.At.ToUnixTimeSeconds()));
        if (_change.Expired)
        {
            WriteIdentity(writer, "PrincipalId", "Type");
        }

        writer.WriteEndObject();
    }

    /// <summary>The record within a Lambda event: the time as a fraction, lower-case identity, and the stream's ARN.</summary>
    private ReadOnlyMemory<byte> ToEventRecord() => JsonText.Bytes(
        writer =>
        {
            writer.WriteStartObject();
            WriteCommon(writer, writeTime: w => w.WriteRawValue($"{_change.At.ToUnixTimeSeconds()}.0", skipInputValidation: true));
            if (_change.Expired)
            {
                WriteIdentity(writer, "principalId", "type");
            }

            writer.WriteString("eventSourceARN"u8, _stream.StreamArn);
            writer.WriteEndObject();
        },
        512 + (SizeBytes * 2));

    private void WriteCommon(Utf8JsonWriter writer, Action<Utf8JsonWriter> writeTime)
    {
        writer.WriteString("eventID"u8, _eventId);
        writer.WriteString("eventName"u8, EventName);
        writer.WriteString("eventVersion"u8, "1.1"u8);
        writer.WriteString("eventSource"u8, "aws:dynamodb"u8);
        writer.WriteString("awsRegion"u8, _stream.Region);
        writer.WriteStartObject("dynamodb"u8);
        writer.WritePropertyName("ApproximateCreationDateTime"u8);
        writeTime(writer);
        writer.WriteAttributes("Keys", _change.Keys);
        WriteImage(writer, "NewImage", _newImage);
        WriteImage(writer, "OldImage", _oldImage);
        writer.WriteString("SequenceNumber"u8, SequenceNumber.Format(Number));
        writer.WriteNumber("SizeBytes"u8, SizeBytes);
        writer.WriteString("StreamViewType"u8, _stream.ViewType);
        writer.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter writer, string name, AttributeMap? image)
    {
        if (image is not null)
        {
            writer.WriteAttributes(name, image);
        }
    }

    private static void WriteIdentity(Utf8JsonWriter writer, string principalId, string type)
    {
        writer.WriteStartObject("userIdentity"u8);
        writer.WriteString(principalId, "dynamodb.amazonaws.com"u8);
        writer.WriteString(type, "Service"u8);
        writer.WriteEndObject();
    }
}
