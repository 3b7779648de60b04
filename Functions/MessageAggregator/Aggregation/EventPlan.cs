namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>One item of an event's <c>messages</c>: a message, a run of texts to join, or one piece of a text too long for an event.</summary>
/// <param name="First">Index of its first message among the hand-over's.</param>
/// <param name="Last">Index of its last message.</param>
/// <param name="Piece">The piece of text, or null for whole messages.</param>
internal readonly record struct PlannedItem(int First, int Last, string? Piece = null);

/// <summary>The items of one event.</summary>
internal sealed class EventPlan
{
    public List<PlannedItem> Items { get; } = [];

    public int FirstMessage => Items[0].First;

    public int LastMessage => Items[^1].Last;
}
