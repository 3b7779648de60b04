using System.Globalization;
using System.Text;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>Messages of a conversation that follow each other in the stream, and the events made of them; handed over as one.</summary>
internal sealed class HandOver
{
    private readonly TimeWindowEvent _event;
    private readonly int[] _positions;
    private readonly int[] _messages;
    private readonly AggregationRule _rule;
    private readonly ConversationKey _key;

    internal HandOver(ConversationKey key, int[] positions, TimeWindowEvent streamEvent, EventWriter writer)
    {
        (_key, _positions, _event) = (key, positions, streamEvent);
        _rule = positions.Length > 1 && Array.Exists(positions, position => streamEvent.Record(position).IsCorrection) ? writer.Rule.WithCorrections() : writer.Rule;
        FirstSequenceNumber = SequenceNumberOf(positions[0]);
        LastSequenceNumber = SequenceNumberOf(positions[^1]);
        _messages = InCustomersOrder();
        Events = WriteEvents(writer);
    }

    private HandOver(HandOver whole, IReadOnlyList<OutboxEvent> events)
    {
        (_key, _positions, _messages, _event, _rule) = (whole._key, whole._positions, whole._messages, whole._event, whole._rule);
        (FirstSequenceNumber, LastSequenceNumber, Events) = (whole.FirstSequenceNumber, whole.LastSequenceNumber, events);
    }

    /// <summary>Of the first message in the stream: 40 digits, so that two of them compare as strings.</summary>
    public string FirstSequenceNumber { get; }

    /// <summary>The first message's sequence number as the event spells it: what a batch item failure names.</summary>
    public string FirstItemIdentifier => Encoding.ASCII.GetString(_event.Bytes(_event.Record(_positions[0]).SequenceNumber));

    /// <summary>Of the last message in the stream: 40 digits.</summary>
    public string LastSequenceNumber { get; }

    /// <summary>When the stream had the newest of its messages; null when no record says.</summary>
    public DateTimeOffset? NewestRecordAt =>
        _positions.Max(position => _event.Record(position).CreatedAt) is > 0 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>When the stream had the oldest of its messages; null when a record does not say.</summary>
    public DateTimeOffset? OldestRecordAt =>
        _positions.Min(position => _event.Record(position).CreatedAt) is > 0 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>In the customer's order. More than one only when one would be too large.</summary>
    public IReadOnlyList<OutboxEvent> Events { get; }

    /// <summary>Where its messages come from, in the customer's order.</summary>
    public IReadOnlyList<MessageOrigin> Origins => Array.ConvertAll(_messages, OriginOf);

    /// <summary>W3C trace context of the customer's first message; null when it carries none.</summary>
    public string? TraceParent => OriginOf(_messages[0]).TraceParent;

    /// <summary>The same without the messages up to a sequence number: what is left to do when these were handed over before.</summary>
    /// <param name="sequenceNumber">40 digits.</param>
    /// <returns>Null when nothing is left.</returns>
    public HandOver? After(string sequenceNumber)
    {
        int[] rest = Array.FindAll(_positions, position => string.CompareOrdinal(SequenceNumberOf(position), sequenceNumber) > 0);
        if (rest.Length == 0)
        {
            return null;
        }

        using var writer = new EventWriter(_event, new PooledBuffer(4_096), _rule);
        return new HandOver(_key, rest, _event, writer);
    }

    /// <summary>The same without some of its events: it still reaches as far in the stream.</summary>
    public HandOver Without(IReadOnlyCollection<OutboxEvent> events) => new(this, [.. Events.Except(events)]);

    /// <summary>The stream's records that events are made of, as the mapping handed them over.</summary>
    public IEnumerable<string> RecordsOf(IEnumerable<OutboxEvent> events) => events
        .SelectMany(outboxEvent => _messages[outboxEvent.FirstMessage..(outboxEvent.FirstMessage + outboxEvent.Messages)])
        .Distinct()
        .Select(position => Encoding.UTF8.GetString(_event.Bytes(_event.Record(position).Record)));

    private MessageOrigin OriginOf(int position)
    {
        RecordSlice record = _event.Record(position);
        string traceParent = Encoding.UTF8.GetString(_event.Bytes(record.TraceParent));
        string receivedAt = Encoding.UTF8.GetString(_event.Bytes(record.ReceivedAt));
        return new MessageOrigin(
            traceParent.Length > 0 ? traceParent : null,
            DateTimeOffset.TryParse(receivedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null);
    }

    private string SequenceNumberOf(int position) => SequenceDigits.Pad(_event.Bytes(_event.Record(position).SequenceNumber));

    private OutboxEvent[] WriteEvents(EventWriter writer)
    {
        int frame = IsSurelyWithinLimit() ? 0 : writer.MeasureFrame(_key, _messages);
        List<EventPlan> plans = EventPlanner.Plan(_event, _messages, frame, _rule);
        var events = new OutboxEvent[plans.Count];
        for (int part = 0; part < events.Length; part++)
        {
            events[part] = writer.Write(_key, plans[part], _messages, LastSequenceNumber, part, _rule);
        }

        return events;
    }

    /// <summary>
    /// WhatsApp's timestamps have whole seconds: between equal ones decides when End User Messaging got the messages, then the stream. The
    /// stream alone would not do, because the messages of one second may be stored side by side. A message without a timestamp keeps its place.
    /// </summary>
    private int[] InCustomersOrder()
    {
        var timestamps = new long[_positions.Length];
        bool sorted = true;
        for (int i = 0; i < timestamps.Length; i++)
        {
            long own = _event.Record(_positions[i]).Timestamp;
            timestamps[i] = own != RecordSlice.NoTimestamp ? own : i == 0 ? 0 : timestamps[i - 1];
            sorted &= i == 0 || Compare(i - 1, i) <= 0;
        }

        if (sorted)
        {
            return _positions;
        }

        int[] order = [.. Enumerable.Range(0, timestamps.Length).Order(Comparer<int>.Create(Compare))];
        return Array.ConvertAll(order, i => _positions[i]);

        int Compare(int one, int other) =>
            timestamps[one] != timestamps[other]
                ? timestamps[one].CompareTo(timestamps[other])
                : _event.Bytes(_event.Record(_positions[one]).ReceivedAt).SequenceCompareTo(_event.Bytes(_event.Record(_positions[other]).ReceivedAt));
    }

    private bool IsSurelyWithinLimit()
    {
        const int AggregationBytes = 512;
        long bytes = AggregationBytes + (3 * (_key.Customer.Length + _key.PhoneNumberId.Length));
        foreach (int position in _positions)
        {
            ref RecordSlice record = ref _event.Record(position);
            bytes += record.Image.Length + record.Id.Length + record.TraceParent.Length + _rule.SeparatorBytes;
        }

        return bytes <= _rule.MaxEventBytes;
    }
}
