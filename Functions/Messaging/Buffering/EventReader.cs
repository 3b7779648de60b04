using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace WhatsAppBuffer.Messaging.Buffering;

/// <summary>Reads a DynamoDB time-window event in one pass over its bytes. Names of members may differ in case, see <see cref="AttributeValueReader"/>.</summary>
internal ref struct EventReader
{
    private readonly StreamEvent _event;
    private Utf8JsonReader _json;

    private EventReader(StreamEvent streamEvent, ReadOnlySpan<byte> json)
    {
        _event = streamEvent;
        _json = new Utf8JsonReader(json, ImageTranscoder.ReaderOptions);
    }

    /// <exception cref="JsonException">The event is not a time-window event; the message names the field or byte.</exception>
    public static StreamEvent Read(ReadOnlyMemory<byte> json)
    {
        var streamEvent = new StreamEvent(json);
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
                ReadRecords();
            else if (_json.Is("window"u8))
                ReadWindow();
            else if (_json.Is("state"u8))
                ReadState();
            else if (_json.Is("eventSourceARN"u8))
                ReadStreamArn();
            else
                _json.Skip();
        }

        _json.Read();
    }

    private void ReadWindow()
    {
        string? start = null, end = null;
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
            return;
        _json.Expect(JsonTokenType.StartObject);
        while (_json.NextMember())
        {
            bool isStart = _json.Is("start"u8), isEnd = _json.Is("end"u8);
            _json.Read();
            if (isStart)
                start = _json.GetString();
            else if (isEnd)
                end = _json.GetString();
            else
                _json.Skip();
        }

        _event.Window = start is not null && end is not null ? new AggregationWindow(start, end) : null;
    }

    private void ReadState()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
            return;
        _json.Expect(JsonTokenType.StartObject);
        while (_json.NextMember())
        {
            string name = _json.GetString()!;
            _json.Read();
            if (_json.TokenType is JsonTokenType.String)
                _event.State[name] = _json.GetString()!;
            else
                throw new JsonException($"state.{name} is not a string.");
        }
    }

    private void ReadStreamArn()
    {
        _json.Read();
        if (_event.StreamArn.Length == 0 && _json.TokenType == JsonTokenType.String)
            _event.StreamArn = _json.GetString()!;
    }

    private void ReadRecords()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
            return;
        _json.Expect(JsonTokenType.StartArray);
        for (int position = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; position++)
            ReadRecord(position);
    }

    private void ReadRecord(int position)
    {
        RecordSlice record = new() { Timestamp = RecordSlice.NoTimestamp };
        bool? isInsert = null;
        _json.Expect(JsonTokenType.StartObject);
        while (_json.NextMember())
        {
            if (_json.Is("dynamodb"u8))
                ReadStreamRecord(ref record, withImage: isInsert ?? true);
            else if (_json.Is("eventName"u8))
                isInsert = _json.Read() && _json.TokenType == JsonTokenType.String ? _json.ValueTextEquals("INSERT"u8) : null;
            else if (_event.StreamArn.Length == 0 && _json.Is("eventSourceARN"u8))
                ReadStreamArn();
            else
                _json.Skip();
        }

        if (!SequenceNumber.IsValid(_event.Bytes(record.SequenceNumber)))
            throw new JsonException($"Records[{position}].dynamodb.SequenceNumber is missing, or not a number of at most {SequenceNumber.MaxDigits} digits.");
        _event.SequenceNumbers.Add(record.SequenceNumber);
        if (isInsert == false)
            _event.Skipped++;
        else if (FaultOf(record, isInsert) is { } fault)
            _event.Unreadable.Add(new UnreadableRecord(Encoding.ASCII.GetString(_event.Bytes(record.SequenceNumber)), $"Records[{position}].{fault}"));
        else
            _event.Add(record);
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
                record.SequenceNumber = _json.TokenType == JsonTokenType.String ? Text() : default;
            }
            else if (withImage && _json.Is("NewImage"u8))
            {
                ReadImage(ref record);
            }
            else
            {
                _json.Skip();
            }
        }
    }

    private void ReadImage(ref RecordSlice record)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
            return;
        _json.Expect(JsonTokenType.StartObject);
        int start = (int)_json.TokenStartIndex;
        while (_json.NextMember())
        {
            if (_json.NameIs("from"u8))
                record.Customer = ReadText();
            else if (_json.NameIs("id"u8))
                record.Id = ReadText();
            else if (_json.NameIs("timestamp"u8))
                record.Timestamp = ReadTimestamp();
            else if (_json.NameIs("type"u8))
                record.Traits |= _event.Bytes(ReadText()).SequenceEqual("text"u8) ? RecordTraits.TextType : 0;
            else if (_json.NameIs("text"u8))
                ReadBody(ref record);
            else if (_json.NameIs("metadata"u8))
                ReadMetadata(ref record);
            else if (_json.NameIs("traceparent"u8))
                record.TraceParent = ReadText();
            else if (_json.NameIs("receivedAt"u8))
                record.ReceivedAt = ReadText();
            else if (_json.NameIs("message_context"u8) || _json.NameIs("referral"u8))
                record.Traits |= ReadIsPresent() ? RecordTraits.OwnContext : 0;
            else if (_json.NameIs("context"u8))
                record.Header = ReadValue();
            else if (_json.NameIs("messaging_product"u8))
                record.MessagingProduct = ReadValue();
            else if (_json.NameIs("field"u8))
                record.Field = ReadValue();
            else if (_json.NameIs("contact"u8))
                record.Contact = ReadValue();
            else
                _json.Skip();
        }

        record.Image = new Utf8Slice(start, (int)_json.BytesConsumed - start);
    }

    private void ReadBody(ref RecordSlice record)
    {
        if (_json.EnterValue() == AttributeType.M)
        {
            while (_json.NextMember())
            {
                if (!_json.NameIs("body"u8))
                {
                    _json.Skip();
                    continue;
                }

                if (_json.EnterValue() == AttributeType.S)
                {
                    record.EscapedBody = new Utf8Slice((int)_json.TokenStartIndex + 1, _json.ValueSpan.Length);
                    record.Traits |= RecordTraits.TextBody;
                }

                SkipRestOfValue();
            }
        }

        SkipRestOfValue();
    }

    private void ReadMetadata(ref RecordSlice record)
    {
        int start = (int)_json.BytesConsumed;
        if (_json.EnterValue() == AttributeType.M)
        {
            while (_json.NextMember())
            {
                if (_json.NameIs("phone_number_id"u8))
                    record.PhoneNumberId = ReadText();
                else
                    _json.Skip();
            }
        }

        SkipRestOfValue();
        record.Metadata = new Utf8Slice(start, (int)_json.BytesConsumed - start);
    }

    private Utf8Slice ReadValue()
    {
        int start = (int)_json.BytesConsumed;
        _json.Skip();
        return new Utf8Slice(start, (int)_json.BytesConsumed - start);
    }

    private long ReadTimestamp() =>
        Utf8Parser.TryParse(_event.Bytes(ReadText()), out long seconds, out int used) && used > 0 && seconds >= 0 ? seconds : RecordSlice.NoTimestamp;

    private bool ReadIsPresent()
    {
        bool present = _json.EnterValue() != AttributeType.NULL;
        SkipRestOfValue();
        return present;
    }

    /// <summary>The text of an S or N attribute, or nothing.</summary>
    private Utf8Slice ReadText()
    {
        Utf8Slice text = _json.EnterValue() is AttributeType.S or AttributeType.N ? Text() : default;
        SkipRestOfValue();
        return text;
    }

    private readonly Utf8Slice Text()
    {
        if (!_json.ValueIsEscaped)
            return new Utf8Slice((int)_json.TokenStartIndex + 1, _json.ValueSpan.Length);
        return _event.Keep(_json.CopyString(_event.Unescape(_json.ValueSpan.Length)));
    }

    /// <summary>Moves to the closing brace of an attribute value, from any token directly in it.</summary>
    private void SkipRestOfValue()
    {
        _json.Skip();
        _json.LeaveValue();
    }
}
