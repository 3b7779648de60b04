using System.Text;
using System.Text.Json;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>A time-window event, aggregated by conversation. Its events' bytes live in pooled memory until it is disposed.</summary>
internal sealed class AggregatedBatch : IDisposable
{
    public const string HandedOverThrough = "handedOverThrough";

    private readonly TimeWindowEvent _event;
    private readonly PooledBuffer _output;

    internal AggregatedBatch(TimeWindowEvent streamEvent, AggregationRule rule)
    {
        _event = streamEvent;
        _output = new PooledBuffer(65_536);
        AlreadyHandedOver = streamEvent.SortAndDropThrough(Encoding.ASCII.GetBytes(Watermark));
        List<List<int>> groups = ConversationGrouper.Group(streamEvent, out int duplicates);
        Duplicates = duplicates;
        using var writer = new EventWriter(streamEvent, _output, rule);
        Conversations = groups.ConvertAll(positions =>
            new Conversation(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(positions), streamEvent, writer));
    }

    /// <summary>By their first record.</summary>
    public IReadOnlyList<Conversation> Conversations { get; }

    /// <summary>Records that should be forwarded and cannot be read.</summary>
    public IReadOnlyList<UnreadableRecord> Unreadable => _event.Unreadable;

    /// <summary>All records of the event, of any kind. 0 in the call that closes a window.</summary>
    public int Records => _event.SequenceNumbers.Count;

    /// <summary>REMOVE and MODIFY records.</summary>
    public int Skipped => _event.Skipped;

    /// <summary>Records that an earlier invocation of this window has forwarded.</summary>
    public int AlreadyHandedOver { get; }

    /// <summary>Records that repeat a message of this event.</summary>
    public int Duplicates { get; }

    /// <summary>The stream, or empty when the event does not say.</summary>
    public string StreamArn => _event.StreamArn;

    private string Watermark => _event.State.TryGetValue(HandedOverThrough, out JsonElement watermark) ? watermark.GetString()! : "";

    /// <summary>The window's state after this invocation: handed over is everything before the first record that failed.</summary>
    /// <param name="firstFailed">Sequence number of that record; null when none failed.</param>
    public IReadOnlyDictionary<string, JsonElement> StateAfter(string? firstFailed)
    {
        Dictionary<string, JsonElement> state = new(_event.State);
        byte[] watermark = Encoding.ASCII.GetBytes(Watermark);
        byte[]? bound = firstFailed is null ? null : Encoding.ASCII.GetBytes(firstFailed);
        foreach (Utf8Slice slice in _event.SequenceNumbers)
        {
            ReadOnlySpan<byte> candidate = _event.Bytes(slice);
            if (SequenceDigits.Compare(candidate, watermark) > 0 && (bound is null || SequenceDigits.Compare(candidate, bound) < 0))
            {
                watermark = candidate.ToArray();
            }
        }

        if (watermark.Length > 0)
        {
            state[HandedOverThrough] = ForeignJson.Element([(byte)'"', .. watermark, (byte)'"']);
        }

        return state;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _event.Dispose();
        _output.Dispose();
    }
}
