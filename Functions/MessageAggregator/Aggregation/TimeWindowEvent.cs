using System.Buffers;
using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>A DynamoDB time-window event, read but not copied: its bytes and where its INSERT records lie in them.</summary>
internal sealed class TimeWindowEvent(ReadOnlyMemory<byte> json) : IDisposable
{
    private readonly ReadOnlyMemory<byte> _json = json;
    private readonly PooledBuffer _unescaped = new(256);
    private RecordSlice[] _records = ArrayPool<RecordSlice>.Shared.Rent(16);
    private int _count;

    /// <summary>INSERT records, in the order of the event.</summary>
    public Span<RecordSlice> Records => _records.AsSpan(0, _count);

    public List<UnreadableRecord> Unreadable { get; } = [];

    /// <summary>Members that are none of ours too: whoever put them there finds them again.</summary>
    public Dictionary<string, JsonElement> State { get; } = [];

    /// <summary>Sequence numbers of all records, whatever happened to them.</summary>
    public List<Utf8Slice> SequenceNumbers { get; } = [];

    /// <summary>REMOVE and MODIFY records.</summary>
    public int Skipped { get; set; }

    public string StreamArn { get; set; } = "";

    public AggregationWindow? Window { get; set; }

    public ReadOnlySpan<byte> Bytes(Utf8Slice slice) => slice.Offset < _json.Length
        ? _json.Span.Slice(slice.Offset, slice.Length)
        : _unescaped.Written.Span.Slice(slice.Offset - _json.Length, slice.Length);

    public ref RecordSlice Record(int position) => ref _records[position];

    public void Add(in RecordSlice record)
    {
        if (_count == _records.Length)
        {
            RecordSlice[] larger = ArrayPool<RecordSlice>.Shared.Rent(_count * 2);
            Records.CopyTo(larger);
            ArrayPool<RecordSlice>.Shared.Return(_records);
            _records = larger;
        }

        _records[_count++] = record;
    }

    /// <summary>The current string: where it lies in the event, or, if it has JSON escapes, a copy without them.</summary>
    public Utf8Slice Text(in Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            return new Utf8Slice((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
        }

        int length = json.CopyString(_unescaped.GetSpan(json.ValueSpan.Length));
        var slice = new Utf8Slice(_json.Length + _unescaped.Count, length);
        _unescaped.Advance(length);
        return slice;
    }

    /// <summary>Brings the records into the stream's order, drops those at or before a sequence number, and says how many these were.</summary>
    public int SortAndDropThrough(ReadOnlySpan<byte> sequenceNumber)
    {
        if (!IsSorted())
        {
            Records.Sort((left, right) => SequenceDigits.Compare(Bytes(left.SequenceNumber), Bytes(right.SequenceNumber)));
        }

        int dropped = 0;
        while (dropped < _count && SequenceDigits.Compare(Bytes(_records[dropped].SequenceNumber), sequenceNumber) <= 0)
        {
            dropped++;
        }

        _records.AsSpan(dropped, _count - dropped).CopyTo(_records);
        _count -= dropped;
        return dropped;
    }

    public void Dispose()
    {
        _unescaped.Dispose();
        ArrayPool<RecordSlice>.Shared.Return(_records);
        _records = [];
        _count = 0;
    }

    private bool IsSorted()
    {
        for (int i = 1; i < _count; i++)
        {
            if (SequenceDigits.Compare(Bytes(_records[i - 1].SequenceNumber), Bytes(_records[i].SequenceNumber)) > 0)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A record that should be forwarded but cannot be read.</summary>
/// <param name="SequenceNumber">As the event spells it.</param>
/// <param name="Record">All of it.</param>
/// <param name="Reason">Names the record's position and the field.</param>
internal sealed record UnreadableRecord(string SequenceNumber, string Record, string Reason);
