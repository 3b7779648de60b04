using WhatsAppBuffer.Simulator.App.Control;
using LocalAws.Faults;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>One message of a run.</summary>
/// <param name="Line">What the script said.</param>
/// <param name="Sent">When and under which id it was published.</param>
/// <param name="Timestamp">WhatsApp's timestamp, epoch seconds.</param>
internal sealed record RunMessage(ScriptLine Line, CustomerMessage Sent, long Timestamp);

/// <summary>A played scenario: what was sent and what came of it.</summary>
internal sealed record ScenarioRun
{
    public required Scenario Scenario { get; init; }

    /// <summary>In the order of publishing.</summary>
    public required IReadOnlyList<RunMessage> Messages { get; init; }

    /// <summary>Chats and transcripts since this run's start.</summary>
    public required IReadOnlyList<ChatView> Chats { get; init; }

    public required IReadOnlyDictionary<string, MessageTimes> Times { get; init; }

    /// <summary>Those of this run that are left in the end.</summary>
    public required IReadOnlyList<DeadLetterView> DeadLetters { get; init; }

    /// <summary>Those that were sent again when the faults were over.</summary>
    public IReadOnlyList<DeadLetterView> Redriven { get; init; } = [];

    /// <summary>What the rules of the fault plan have struck.</summary>
    public IReadOnlyList<FaultCount> Faults { get; init; } = [];

    /// <summary>Of the simulator that played it, which may not be the one that the scenario asks for.</summary>
    public required double Speed { get; init; }

    public required StatisticsView Statistics { get; init; }

    /// <summary>False when the time-out ended the wait while something was still on its way.</summary>
    public required bool Settled { get; init; }

    /// <summary>The longest time from a message's being sent to its being stored; null when none was stored.</summary>
    public TimeSpan? SlowestStore => Messages.Select(message => Times.GetValueOrDefault(message.Sent.Id)).Max(times => times?.StoredAt - times?.SentAt);

    /// <summary>What the customer's own side of the chats says, over all chats of a customer, in order.</summary>
    public IEnumerable<ChatItem> TranscriptOf(string customerKey) => Chats
        .Where(chat => chat.CustomerKey == customerKey)
        .OrderBy(chat => chat.StartedAt)
        .SelectMany(chat => chat.Transcript)
        .Where(item => item.Role == "CUSTOMER" && item.ContentType.StartsWith("text/", StringComparison.Ordinal));

    /// <summary>A customer's messages in the order in which the agent must see them: by WhatsApp's timestamp, then as sent.</summary>
    public IEnumerable<IGrouping<string, RunMessage>> ByCustomer() => Messages
        .OrderBy(message => message.Timestamp)
        .ThenBy(message => message.Line.WrittenAt)
        .GroupBy(message => message.Sent.CustomerKey);
}
