using LocalAws.Lambda.EventSourceMappings;
using WhatsAppBuffer.Simulator.Page.Recording;
using WhatsAppBuffer.Simulator.Page.Words;

namespace WhatsAppBuffer.Simulator.Page.Buffer;

/// <summary>What ends a burst.</summary>
/// <param name="IsQuiet">Whether the customer does, and not the clock.</param>
/// <param name="WindowSeconds">How long the windows are.</param>
/// <param name="QuietSeconds">How long a customer must have written nothing.</param>
/// <param name="MostSeconds">How long their first message waits at the most.</param>
public sealed record ReleaseTimes(bool IsQuiet, int WindowSeconds, int QuietSeconds, int MostSeconds)
{
    /// <summary>In two words.</summary>
    public string InWords => IsQuiet ? $"Quiet {QuietSeconds} s" : $"Window {WindowSeconds} s";
}

/// <summary>A message on its way.</summary>
/// <param name="Id">WhatsApp's id.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Stage">Where it is.</param>
public sealed record BurstToken(string Id, string Text, DateTimeOffset At, Stage Stage);

/// <summary>Messages of a customer that have not left the buffer.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Tokens">The messages, oldest first.</param>
/// <param name="LeavesAt">When they leave at the latest, if nothing more comes.</param>
/// <param name="Length">How long the whole wait is.</param>
public sealed record WaitingBurst(string Customer, IReadOnlyList<BurstToken> Tokens, DateTimeOffset LeavesAt, TimeSpan Length)
{
    /// <summary>The end of the window, after which any message of the shard lets them go; null where there is none before they leave.</summary>
    public DateTimeOffset? Boundary { get; init; }

    /// <summary>Why then.</summary>
    public string Why { get; init; } = "";

    /// <summary>How much of the wait is left, 0 to 1.</summary>
    public double Left(DateTimeOffset now) => Math.Clamp((LeavesAt - now) / Length, 0, 1);

    /// <summary>Where on the ring the boundary is, 0 to 1; null for nowhere.</summary>
    public double? Notch => Boundary is { } at && (LeavesAt - at) / Length is > 0.02 and < 1 and var place ? place : null;
}

/// <summary>How a burst ended.</summary>
public enum BurstState
{
    /// <summary>On its way to the agent.</summary>
    UnderWay,

    /// <summary>With the agent.</summary>
    Delivered,

    /// <summary>A part of it lies in the dead letters.</summary>
    Refused,

    /// <summary>There was nothing to show to an agent.</summary>
    NothingToShow,
}

/// <summary>Messages that left the buffer together.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Texts">What the customer wrote.</param>
/// <param name="Delivered">How many chat messages it became.</param>
/// <param name="State">How it ended.</param>
/// <param name="Why">Why it was let go.</param>
public sealed record BurstView(string Id, string Customer, IReadOnlyList<string> Texts, int Delivered, BurstState State, string Why)
{
    /// <summary>When it was let go.</summary>
    public DateTimeOffset ReleasedAt { get; init; }

    /// <summary>When the agent had it.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>How long its first message waited.</summary>
    public TimeSpan LongestWait { get; init; }

    /// <summary>What it saved, in US dollars.</summary>
    public decimal Saved { get; init; }

    /// <summary>Whether it was cut off the one before, or the next one off it.</summary>
    public bool IsCut { get; init; }

    /// <summary>Why nothing came of it, or not all; empty when all did.</summary>
    public string Refusal { get; init; } = "";
}

/// <summary>Computes what the buffer shows of what is recorded.</summary>
internal static class BufferView
{
    /// <summary>What came before the quiet time was over may lie in the stream's batching window for so long.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(1);

    /// <summary>What is in the buffer, by customer, soonest first.</summary>
    public static IReadOnlyList<WaitingBurst> Waiting(IEnumerable<(RecordedMessage Message, Stage Stage)> underWay, ReleaseTimes release) =>
    [
        .. underWay.GroupBy(entry => entry.Message.Customer)
            .Select(customer => Waiting(customer.Key, [.. customer.Select(entry => entry.Message)], [.. customer.Select(entry => new BurstToken(entry.Message.Id, entry.Message.Text, entry.Message.SentAt, entry.Stage))], release))
            .OrderBy(burst => burst.LeavesAt).ThenBy(burst => burst.Customer, StringComparer.Ordinal),
    ];

    /// <summary>A burst as it is listed.</summary>
    /// <param name="burst">What was recorded.</param>
    /// <param name="message">Finds messages.</param>
    /// <param name="release">What ends bursts.</param>
    /// <param name="price">Of a chat message.</param>
    public static BurstView Of(RecordedBurst burst, Func<string, RecordedMessage?> message, ReleaseTimes release, decimal price)
    {
        RecordedMessage[] messages = [.. burst.MessageIds.Select(message).OfType<RecordedMessage>()];
        BurstState state = burst.DeliveredAt is null ? BurstState.UnderWay : burst.Refusal is not null ? BurstState.Refused : burst.Delivered.Count == 0 ? BurstState.NothingToShow : BurstState.Delivered;
        return new BurstView(burst.Id, burst.Customer, [.. messages.Select(one => one.Text)], burst.Delivered.Count, state, Why(burst, messages, release))
        {
            ReleasedAt = burst.ReleasedAt,
            DeliveredAt = burst.DeliveredAt,
            LongestWait = messages.Length > 0 ? (burst.DeliveredAt ?? burst.ReleasedAt) - messages.Min(one => one.SentAt) : TimeSpan.Zero,
            Saved = state == BurstState.Delivered ? Math.Max(0, messages.Length - burst.Delivered.Count) * price : 0,
            IsCut = burst.IsCut || burst.CutFrom is not null,
            Refusal = burst.Refusal ?? "",
        };
    }

    /// <summary>Why a burst was let go, in a sentence or two.</summary>
    public static string Why(RecordedBurst burst, IReadOnlyList<RecordedMessage> messages, ReleaseTimes release)
    {
        string first = messages.Count > 0 ? $"“{Show.Short(messages[0].Text, 30)}”" : "the first message";
        string why = burst.Reason switch
        {
            "Quiet" => $"Nothing more came for {release.QuietSeconds} s.",
            "Maximum" => $"{release.MostSeconds} s is the longest wait, and it was over for {first}.",
            "Count" => "It was as many messages as go at once.",
            "Size" => "The batch was full.",
            "Tap" => "A tapped answer is let go at once.",
            "FlushWord" => "It has a word that is let go at once.",
            _ when burst.WindowEnd is { } end && burst.ReleasedAt >= end =>
                $"The window ended at {Show.Second(end)}, and {release.WindowSeconds} s had passed since its first message, or a later one let it go at once.",
            _ => $"{release.WindowSeconds} s had passed since the first message that waited.",
        };
        return burst.IsCut
            ? $"{why} The customer went on within seconds, but what they wrote then came after that: it is a burst of its own. {(release.IsQuiet ? "" : "Quiet time cuts less often.")}".TrimEnd()
            : why;
    }

    private static WaitingBurst Waiting(string customer, RecordedMessage[] messages, BurstToken[] tokens, ReleaseTimes release)
    {
        DateTimeOffset first = messages.Min(message => message.StoredAt ?? message.SentAt);
        if (!release.IsQuiet)
        {
            var length = TimeSpan.FromSeconds(release.WindowSeconds);
            DateTimeOffset end = TimeWindow.Of(first, release.WindowSeconds).End;
            return new WaitingBurst(customer, tokens, first + length, length)
            {
                Boundary = end,
                Why = $"{release.WindowSeconds} s after the first message that waits. After the window's end, {Show.Second(end)}, the next message lets them go at once, and is a burst of its own.",
            };
        }

        DateTimeOffset quietAt = messages.Max(message => message.SentAt) + TimeSpan.FromSeconds(release.QuietSeconds) + OnTheWay;
        DateTimeOffset lastAt = messages.Min(message => message.SentAt) + TimeSpan.FromSeconds(release.MostSeconds);
        return quietAt <= lastAt
            ? new WaitingBurst(customer, tokens, quietAt, TimeSpan.FromSeconds(release.QuietSeconds) + OnTheWay)
            {
                Why = $"When nothing more has come for {release.QuietSeconds} s and a second for what is on the way. Each new message starts the wait anew, until {Show.Second(lastAt)} at the latest.",
            }
            : new WaitingBurst(customer, tokens, lastAt, TimeSpan.FromSeconds(release.MostSeconds))
            {
                Why = $"{release.MostSeconds} s after the first message, which is the longest wait, whether the customer has finished or not.",
            };
    }
}
