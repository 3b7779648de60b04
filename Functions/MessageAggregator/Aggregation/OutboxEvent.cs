using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>One aggregated event as it goes to the outbox and to the event handler: the JSON of an <see cref="AggregatedEvent"/>.</summary>
internal sealed class OutboxEvent
{
    private readonly PooledBuffer _buffer;
    private readonly int _offset;
    private readonly int _length;

    internal OutboxEvent(PooledBuffer buffer, int offset, string aggregationId, string item, int firstMessage, int messages)
    {
        (_buffer, _offset, _length) = (buffer, offset, buffer.Count - offset);
        (AggregationId, Item, FirstMessage, Messages) = (aggregationId, item, firstMessage, messages);
    }

    /// <summary><see cref="Contracts.Aggregation.Id"/>.</summary>
    public string AggregationId { get; }

    /// <summary>Sort key in the conversation's outbox.</summary>
    public string Item { get; }

    /// <summary>Index of its first raw message among the hand-over's.</summary>
    public int FirstMessage { get; }

    /// <summary>How many raw messages it carries.</summary>
    public int Messages { get; }

    /// <summary>UTF-8 JSON; valid until the <see cref="AggregatedBatch"/> is disposed.</summary>
    public ReadOnlyMemory<byte> Json => _buffer.Written.Slice(_offset, _length);
}
