using System.Buffers.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts.Joining;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>Finds in a raw item what aggregation looks at.</summary>
internal static class ImageReader
{
    private static readonly string[] Names =
    [
        "id", "from", "type", "text", "field", "context", "contact", "metadata", "group_id", "referral", "timestamp", "receivedAt", "traceparent", "storedUnder", "from_user_id",
        "message_context", "messaging_product", "from_phone_number",
    ];

    /// <summary>Reads the image that follows the current name; JSON null leaves the record without one.</summary>
    public static void Read(ref Utf8JsonReader json, TimeWindowEvent streamEvent, ref RecordSlice record)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        json.Expect(JsonTokenType.StartObject);
        int start = (int)json.TokenStartIndex;
        while (json.NextMember())
        {
            ReadAttribute(ref json, streamEvent, ref record);
        }

        record.Image = new Utf8Slice(start, (int)json.BytesConsumed - start);
    }

    /// <summary>By the length of the name first: an image has more than a dozen attributes, and a batch ten thousand images.</summary>
    private static void ReadAttribute(ref Utf8JsonReader json, TimeWindowEvent streamEvent, ref RecordSlice record)
    {
        switch (json.ValueIsEscaped ? LengthOfEscaped(ref json) : json.ValueSpan.Length)
        {
            case 2 when json.NameIs("id"u8):
                record.Id = ReadText(ref json, streamEvent);
                break;
            case 4 when json.NameIs("from"u8):
                record.Customer = ReadText(ref json, streamEvent);
                break;
            case 4 when json.NameIs("type"u8):
                ReadType(streamEvent.Bytes(ReadText(ref json, streamEvent)), ref record);
                break;
            case 4 when json.NameIs("text"u8):
                ReadBody(ref json, ref record);
                break;
            case 5 when json.NameIs("field"u8):
                record.Field = ReadValue(ref json);
                break;
            case 7 when json.NameIs("context"u8):
                record.Header = ReadValue(ref json);
                break;
            case 7 when json.NameIs("contact"u8):
                record.Contact = ReadValue(ref json);
                break;
            case 8 when json.NameIs("metadata"u8):
                ReadMetadata(ref json, streamEvent, ref record);
                break;
            case 8 when json.NameIs("group_id"u8):
                record.Traits |= ReadText(ref json, streamEvent).Length > 0 ? MessageTraits.Group : 0;
                break;
            case 8 when json.NameIs("referral"u8):
            case 15 when json.NameIs("message_context"u8):
                record.Traits |= ReadIsPresent(ref json) ? MessageTraits.OwnContext : 0;
                break;
            case 9 when json.NameIs("timestamp"u8):
                record.Timestamp = ReadTimestamp(ref json, streamEvent);
                break;
            case 10 when json.NameIs("receivedAt"u8):
                record.ReceivedAt = ReadText(ref json, streamEvent);
                break;
            case 11 when json.NameIs("traceparent"u8):
                record.TraceParent = ReadText(ref json, streamEvent);
                break;
            case 11 when json.NameIs("storedUnder"u8):
                record.IsStoredElsewhere = ReadIsPresent(ref json);
                break;
            case 12 when json.NameIs("from_user_id"u8):
                record.FromUserId = ReadValue(ref json);
                break;
            case 17 when json.NameIs("messaging_product"u8):
                record.MessagingProduct = ReadValue(ref json);
                break;
            case 17 when json.NameIs("from_phone_number"u8):
                record.FromPhoneNumber = ReadValue(ref json);
                break;
            default:
                json.Skip();
                break;
        }
    }

    /// <summary>How long a name is without its escapes; 0 when it is none of those that are read, and might be no Unicode.</summary>
    private static int LengthOfEscaped(ref Utf8JsonReader json)
    {
        foreach (string name in Names)
        {
            if (json.ValueTextEquals(name))
            {
                return name.Length;
            }
        }

        return 0;
    }

    private static void ReadType(ReadOnlySpan<byte> type, ref RecordSlice record)
    {
        record.Traits |= type.SequenceEqual("text"u8) ? MessageTraits.TextType : 0;
        record.IsCorrection |= type.SequenceEqual("edit"u8) || type.SequenceEqual("revoke"u8);
    }

    private static void ReadBody(ref Utf8JsonReader json, ref RecordSlice record)
    {
        if (json.EnterValue() == ImageValueType.M)
        {
            while (json.NextMember())
            {
                if (!json.NameIs("body"u8))
                {
                    json.Skip();
                    continue;
                }

                if (json.EnterValue() == ImageValueType.S)
                {
                    record.EscapedBody = new Utf8Slice((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
                    record.Traits |= MessageTraits.TextBody;
                }

                SkipRestOfValue(ref json);
            }
        }

        SkipRestOfValue(ref json);
    }

    private static void ReadMetadata(ref Utf8JsonReader json, TimeWindowEvent streamEvent, ref RecordSlice record)
    {
        int start = (int)json.BytesConsumed;
        if (json.EnterValue() == ImageValueType.M)
        {
            while (json.NextMember())
            {
                if (json.NameIs("phone_number_id"u8))
                {
                    record.PhoneNumberId = ReadText(ref json, streamEvent);
                }
                else
                {
                    json.Skip();
                }
            }
        }

        SkipRestOfValue(ref json);
        record.Metadata = new Utf8Slice(start, (int)json.BytesConsumed - start);
    }

    private static Utf8Slice ReadValue(ref Utf8JsonReader json)
    {
        int start = (int)json.BytesConsumed;
        json.Skip();
        return new Utf8Slice(start, (int)json.BytesConsumed - start);
    }

    private static long ReadTimestamp(ref Utf8JsonReader json, TimeWindowEvent streamEvent) =>
        Utf8Parser.TryParse(streamEvent.Bytes(ReadText(ref json, streamEvent)), out long seconds, out _) && seconds >= 0 ? seconds : RecordSlice.NoTimestamp;

    private static bool ReadIsPresent(ref Utf8JsonReader json)
    {
        bool present = json.EnterValue() != ImageValueType.NULL;
        SkipRestOfValue(ref json);
        return present;
    }

    /// <summary>The text of an S or N attribute, or nothing.</summary>
    private static Utf8Slice ReadText(ref Utf8JsonReader json, TimeWindowEvent streamEvent)
    {
        Utf8Slice text = json.EnterValue() is ImageValueType.S or ImageValueType.N ? streamEvent.Text(in json) : default;
        SkipRestOfValue(ref json);
        return text;
    }

    /// <summary>Moves to the closing brace of an attribute value, from any token directly in it.</summary>
    private static void SkipRestOfValue(ref Utf8JsonReader json)
    {
        json.Skip();
        json.LeaveValue();
    }
}
