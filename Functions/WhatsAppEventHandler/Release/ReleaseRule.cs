using System.Text.Json.Serialization;

namespace WhatsAppBuffer.WhatsAppEventHandler.Release;

/// <summary>What the rule sees of an aggregate that waits.</summary>
/// <param name="First">When the first of its messages came.</param>
/// <param name="Newest">When the newest came.</param>
/// <param name="Messages">How many there are.</param>
/// <param name="Bytes">How long its event is.</param>
/// <param name="Flush">Why it lets go at once; null when it does not.</param>
internal sealed record WaitingAggregate(DateTimeOffset First, DateTimeOffset Newest, int Messages, int Bytes, ReleaseReason? Flush = null)
{
    /// <summary>How long the newest of its messages took until it was stored, at the most.</summary>
    public TimeSpan Way { get; init; }
}

/// <summary>Why something is let go.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReleaseReason>))]
internal enum ReleaseReason
{
    /// <summary>The customer has written nothing for the quiet time.</summary>
    Quiet,

    /// <summary>The first message has waited long enough.</summary>
    Maximum,

    /// <summary>There are as many messages as go at once.</summary>
    Count,

    /// <summary>It is as much as goes at once.</summary>
    Size,

    /// <summary>The customer tapped an answer.</summary>
    Tap,

    /// <summary>The customer wrote a word that says that they have finished.</summary>
    FlushWord,

    /// <summary>A window has ended: its messages were not joined, because the customer corrects some of them.</summary>
    Window,
}

/// <summary>What the rule says.</summary>
internal abstract record ReleaseDecision
{
    /// <summary>The first ones go now.</summary>
    /// <param name="Aggregates">How many.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Release(int Aggregates, ReleaseReason Reason) : ReleaseDecision;

    /// <summary>Nothing goes now.</summary>
    /// <param name="At">When it is to be looked at again.</param>
    /// <param name="IsLast">Whether it will go then, whatever comes until then.</param>
    public sealed record LookAgain(DateTimeOffset At, bool IsLast) : ReleaseDecision;
}

/// <summary>When a customer has finished: one pure function of what waits and of the moment. It knows no clock.</summary>
internal static class ReleaseRule
{
    /// <summary>What fits into an outbox item, so that what is let go at once is no larger than what a window makes.</summary>
    public const int MostBytes = 240 * 1024;

    /// <summary>
    /// What came before the quiet time was over may lie in the stream's batching window for so long (<c>MaximumBatchingWindowInSeconds</c>, the least that there is), and is waited for. Where messages took
    /// longer than that until they were stored, the next one is given as much.
    /// </summary>
    public static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(1);

    /// <summary>Decides.</summary>
    /// <param name="waiting">What waits, in order; at least one.</param>
    /// <param name="now">The moment, by the clock that stamped the messages.</param>
    /// <param name="settings">How long.</param>
    public static ReleaseDecision Decide(IReadOnlyList<WaitingAggregate> waiting, DateTimeOffset now, QuietSettings settings)
    {
        int fits = CountThatFit(waiting, settings, out ReleaseReason? full);
        WaitingAggregate[] together = [.. waiting.Take(fits)];
        if (full is { } limit)
        {
            return new ReleaseDecision.Release(fits, limit);
        }

        if (Array.Find(together, aggregate => aggregate.Flush is not null) is { Flush: { } flush })
        {
            return new ReleaseDecision.Release(fits, flush);
        }

        DateTimeOffset quietAt = together.Max(aggregate => aggregate.Newest) + settings.Quiet + TimeOnTheWay(together.Max(aggregate => aggregate.Way), settings);
        DateTimeOffset lastAt = together.Min(aggregate => aggregate.First) + settings.Most;
        return now >= lastAt ? new ReleaseDecision.Release(fits, ReleaseReason.Maximum)
            : now >= quietAt ? new ReleaseDecision.Release(fits, ReleaseReason.Quiet)
            : lastAt <= quietAt ? new ReleaseDecision.LookAgain(lastAt, IsLast: true)
            : new ReleaseDecision.LookAgain(quietAt, IsLast: false);
    }

    /// <summary>Where messages come slowly, so does the next one; but nobody waits for more than the quiet time again.</summary>
    private static TimeSpan TimeOnTheWay(TimeSpan way, QuietSettings settings)
    {
        TimeSpan slowly = way < settings.Quiet ? way : settings.Quiet;
        return slowly > OnTheWay ? slowly : OnTheWay;
    }

    /// <summary>One always fits: it cannot be cut here.</summary>
    private static int CountThatFit(IReadOnlyList<WaitingAggregate> waiting, QuietSettings settings, out ReleaseReason? full)
    {
        int messages = 0;
        int bytes = 0;
        for (int fits = 0; fits < waiting.Count; fits++)
        {
            messages += waiting[fits].Messages;
            bytes += waiting[fits].Bytes;
            full = messages > settings.MostMessages ? ReleaseReason.Count : bytes > MostBytes ? ReleaseReason.Size : null;
            if (full is not null)
            {
                return Math.Max(1, fits);
            }
        }

        full = messages == settings.MostMessages ? ReleaseReason.Count : null;
        return waiting.Count;
    }
}
