using System.Runtime.InteropServices;

namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>Finds which records belong to one conversation, and which repeat a message.</summary>
internal sealed class ConversationGrouper
{
    private readonly TimeWindowEvent _event;
    private readonly Dictionary<int, int> _conversationOf;
    private readonly HashSet<int> _messages;
    private readonly List<List<int>> _conversations = [];

    private ConversationGrouper(TimeWindowEvent streamEvent)
    {
        _event = streamEvent;
        _conversationOf = new Dictionary<int, int>(new SameConversation(streamEvent));
        _messages = new HashSet<int>(streamEvent.Records.Length, new SameMessage(streamEvent));
    }

    /// <summary>
    /// Positions of records by conversation, conversations by their first record. Of a message that comes twice the first stays in place and
    /// the others are left out.
    /// </summary>
    /// <param name="streamEvent">In the stream's order.</param>
    /// <param name="duplicates">How many were left out.</param>
    public static List<List<int>> Group(TimeWindowEvent streamEvent, out int duplicates)
    {
        var grouper = new ConversationGrouper(streamEvent);
        duplicates = 0;
        for (int position = 0; position < streamEvent.Records.Length; position++)
        {
            duplicates += grouper.Add(position) ? 0 : 1;
        }

        return grouper._conversations;
    }

    private bool Add(int position)
    {
        if (!_messages.Add(position))
        {
            return false;
        }

        ref int conversation = ref CollectionsMarshal.GetValueRefOrAddDefault(_conversationOf, position, out bool known);
        if (!known)
        {
            conversation = _conversations.Count;
            _conversations.Add([]);
        }

        _conversations[conversation].Add(position);
        return true;
    }

    private class SameConversation(TimeWindowEvent streamEvent) : IEqualityComparer<int>
    {
        public virtual bool Equals(int x, int y)
        {
            ref RecordSlice left = ref streamEvent.Record(x), right = ref streamEvent.Record(y);
            return Same(left.Customer, right.Customer) && Same(left.PhoneNumberId, right.PhoneNumberId);
        }

        public virtual int GetHashCode(int position) => Hash(streamEvent.Record(position).Customer);

        protected bool Same(Utf8Slice left, Utf8Slice right) => streamEvent.Bytes(left).SequenceEqual(streamEvent.Bytes(right));

        protected int Hash(Utf8Slice text)
        {
            HashCode hash = default;
            hash.AddBytes(streamEvent.Bytes(text));
            return hash.ToHashCode();
        }
    }

    private sealed class SameMessage(TimeWindowEvent streamEvent) : SameConversation(streamEvent)
    {
        private readonly TimeWindowEvent _event = streamEvent;

        public override bool Equals(int x, int y) => Same(_event.Record(x).Id, _event.Record(y).Id) && base.Equals(x, y);

        public override int GetHashCode(int position) => Hash(_event.Record(position).Id);
    }
}
