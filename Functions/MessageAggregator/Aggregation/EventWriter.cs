using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>Writes aggregated events one after the other into one buffer.</summary>
internal sealed class EventWriter : IDisposable
{
    private readonly TimeWindowEvent _event;
    private readonly PooledBuffer _output;
    private readonly PooledBuffer _scratch = new(4_096);
    private readonly SharedValue _metadata = new();
    private readonly SharedValue _header = new();
    private readonly Utf8JsonWriter _json;

    public EventWriter(TimeWindowEvent streamEvent, PooledBuffer output, AggregationRule rule)
    {
        (_event, _output, Rule) = (streamEvent, output, rule);
        _json = new Utf8JsonWriter(output, ReadableJson.Options);
    }

    /// <summary>What is joined, and how.</summary>
    public AggregationRule Rule { get; }

    /// <summary>Writes one event of a hand-over.</summary>
    /// <param name="key">The conversation.</param>
    /// <param name="plan">What the event holds.</param>
    /// <param name="messages">The hand-over's records in the customer's order.</param>
    /// <param name="lastSequenceNumber">Of the hand-over.</param>
    /// <param name="part">Which of the hand-over's events this is.</param>
    /// <param name="rule">The hand-over's.</param>
    public OutboxEvent Write(ConversationKey key, EventPlan plan, ReadOnlySpan<int> messages, string lastSequenceNumber, int part, AggregationRule rule)
    {
        ReadOnlySpan<int> own = messages[plan.FirstMessage..(plan.LastMessage + 1)];
        string item = ConversationItems.Outbox(lastSequenceNumber, part);
        string id = IdOf(key, own, part);
        int offset = _output.Count;
        _json.Reset();
        _json.WriteStartObject();
        WriteHeader(own);
        _json.WriteStartArray("messages"u8);
        foreach (PlannedItem planned in plan.Items)
        {
            WriteItem(planned, messages);
        }

        _json.WriteEndArray();
        WriteAggregation(key, own, item, id, rule.Joins ? [] : StampedIn(plan, messages));
        _json.WriteEndObject();
        _json.Flush();
        return new OutboxEvent(_output, offset, id, item, plan.FirstMessage, own.Length);
    }

    /// <summary>Bytes that an event takes beside its messages: written for measure, and taken back.</summary>
    public int MeasureFrame(ConversationKey key, ReadOnlySpan<int> messages)
    {
        int start = _output.Count;
        _json.Reset();
        _json.WriteStartObject();
        WriteHeader(messages);
        WriteAggregation(key, [], ConversationItems.Outbox("0", 0), new string('0', 32), []);
        _json.WriteEndObject();
        _json.Flush();
        int bytes = _output.Count - start + "\"messages\":[],".Length;
        _output.TakeBack(bytes: _output.Count - start);
        return bytes;
    }

    public void Dispose()
    {
        _json.Dispose();
        _scratch.Dispose();
        _metadata.Dispose();
        _header.Dispose();
    }

    private ImageTranscoder Transcode(int message) => new(_json, _event.Bytes(_event.Record(message).Image));

    /// <summary>Header and contact as last seen: a profile may change its name in the middle of a burst.</summary>
    private void WriteHeader(ReadOnlySpan<int> messages)
    {
        ref RecordSlice last = ref _event.Record(messages[^1]);
        WriteValue("messaging_product"u8, last.MessagingProduct);
        WriteShared("metadata"u8, last.Metadata, _metadata);
        WriteShared("context"u8, last.Header, _header);
        WriteValue("field"u8, last.Field);
        _json.WriteStartArray("contacts"u8);
        if (last.IsOfGroup)
        {
            WriteContactsOfGroup(messages);
        }
        else
        {
            WriteLastContact(messages);
        }

        _json.WriteEndArray();
    }

    private void WriteLastContact(ReadOnlySpan<int> messages)
    {
        int withContact = messages.Length - 1;
        while (withContact > 0 && _event.Record(messages[withContact]).Contact.Length == 0)
        {
            withContact--;
        }

        WriteContact(_event.Record(messages[withContact]).Contact);
    }

    /// <summary>Each one once, in the order in which they wrote.</summary>
    private void WriteContactsOfGroup(ReadOnlySpan<int> messages)
    {
        List<Utf8Slice> written = [];
        foreach (int message in messages)
        {
            Utf8Slice contact = _event.Record(message).Contact;
            if (!written.Exists(other => _event.Bytes(other).SequenceEqual(_event.Bytes(contact))))
            {
                written.Add(contact);
                WriteContact(contact);
            }
        }
    }

    private void WriteContact(Utf8Slice contact)
    {
        if (contact.Length > 0)
        {
            new ImageTranscoder(_json, _event.Bytes(contact)).WriteOnlyValue();
        }
    }

    private void WriteValue(ReadOnlySpan<byte> name, Utf8Slice value)
    {
        if (value.Length == 0)
        {
            return;
        }

        _json.WritePropertyName(name);
        new ImageTranscoder(_json, _event.Bytes(value)).WriteOnlyValue();
    }

    private void WriteShared(ReadOnlySpan<byte> name, Utf8Slice value, SharedValue shared)
    {
        if (value.Length == 0)
        {
            return;
        }

        _json.WritePropertyName(name);
        _json.WriteRawValue(shared.Transcode(_event.Bytes(value)), skipInputValidation: true);
    }

    private void WriteItem(PlannedItem item, ReadOnlySpan<int> messages)
    {
        _json.WriteStartObject();
        Transcode(messages[item.Last]).WriteMessage(QuotedBody(item, messages));
        _json.WriteEndObject();
    }

    private ReadOnlySpan<byte> QuotedBody(PlannedItem item, ReadOnlySpan<int> messages)
    {
        if (item.Piece is null && item.First == item.Last)
        {
            return default;
        }

        _scratch.Clear();
        _scratch.Write("\""u8);
        if (item.Piece is not null)
        {
            _scratch.Write(JsonEncodedText.Encode(item.Piece, ReadableJson.Encoder).EncodedUtf8Bytes);
        }
        else
        {
            for (int i = item.First; i <= item.Last; i++)
            {
                if (i > item.First)
                {
                    _scratch.Write(Rule.Separator.EncodedUtf8Bytes);
                }

                _scratch.Write(_event.Bytes(_event.Record(messages[i]).EscapedBody));
            }
        }

        _scratch.Write("\""u8);
        return _scratch.Written.Span;
    }

    private void WriteAggregation(ConversationKey key, ReadOnlySpan<int> messages, string item, string id, int[] stamped)
    {
        _json.WriteStartObject("aggregation"u8);
        _json.WriteString("id"u8, id);
        _json.WriteString("customer"u8, key.Customer);
        _json.WriteString("phone_number_id"u8, key.PhoneNumberId);
        _json.WriteString("outbox_item"u8, item);
        if (_event.Window is { } window)
        {
            _json.WriteStartObject("window"u8);
            _json.WriteString("start"u8, window.Start);
            _json.WriteString("end"u8, window.End);
            _json.WriteEndObject();
        }

        long first = messages.IsEmpty ? long.MaxValue : _event.Record(messages[0]).Timestamp;
        if (first != RecordSlice.NoTimestamp)
        {
            _json.WriteNumber("first_timestamp"u8, first);
        }

        Utf8Slice receivedAt = LatestArrival(messages);
        if (receivedAt.Length > 0)
        {
            _json.WriteString("received_at"u8, _event.Bytes(receivedAt));
        }

        if (stamped.Length > 0)
        {
            _json.WriteStartArray("received"u8);
            foreach (int message in stamped)
            {
                _json.WriteStringValue(_event.Bytes(_event.Record(message).ReceivedAt));
            }

            _json.WriteEndArray();
            if (Rule.EndsWithWindow)
            {
                _json.WriteString("release_reason"u8, "Window"u8);
            }
        }

        _json.WriteStartArray("message_ids"u8);
        foreach (int message in messages)
        {
            _json.WriteStringValue(_event.Bytes(_event.Record(message).Id));
        }

        _json.WriteEndArray();
        _json.WriteStartArray("trace_parents"u8);
        foreach (int message in messages)
        {
            if (_event.Record(message).TraceParent.Length > 0)
            {
                _json.WriteStringValue(_event.Bytes(_event.Record(message).TraceParent));
            }
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private static int[] StampedIn(EventPlan plan, ReadOnlySpan<int> messages)
    {
        int[] stamped = new int[plan.Items.Count];
        for (int i = 0; i < stamped.Length; i++)
        {
            stamped[i] = messages[plan.Items[i].Last];
        }

        return stamped;
    }

    private Utf8Slice LatestArrival(ReadOnlySpan<int> messages)
    {
        Utf8Slice latest = default;
        foreach (int message in messages)
        {
            Utf8Slice receivedAt = _event.Record(message).ReceivedAt;
            if (_event.Bytes(receivedAt).SequenceCompareTo(_event.Bytes(latest)) > 0)
            {
                latest = receivedAt;
            }
        }

        return latest;
    }

    private string IdOf(ConversationKey key, ReadOnlySpan<int> messages, int part)
    {
        _scratch.Clear();
        _scratch.Write(Encoding.UTF8.GetBytes(key.ToString()));
        _scratch.Write([0, (byte)(part >> 8), (byte)part]);
        foreach (int message in messages)
        {
            _scratch.Write([0]);
            _scratch.Write(_event.Bytes(_event.Record(message).Id));
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_scratch.Written.Span, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
