using WhatsAppBuffer.MessageAggregator.Aggregation;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>What became of an event's conversations, which are handed over side by side.</summary>
internal sealed class HandOverProgress
{
    private readonly Lock _gate = new();
    private readonly List<Refusal> _refusals = [];
    private readonly List<(string Conversation, HandOver HandOver)> _handedOver = [];

    /// <summary>Aggregated events that the event handler was invoked with.</summary>
    public int Events { get; private set; }

    /// <summary>Conversations, or records that could not be put aside, that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>The lowest sequence number that was not handed over, as the event spells it: the mapping goes on from there.</summary>
    public string? FirstFailure { get; private set; }

    /// <summary>What can never be handed over, in the stream's order.</summary>
    public IReadOnlyList<Refusal> Refusals
    {
        get
        {
            lock (_gate)
            {
                return [.. _refusals.OrderBy(refusal => Padded(refusal.SequenceNumber), StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>What was handed over and comes again all the same, because it lies behind the first failure.</summary>
    public IReadOnlyList<(string Conversation, HandOver HandOver)> HandedOverInVain
    {
        get
        {
            lock (_gate)
            {
                return [.. _handedOver.Where(done => !IsBeforeFirstFailure(done.HandOver.LastSequenceNumber))];
            }
        }
    }

    public void Done(string conversation, HandOver handOver)
    {
        lock (_gate)
        {
            _handedOver.Add((conversation, handOver));
        }
    }

    public void HandedOver()
    {
        lock (_gate)
        {
            Events++;
        }
    }

    public void Refused(Refusal refusal)
    {
        lock (_gate)
        {
            _refusals.Add(refusal);
        }
    }

    public void Failed(string sequenceNumber)
    {
        lock (_gate)
        {
            Failures++;
            if (IsBeforeFirstFailure(sequenceNumber))
            {
                FirstFailure = sequenceNumber;
            }
        }
    }

    /// <summary>Whether the mapping will not deliver this record again.</summary>
    public bool IsBeforeFirstFailure(string sequenceNumber) =>
        FirstFailure is null || string.CompareOrdinal(Padded(sequenceNumber), Padded(FirstFailure)) < 0;

    private static string Padded(string sequenceNumber) => sequenceNumber.PadLeft(SequenceDigits.MaxDigits, '0');
}

/// <summary>Records that can never be handed over.</summary>
/// <param name="SequenceNumber">Of the first in the stream, as the event spells it.</param>
/// <param name="Records">All of them.</param>
/// <param name="Reason">What is wrong with them.</param>
/// <param name="ErrorCode">AWS's error code, or <c>UnreadableRecord</c>.</param>
/// <param name="Conversation">Whose; empty when that cannot be read.</param>
internal sealed record Refusal(string SequenceNumber, IReadOnlyList<string> Records, string Reason, string ErrorCode, string Conversation);
