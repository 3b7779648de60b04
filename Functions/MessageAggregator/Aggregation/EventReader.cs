using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>Reads a DynamoDB time-window event in one pass over its bytes. Names of members may differ in case, see <see cref="ImageValueReader"/>.</summary>
internal ref struct EventReader
{
    /// <summary>The last that a date can have: 9999-12-31T23:59:59Z.</summary>
    private const double LastSecond = 253_402_300_799;

    private readonly TimeWindowEvent _event;
    private Utf8JsonReader _json;

    private EventReader(TimeWindowEvent streamEvent, ReadOnlySpan<byte> json)
    {
        _event = streamEvent;
        _json = ForeignJson.Reader(json);
    }

    /// <exception cref="JsonException">The event is not a time-window event; the message names the field or byte.</exception>
    public static TimeWindowEvent Read(ReadOnlyMemory<byte> json)
    {
        var streamEvent = new TimeWindowEvent(json);
        try
        {
            new EventReader(streamEvent, json.Span).ReadEvent();
            return streamEvent;
        }
        catch
        {
            streamEvent.Dispose();
            throw;
        }
    }

    private void ReadEvent()
    {
        _json.Read();
        _json.Expect(JsonTokenType.StartObject);
        while (_json.NextMember())
        {
            if (_json.Is("Records"u8))
            {
                ReadRecords();
            }
            else if (_json.Is("window"u8))
            {
                ReadWindow();
            }
            else if (_json.Is("state"u8))
            {
                ReadState();
            }
            else if (_event.StreamArn.Length == 0 && _json.Is("eventSourceARN"u8))
            {
                _event.StreamArn = ReadString() ?? "";
            }
            else
            {
                _json.Skip();
            }
        }

        _json.Read();
    }

    private void ReadWindow()
    {
        string? start = null, end = null;
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        _json.Expect(JsonTokenType.StartObject);
        while (_json.NextMember())
        {
            if (_json.Is("start"u8))
            {
                start = ReadString();
            }
            else if (_json.Is("end"u8))
            {
                end = ReadString();
            }
            else
            {
                _json.Skip();
            }
        }

        _event.Window = start is not null && end is not null ? new AggregationWindow(start, end) : null;
    }

    private void ReadState()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        _json.Expect(JsonTokenType.StartObject);
        while (_json.NextMember())
        {
            string name = _json.GetString()!;
            _json.Read();
            _event.State[name] = JsonElement.ParseValue(ref _json);
        }

        if (_event.State.TryGetValue(AggregatedBatch.HandedOverThrough, out JsonElement watermark) && watermark.ValueKind != JsonValueKind.String)
        {
            throw new JsonException($"state.{AggregatedBatch.HandedOverThrough} is not a string.");
        }
    }

    /// <summary>The value that follows the current name; null when it is no string.</summary>
    private string? ReadString()
    {
        _json.Read();
        string? text = _json.TokenType == JsonTokenType.String ? _json.GetString() : null;
        _json.Skip();
        return text;
    }

    private void ReadRecords()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        _json.Expect(JsonTokenType.StartArray);
        for (int position = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; position++)
        {
            ReadRecord(position);
        }
    }

    private void ReadRecord(int position)
    {
        RecordSlice record = new() { Timestamp = RecordSlice.NoTimestamp };
        bool? isInsert = null;
        _json.Expect(JsonTokenType.StartObject);
        int start = (int)_json.TokenStartIndex;
        while (_json.NextMember())
        {
            if (_json.Is("dynamodb"u8))
            {
                ReadStreamRecord(ref record, withImage: isInsert ?? true);
            }
            else if (_json.Is("eventName"u8))
            {
                _json.Read();
                isInsert = _json.TokenType == JsonTokenType.String ? _json.ValueTextEquals("INSERT"u8) : null;
                _json.Skip();
            }
            else if (_event.StreamArn.Length == 0 && _json.Is("eventSourceARN"u8))
            {
                _event.StreamArn = ReadString() ?? "";
            }
            else
            {
                _json.Skip();
            }
        }

        if (!SequenceDigits.IsValid(_event.Bytes(record.SequenceNumber)))
        {
            throw new JsonException($"Records[{position}].dynamodb.SequenceNumber is missing, or not a number of at most {SequenceDigits.MaxDigits} digits.");
        }

        record.Record = new Utf8Slice(start, (int)_json.BytesConsumed - start);
        _event.SequenceNumbers.Add(record.SequenceNumber);
        if (isInsert == false || record.IsStoredElsewhere)
        {
            _event.Skipped++;
        }
        else if (FaultOf(record, isInsert) is { } fault)
        {
            string sequenceNumber = Encoding.ASCII.GetString(_event.Bytes(record.SequenceNumber));
            _event.Unreadable.Add(new UnreadableRecord(sequenceNumber, Encoding.UTF8.GetString(_event.Bytes(record.Record)), $"Records[{position}].{fault}"));
        }
        else
        {
            _event.Add(record);
        }
    }

    private static string? FaultOf(in RecordSlice record, bool? isInsert) =>
        isInsert is null ? "eventName is missing"
        : record.Image.Length == 0 ? "dynamodb.NewImage is missing: the stream's view type must be NEW_IMAGE"
        : record.Customer.Length == 0 ? "dynamodb.NewImage.from is not a non-empty string"
        : record.Id.Length == 0 ? "dynamodb.NewImage.id is not a non-empty string"
        : null;

    private void ReadStreamRecord(ref RecordSlice record, bool withImage)
    {
        _json.Read();
        _json.Expect(JsonTokenType.StartObject);
        while (_json.NextMember())
        {
            if (_json.Is("SequenceNumber"u8))
            {
                _json.Read();
                record.SequenceNumber = _json.TokenType == JsonTokenType.String ? _event.Text(in _json) : default;
                _json.Skip();
            }
            else if (_json.Is("ApproximateCreationDateTime"u8))
            {
                _json.Read();
                record.CreatedAt = _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out double seconds) && seconds is > 0 and <= LastSecond ? (long)seconds : 0;
                _json.Skip();
            }
            else if (withImage && _json.Is("NewImage"u8))
            {
                ImageReader.Read(ref _json, _event, ref record);
            }
            else
            {
                _json.Skip();
            }
        }
    }
}
