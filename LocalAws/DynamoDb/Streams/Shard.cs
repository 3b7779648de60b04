namespace LocalAws.DynamoDb.Streams;

/// <summary>One shard: the records of a range of partition keys, from its opening to its closing. Guarded by its stream's lock.</summary>
/// <param name="id">Its id.</param>
/// <param name="parentId">The shard it continues, or null.</param>
/// <param name="hashes">The partition keys' hashes it takes.</param>
/// <param name="first">The sequence number it begins with.</param>
internal sealed class Shard(string id, string? parentId, HashRange hashes, ulong first)
{
    private readonly List<StreamRecord> _records = [];
    private int _trimmed;

    public string Id => id;

    public string? ParentId => parentId;

    public HashRange Hashes => hashes;

    public ulong First { get; } = first;

    /// <summary>The last sequence number, once the shard is closed.</summary>
    public ulong? Last { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The oldest sequence number that can still be read.</summary>
    public ulong Horizon { get; private set; } = first;

    public void Append(StreamRecord record) => _records.Add(record);

    public void Close(ulong last, DateTimeOffset now)
    {
        Last = Math.Max(last, First);
        ClosedAt = now;
    }

    /// <summary>The records from a sequence number on, within the limits of one page.</summary>
    public List<StreamRecord> Read(ulong from, int limit, int maxBytes)
    {
        var page = new List<StreamRecord>();
        int bytes = 0;
        for (int i = IndexOf(from); i < _records.Count && page.Count < limit; i++)
        {
            bytes += _records[i].SizeBytes;
            if (bytes > maxBytes && page.Count > 0)
            {
                break;
            }

            page.Add(_records[i]);
        }

        return page;
    }

    /// <summary>Forgets records written at or before a time. The list is compacted only when half of it is gone.</summary>
    public void Trim(DateTimeOffset horizon)
    {
        while (_trimmed < _records.Count && _records[_trimmed].WrittenAt <= horizon)
        {
            Horizon = _records[_trimmed].Number + 1;
            _trimmed++;
        }

        if (_trimmed > _records.Count / 2)
        {
            _records.RemoveRange(0, _trimmed);
            _trimmed = 0;
        }
    }

    public void Clear()
    {
        _records.Clear();
        _trimmed = 0;
    }

    private int IndexOf(ulong from)
    {
        int low = _trimmed, high = _records.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _records[middle].Number < from ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>A range of partition keys' hashes, both ends included.</summary>
internal readonly record struct HashRange(uint From, uint To)
{
    public bool Contains(uint hash) => hash >= From && hash <= To;

    public (HashRange Lower, HashRange Upper) Split()
    {
        uint middle = From + ((To - From) / 2);
        return (this with { To = middle }, this with { From = middle + 1 });
    }

    /// <summary>The whole range in equal parts.</summary>
    public static IEnumerable<HashRange> Parts(int count) =>
        Enumerable.Range(0, count).Select(i => new HashRange((uint)((1L << 32) * i / count), (uint)(((1L << 32) * (i + 1) / count) - 1)));
}
