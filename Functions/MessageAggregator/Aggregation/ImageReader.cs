using System.Buffers.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>Finds in a raw item what aggregation looks at.</summary>
internal static class ImageReader
{
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
            if (json.NameIs("from"u8))
            {
                record.Customer = ReadText(ref json, streamEvent);
            }
            else if (json.NameIs("id"u8))
            {
                record.Id = ReadText(ref json, streamEvent);
            }
            else if (json.NameIs("timestamp"u8))
            {
                record.Timestamp = ReadTimestamp(ref json, streamEvent);
            }
            else if (json.NameIs("type"u8))
            {
                record.Traits |= streamEvent.Bytes(ReadText(ref json, streamEvent)).SequenceEqual("text"u8) ? MessageTraits.TextType : 0;
            }
            else if (json.NameIs("text"u8))
            {
                ReadBody(ref json, ref record);
            }
            else if (json.NameIs("metadata"u8))
            {
                ReadMetadata(ref json, streamEvent, ref record);
            }
            else if (json.NameIs("traceparent"u8))
            {
                record.TraceParent = ReadText(ref json, streamEvent);
            }
            else if (json.NameIs("receivedAt"u8))
            {
                record.ReceivedAt = ReadText(ref json, streamEvent);
            }
            else if (json.NameIs("message_context"u8) || json.NameIs("referral"u8))
            {
                record.Traits |= ReadIsPresent(ref json) ? MessageTraits.OwnContext : 0;
            }
            else if (json.NameIs("context"u8))
            {
                record.Header = ReadValue(ref json);
            }
            else if (json.NameIs("messaging_product"u8))
            {
                record.MessagingProduct = ReadValue(ref json);
            }
            else if (json.NameIs("field"u8))
            {
                record.Field = ReadValue(ref json);
            }
            else if (json.NameIs("contact"u8))
            {
                record.Contact = ReadValue(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        record.Image = new Utf8Slice(start, (int)json.BytesConsumed - start);
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
