using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.Contracts.Text;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>
/// Decides what is joined, and where an event ends so that it stays within the size limit. Sizes are upper bounds, taken from the images
/// without writing anything. A run is cut between two messages; only a text too long for an event of its own is cut inside.
/// </summary>
internal sealed class EventPlanner
{
    private const int MinPieceBytes = 256;

    private readonly TimeWindowEvent _event;
    private readonly int[] _messages;
    private readonly AggregationRule _rule;
    private readonly int _frame;
    private readonly List<EventPlan> _events = [];
    private int _size;
    private int _runFields;
    private bool _closed = true;

    private EventPlanner(TimeWindowEvent streamEvent, int[] messages, int frame, AggregationRule rule) =>
        (_event, _messages, _frame, _rule) = (streamEvent, messages, frame, rule);

    /// <summary>Plans the events of a hand-over.</summary>
    /// <param name="streamEvent">Holds the records.</param>
    /// <param name="messages">Positions of its records, in the customer's order.</param>
    /// <param name="frame">Upper bound of what an event takes beside its messages.</param>
    /// <param name="rule">What is joined, and the limit.</param>
    public static List<EventPlan> Plan(TimeWindowEvent streamEvent, int[] messages, int frame, AggregationRule rule)
    {
        var planner = new EventPlanner(streamEvent, messages, frame, rule);
        for (int index = 0; index < messages.Length; index++)
        {
            planner.Add(index);
        }

        return planner._events;
    }

    private void Add(int index)
    {
        ref RecordSlice record = ref _event.Record(_messages[index]);
        int mention = record.Id.Length + record.TraceParent.Length + 6 + (_rule.Joins ? 0 : record.ReceivedAt.Length + 3);
        if (!TryJoin(index, record, mention) && !TryAppend(index, record, mention))
        {
            Begin();
            if (!TryAppend(index, record, mention))
            {
                AddAlone(index, record, mention);
            }
        }
    }

    private bool TryJoin(int index, in RecordSlice record, int mention)
    {
        if (_closed || !_rule.Joins || !JoiningRule.JoinsTexts(Seen(_event.Record(_messages[index - 1])), Seen(record), _rule.Joining))
        {
            return false;
        }

        int moreFields = Math.Max(0, record.FieldBytes - _runFields);
        int bytes = record.EscapedBody.Length + _rule.SeparatorBytes + moreFields + mention;
        if (_size + bytes > _rule.MaxEventBytes)
        {
            return false;
        }

        _size += bytes;
        _runFields += moreFields;
        List<PlannedItem> items = _events[^1].Items;
        items[^1] = items[^1] with { Last = index };
        return true;
    }

    private bool TryAppend(int index, in RecordSlice record, int mention)
    {
        int bytes = record.Image.Length + mention;
        if (_closed || _size + bytes > _rule.MaxEventBytes)
        {
            return false;
        }

        _size += bytes;
        _runFields = 0;
        _events[^1].Items.Add(new PlannedItem(index, index));
        return true;
    }

    private void AddAlone(int index, in RecordSlice record, int mention)
    {
        if (!record.IsText)
        {
            _events[^1].Items.Add(new PlannedItem(index, index));
            _closed = true;
            return;
        }

        int room = Math.Max(MinPieceBytes, _rule.MaxEventBytes - _frame - record.FieldBytes - mention);
        foreach (string piece in Pieces(BodyOf(record), room, room))
        {
            if (_closed)
            {
                Begin();
            }

            _events[^1].Items.Add(new PlannedItem(index, index, piece));
            _closed = true;
        }
    }

    private JoiningMessage Seen(in RecordSlice record) => new(record.Traits, record.Timestamp, _event.Bytes(record.Writer));

    private void Begin()
    {
        _events.Add(new EventPlan());
        _size = _frame;
        _closed = false;
    }

    /// <summary>JSON escapes may make a piece longer than its text: then it is cut smaller.</summary>
    private static IEnumerable<string> Pieces(string text, int limit, int room)
    {
        foreach (TextPiece piece in TextSplitter.Split(text, limit, TextUnit.Utf8Bytes))
        {
            int escaped = JsonEncodedText.Encode(piece.Text, ReadableJson.Encoder).EncodedUtf8Bytes.Length;
            IEnumerable<string> fitting = escaped <= room || limit <= MinPieceBytes ? [piece.Text] : Pieces(piece.Text, limit / 2, room);
            foreach (string part in fitting)
            {
                yield return part;
            }
        }
    }

    private string BodyOf(in RecordSlice record)
    {
        Utf8Slice body = record.EscapedBody;
        var json = ForeignJson.Reader(_event.Bytes(new Utf8Slice(body.Offset - 1, body.Length + 2)));
        json.Read();
        return json.GetString()!;
    }
}
