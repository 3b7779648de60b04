using System.Text;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>What one event brings of one conversation.</summary>
internal sealed class Conversation
{
    /// <summary>A transaction of DynamoDB takes 4 MB, and aggregates are never longer than their images.</summary>
    private const int MaxHandOverBytes = 2 * 1024 * 1024;

    internal Conversation(ReadOnlySpan<int> positions, TimeWindowEvent streamEvent, EventWriter writer)
    {
        ref RecordSlice first = ref streamEvent.Record(positions[0]);
        Key = new ConversationKey(Encoding.UTF8.GetString(streamEvent.Bytes(first.Customer)), Encoding.UTF8.GetString(streamEvent.Bytes(first.PhoneNumberId)));
        Name = Key.ToString();
        List<HandOver> handOvers = new(1);
        while (!positions.IsEmpty)
        {
            int count = CountWithin(positions, streamEvent);
            handOvers.Add(new HandOver(Key, positions[..count].ToArray(), streamEvent, writer));
            positions = positions[count..];
        }

        HandOvers = handOvers;
    }

    /// <summary>Whose.</summary>
    public ConversationKey Key { get; }

    /// <summary>The key as one string.</summary>
    public string Name { get; }

    /// <summary>To be handed over one after the other: one, unless the messages are more than a transaction takes.</summary>
    public IReadOnlyList<HandOver> HandOvers { get; }

    private static int CountWithin(ReadOnlySpan<int> positions, TimeWindowEvent streamEvent)
    {
        int bytes = 0;
        for (int count = 0; count < positions.Length; count++)
        {
            bytes += streamEvent.Record(positions[count]).Image.Length;
            if (bytes > MaxHandOverBytes && count > 0)
            {
                return count;
            }
        }

        return positions.Length;
    }
}
