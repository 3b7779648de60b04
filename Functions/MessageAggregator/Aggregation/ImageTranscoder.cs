using System.Text.Json;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>
/// Writes parts of a raw item as plain JSON, straight from DynamoDB's JSON. Strings and numbers are copied as they are spelt: nothing is
/// unescaped, no number becomes a double, and the result is never longer than the image.
/// </summary>
/// <param name="writer">Takes what is written.</param>
/// <param name="image">The raw item, <c>{"id": {"S": "…"}, …}</c>, or one value of it.</param>
internal ref struct ImageTranscoder(Utf8JsonWriter writer, ReadOnlySpan<byte> image)
{
    private static readonly string[] Storage =
        ["field", "context", "contact", "metadata", "redriven", "expiresAt", "receivedAt", "traceparent", "messaging_product"];

    private readonly ReadOnlySpan<byte> _image = image;
    private Utf8JsonReader _json = ForeignJson.Reader(image);

    /// <summary>Writes an attribute value, the JSON being one instead of an item.</summary>
    public void WriteOnlyValue()
    {
        _json.Read();
        WriteValue();
    }

    /// <summary>Writes the members of a message: its own fields, <c>context</c> being what it quotes.</summary>
    /// <param name="quotedBody">Stands for <c>text.body</c>: a JSON string with its quotes. Empty: the item's own.</param>
    public void WriteMessage(ReadOnlySpan<byte> quotedBody)
    {
        _json.Read();
        while (_json.NextMember())
        {
            if (IsOfStorage())
            {
                _json.Skip();
            }
            else if (_json.NameIs("message_context"u8))
            {
                WriteMemberAs("context"u8);
            }
            else if (!quotedBody.IsEmpty && _json.NameIs("text"u8))
            {
                WriteText(quotedBody);
            }
            else
            {
                WriteMember();
            }
        }
    }

    /// <summary>By the length of the name first, as <see cref="ImageReader"/> does.</summary>
    private readonly bool IsOfStorage() => (_json.ValueIsEscaped ? 0 : _json.ValueSpan.Length) switch
    {
        0 => IsOneOf(Storage),
        5 => _json.NameIs("field"u8),
        7 => _json.NameIs("context"u8) || _json.NameIs("contact"u8),
        8 => _json.NameIs("metadata"u8) || _json.NameIs("redriven"u8),
        9 => _json.NameIs("expiresAt"u8),
        10 => _json.NameIs("receivedAt"u8),
        11 => _json.NameIs("traceparent"u8),
        17 => _json.NameIs("messaging_product"u8),
        _ => false,
    };

    private readonly bool IsOneOf(string[] names)
    {
        foreach (string name in names)
        {
            if (_json.ValueTextEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    private void WriteText(ReadOnlySpan<byte> quotedBody)
    {
        writer.WriteStartObject("text"u8);
        _json.EnterValue();
        while (_json.NextMember())
        {
            if (_json.NameIs("body"u8))
            {
                _json.Skip();
            }
            else
            {
                WriteMember();
            }
        }

        _json.LeaveValue();
        writer.WritePropertyName("body"u8);
        writer.WriteRawValue(quotedBody, skipInputValidation: true);
        writer.WriteEndObject();
    }

    private void WriteMember()
    {
        if (_json.ValueIsEscaped)
        {
            writer.WritePropertyName(_json.GetString()!);
        }
        else
        {
            writer.WritePropertyName(_json.ValueSpan);
        }

        _json.Read();
        WriteValue();
    }

    private void WriteMemberAs(ReadOnlySpan<byte> name)
    {
        writer.WritePropertyName(name);
        _json.Read();
        WriteValue();
    }

    private void WriteValue()
    {
        ImageValueType type = _json.EnterCurrentValue();
        switch (type)
        {
            case ImageValueType.N:
                WriteNumber();
                break;
            case ImageValueType.S or ImageValueType.B:
                WriteString();
                break;
            case ImageValueType.BOOL:
                writer.WriteBooleanValue(_json.GetBoolean());
                break;
            case ImageValueType.NULL:
                writer.WriteNullValue();
                break;
            case ImageValueType.M:
                writer.WriteStartObject();
                while (_json.NextMember())
                {
                    WriteMember();
                }

                writer.WriteEndObject();
                break;
            default:
                WriteArray(type);
                break;
        }

        _json.LeaveValue();
    }

    private void WriteArray(ImageValueType type)
    {
        writer.WriteStartArray();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (type == ImageValueType.L)
            {
                WriteValue();
                continue;
            }

            _json.Expect(JsonTokenType.String);
            if (type == ImageValueType.NS)
            {
                WriteNumber();
            }
            else
            {
                WriteString();
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Copies the token, quotes and escapes included: the reader has just found it to be valid JSON.</summary>
    private readonly void WriteString() =>
        writer.WriteRawValue(_image.Slice((int)_json.TokenStartIndex, _json.ValueSpan.Length + 2), skipInputValidation: true);

    /// <summary>DynamoDB's numbers are JSON numbers; what is not one stays text rather than spoil the event.</summary>
    private readonly void WriteNumber()
    {
        if (JsonNumber.IsValid(_json.ValueSpan))
        {
            writer.WriteRawValue(_json.ValueSpan, skipInputValidation: true);
        }
        else
        {
            WriteString();
        }
    }
}
