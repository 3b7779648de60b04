using LocalAws.DynamoDb.Streams;
using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Lambda.EventSourceMappings.Shards;

/// <summary>Records read and not yet handed over, and the batching timer: it starts with the first waiting record or when the batch before was handed over.</summary>
internal sealed class BatchBuffer(StreamMappingSettings settings)
{
    /// <summary>What an event needs besides records and state, generously.</summary>
    private const int EnvelopeBytes = 1024;

    private readonly List<(StreamEntry Entry, DateTimeOffset ReadAt)> _waiting = [];
    private DateTimeOffset _handedOverAt = DateTimeOffset.MinValue;

    public int Count => _waiting.Count;

    public StreamEntry? Head => _waiting.Count == 0 ? null : _waiting[0].Entry;

    /// <summary>Whether the next batch may still grow.</summary>
    public bool WantsMore => _waiting.Count < settings.BatchSize;

    public void Add(IReadOnlyList<StreamEntry> records, DateTimeOffset now) => _waiting.AddRange(records.Select(r => (r, now)));

    /// <summary>A batch was handed over now: the timer of the next one starts.</summary>
    public void HandedOver(DateTimeOffset now) => _handedOverAt = now;

    /// <summary>Takes the leading records that are older than allowed.</summary>
    public IReadOnlyList<StreamEntry> TakeOlderThan(DateTimeOffset oldest) => Take(_waiting.TakeWhile(w => w.Entry.CreatedAt < oldest).Count());

    /// <summary>Takes the next batch if it is full, cannot grow any more or its time is over.</summary>
    /// <param name="now">The time.</param>
    /// <param name="end">The end of the open window: later records belong to another batch.</param>
    /// <param name="stateBytes">The state's size, which shares the 6 MB of an event.</param>
    /// <param name="ended">Whether the shard has no more records.</param>
    /// <returns>The batch, or an empty one and the time its timer runs out, if anything waits.</returns>
    public (IReadOnlyList<StreamEntry> Batch, DateTimeOffset? DueAt) TakeBatch(DateTimeOffset now, DateTimeOffset? end, int stateBytes, bool ended)
    {
        int count = 0;
        int bytes = EnvelopeBytes + stateBytes;
        while (count < _waiting.Count && count < settings.BatchSize && (end is null || _waiting[count].Entry.CreatedAt < end))
        {
            bytes += _waiting[count].Entry.Json.Length + 1;
            if (count > 0 && bytes > PlatformErrors.MaxPayloadBytes)
            {
                break;
            }

            count++;
        }

        if (count == 0)
        {
            return ([], null);
        }

        bool complete = ended || count == settings.BatchSize || count < _waiting.Count;
        DateTimeOffset timerStart = _waiting[0].ReadAt > _handedOverAt ? _waiting[0].ReadAt : _handedOverAt;
        DateTimeOffset dueAt = timerStart + settings.BatchingWindow;
        return complete || now >= dueAt ? (Take(count), null) : ([], dueAt);
    }

    private StreamEntry[] Take(int count)
    {
        StreamEntry[] taken = [.. _waiting.Take(count).Select(w => w.Entry)];
        _waiting.RemoveRange(0, count);
        return taken;
    }
}
