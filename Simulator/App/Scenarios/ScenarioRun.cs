using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;
using LocalAws.Faults;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>One message of a run.</summary>
/// <param name="Line">What the script said.</param>
/// <param name="Sent">When and under which id it was published.</param>
/// <param name="Timestamp">WhatsApp's timestamp, epoch seconds.</param>
internal sealed record RunMessage(ScriptLine Line, CustomerMessage Sent, long Timestamp);

/// <summary>What was written in one conversation, in private or in a group.</summary>
/// <param name="Number">The business's number that it is with.</param>
/// <param name="Ids">All that it may be known by.</param>
/// <param name="Messages">In the order in which the agent must see them: by WhatsApp's timestamp, then as sent.</param>
internal sealed record Correspondence(string Number, IReadOnlySet<string> Ids, IReadOnlyList<RunMessage> Messages)
{
    /// <summary>Whether a chat is of this conversation.</summary>
    public bool Has(ChatView chat) => chat.Number == Number && Ids.Contains(chat.CustomerKey);

    public bool IsGroup => Ids.Any(id => id.StartsWith(WebhookMessage.Group, StringComparison.Ordinal));

    /// <summary>Who is meant by a name that a scenario expects something of: a group by its key, a customer by what was written in private.</summary>
    public bool IsOf(string name) => Ids.Contains(name) || (!IsGroup && Messages.Any(message => message.Sent.Customer == name));
}

/// <summary>A played scenario: what was sent and what came of it.</summary>
internal sealed record ScenarioRun
{
    public required Scenario Scenario { get; init; }

    /// <summary>In the order of publishing.</summary>
    public required IReadOnlyList<RunMessage> Messages { get; init; }

    /// <summary>Chats and transcripts since this run's start.</summary>
    public required IReadOnlyList<ChatView> Chats { get; init; }

    /// <summary>What came to customers' phones since this run's start.</summary>
    public IReadOnlyList<PhoneItem> Phones { get; init; } = [];

    /// <summary>Messages among it, read marks and reactions not counted.</summary>
    public int OnPhones => Phones.Count(item => item.Kind is not ("read" or "reaction"));

    /// <summary>What agents were told beside their chats.</summary>
    public int Notices { get; init; }

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

    /// <summary>The chats of a conversation, in order.</summary>
    public IEnumerable<ChatView> ChatsOf(Correspondence correspondence) => Chats.Where(correspondence.Has).OrderBy(chat => chat.StartedAt);

    /// <summary>What the customers' own side of a conversation's chats says, over all of its chats, in order.</summary>
    public IEnumerable<ChatItem> TranscriptOf(Correspondence correspondence) => ChatsOf(correspondence)
        .SelectMany(chat => chat.Transcript)
        .Where(item => item.Role == "CUSTOMER" && (item.File is not null || item.ContentType.StartsWith("text/", StringComparison.Ordinal)))
        .OrderBy(item => item.At);

    /// <summary>
    /// All messages by conversation: those that have an id in common, also by way of others, are one customer's, whatever the pipeline keys the customer by; those in a
    /// group are the group's. With each of the business's numbers they have another.
    /// </summary>
    public IReadOnlyList<Correspondence> Correspondences()
    {
        var known = new Dictionary<string, HashSet<string>>();
        foreach (RunMessage message in Messages)
        {
            HashSet<string> all = [.. message.Sent.Ids, .. message.Sent.Ids.SelectMany(id => known.GetValueOrDefault(id) ?? [])];
            foreach (string id in all)
            {
                known[id] = all;
            }
        }

        return
        [
            .. Messages
                .OrderBy(message => message.Timestamp)
                .ThenBy(message => message.Line.WrittenAt)
                .GroupBy(message => (BusinessNumber.Of(message.Line.Request.Number).DisplayPhoneNumber, Ids: known[message.Sent.Ids[0]]))
                .Select(messages => new Correspondence(messages.Key.DisplayPhoneNumber, messages.Key.Ids, [.. messages])),
        ];
    }
}
