namespace WhatsAppBuffer.MessageAggregator;

/// <summary>What became of an event's conversations, which are handed over side by side.</summary>
internal sealed class HandOverProgress
{
    private readonly Lock _gate = new();

    /// <summary>Aggregated events that the event handler was invoked with.</summary>
    public int Events { get; private set; }

    /// <summary>Conversations, or unreadable records, that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>The lowest sequence number that was not handed over, as the event spells it: the mapping goes on from there.</summary>
    public string? FirstFailure { get; private set; }

    public void HandedOver()
    {
        lock (_gate)
        {
            Events++;
        }
    }

    public void Failed(string sequenceNumber)
    {
        lock (_gate)
        {
            Failures++;
            if (FirstFailure is null || string.CompareOrdinal(sequenceNumber.PadLeft(40, '0'), FirstFailure.PadLeft(40, '0')) < 0)
            {
                FirstFailure = sequenceNumber;
            }
        }
    }
}
