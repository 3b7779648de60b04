using WhatsAppBuffer.Simulator.Page.Recording;

namespace WhatsAppBuffer.Simulator.Page.Numbers;

/// <summary>A bar of a chart.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Count">How high it is.</param>
public sealed record Bar(string Name, int Count);

/// <summary>What the charts show of what is recorded.</summary>
internal static class Figures
{
    private const int LongestBurst = 8;

    /// <summary>Bursts by how many messages were joined; the last bar has the longer ones.</summary>
    public static IReadOnlyList<Bar> Lengths(IReadOnlyList<RecordedBurst> bursts)
    {
        var counts = bursts.CountBy(burst => Math.Min(burst.MessageIds.Count, LongestBurst)).ToDictionary(count => count.Key, count => count.Value);
        int most = counts.Count == 0 ? 4 : Math.Max(4, counts.Keys.Max());
        return [.. Enumerable.Range(1, most).Select(length => new Bar(length == LongestBurst ? $"{length}+" : $"{length}", counts.GetValueOrDefault(length)))];
    }

    /// <summary>Messages by seconds from the phone to the agent, in bars of two seconds; the last has the longer ones.</summary>
    public static IReadOnlyList<Bar> Waits(IReadOnlyList<TimeSpan> waits)
    {
        const int Bars = 13;
        var counts = waits.CountBy(wait => Math.Clamp((int)(wait.TotalSeconds / 2), 0, Bars - 1)).ToDictionary(count => count.Key, count => count.Value);
        return [.. Enumerable.Range(0, Bars).Select(bar => new Bar(bar == Bars - 1 ? $"{2 * bar} s+" : $"{2 * bar} s", counts.GetValueOrDefault(bar)))];
    }

    /// <summary>How long each message took to the agent.</summary>
    public static IReadOnlyList<TimeSpan> WaitsOf(IEnumerable<RecordedMessage> messages) =>
        [.. messages.Where(message => message.DeliveredAt is not null).Select(message => message.DeliveredAt!.Value - message.SentAt).Order()];

    /// <summary>The wait that a share of the messages stays within.</summary>
    /// <param name="sorted">The waits, shortest first.</param>
    /// <param name="share">0 to 1.</param>
    public static TimeSpan Within(IReadOnlyList<TimeSpan> sorted, double share) =>
        sorted.Count == 0 ? TimeSpan.Zero : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
