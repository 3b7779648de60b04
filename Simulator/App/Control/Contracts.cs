using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.App.Scenarios;
using LocalAws.Faults;
using LocalAws.Lambda.EventSourceMappings;

namespace WhatsAppBuffer.Simulator.App.Control;

/// <summary>A customer writes a message.</summary>
internal sealed record SendMessageRequest
{
    [Description("Who writes: a profile name. A new name gets an invented phone number and user id.")]
    public required string Customer { get; init; }

    [Description("The customer's phone number, digits only. Given alone, the customer has no user id.")]
    public string? Phone { get; init; }

    [Description("The customer's business-scoped user id. Given alone, the customer shows no phone number.")]
    public string? UserId { get; init; }

    [Description("Which of the business's numbers they write to, digits only: 56227607895, the default, or 56227607896.")]
    public string? Number { get; init; }

    [Description("WhatsApp's message type; any string, also one that WhatsApp does not have yet.")]
    public string Type { get; set; } = "text";

    [Description("What the message says: the body of a text, the caption of an image, the title of a choice, …")]
    public string? Text { get; init; }

    [Description("The object named after the type, exactly as WhatsApp would send it; instead of 'text'.")]
    public JsonNode? Content { get; init; }

    [Description("The message's own context: a quoted reply {from, id}, {forwarded: true}, …")]
    public JsonObject? Context { get; init; }

    [Description("Merged into the message last, as JSON Merge Patch does (RFC 7396): objects are merged, null removes a member. Any shape of any year: from, from_user_id, group_id, system, …")]
    public JsonObject? Message { get; init; }

    [Description("Merged in the same way into the contact beside the message; null: the webhook has no contacts.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonObject? Contact { get; set; } = [];

    [Description("The message id; invented when missing. An id used before is a duplicate.")]
    public string? Id { get; init; }

    [Description("WhatsApp's timestamp in epoch seconds; the simulator's clock when missing.")]
    public long? Timestamp { get; init; }

    [Description("How many times the same event is published: 2 is one duplicate delivery.")]
    public int Copies { get; set; } = 1;
}

/// <summary>A message on its way.</summary>
/// <param name="Id">WhatsApp's message id.</param>
/// <param name="Customer">The profile name.</param>
/// <param name="Ids">What its conversation may be known by: <c>group:</c> and the group's id, or else the customer's ids.</param>
/// <param name="SentAt">When it was published, on the simulator's clock.</param>
internal sealed record CustomerMessage(string Id, string Customer, IReadOnlyList<string> Ids, DateTimeOffset SentAt);

/// <summary>What agents are told in the header of their workspace, in no chat.</summary>
/// <param name="At">When.</param>
/// <param name="Words">By locale, such as <c>en_US</c>.</param>
/// <param name="Recipients">ARNs of the agents.</param>
internal sealed record NoticeView(DateTimeOffset At, IReadOnlyDictionary<string, string> Words, IReadOnlyList<string> Recipients);

/// <summary>A chat on the agent's desktop.</summary>
internal sealed record ChatView(
    string ContactId, string CustomerName, string CustomerKey, string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<ChatItem> Transcript)
{
    /// <summary>The business's number that the customer wrote to, digits only.</summary>
    public string Number { get; set; } = BusinessNumber.Default.DisplayPhoneNumber;

    /// <summary>What the flow that took the chat can route on.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}

/// <summary>One line of a transcript.</summary>
/// <param name="Id">Connect's id of the item.</param>
/// <param name="At">When Connect took it.</param>
/// <param name="Role"><c>CUSTOMER</c>, <c>AGENT</c> or <c>SYSTEM</c>.</param>
/// <param name="ContentType">Such as <c>text/plain</c>.</param>
/// <param name="Content">The text; of a file its name, behind a paper clip.</param>
internal sealed record ChatItem(string Id, DateTimeOffset At, string Role, string ContentType, string Content)
{
    /// <summary>The file; null for anything else.</summary>
    public ChatFile? File { get; set; }

    /// <summary>What its writer sees of it: <c>delivered</c>, <c>read</c>, or null.</summary>
    public string? Receipt { get; set; }
}

/// <summary>A file in a chat.</summary>
/// <param name="Id">Connect's id of it: its bytes are at <c>/attachments/{id}</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="ContentType">Such as <c>image/png</c>.</param>
/// <param name="Status"><c>APPROVED</c>, <c>IN_PROGRESS</c> or <c>REJECTED</c>.</param>
internal sealed record ChatFile(string Id, string Name, string ContentType, string Status)
{
    /// <summary>Types that a browser may show or play in the page; whatever else a stranger sent is only ever downloaded.</summary>
    public static bool IsShown(string contentType) => contentType is "image/png" or "image/jpeg" or "audio/wav" or "audio/mpeg" or "audio/mp4" or "video/mp4";
}

/// <summary>What came back to a customer's phone.</summary>
/// <param name="Customer">Phone number or user id it was sent to; empty for a read receipt, which names only the message.</param>
/// <param name="Kind"><c>read</c>, <c>reaction</c>, <c>text</c> or another message type.</param>
/// <param name="MessageId">The customer's message that it refers to, or empty.</param>
/// <param name="Text">The emoji or text.</param>
/// <param name="At">When End User Messaging took it.</param>
internal sealed record PhoneItem(string Customer, string Kind, string MessageId, string Text, DateTimeOffset At)
{
    /// <summary>Whether a fault lost End User Messaging's answer to its sender, who may send it again.</summary>
    public bool IsDoubtful { get; set; }
}

/// <summary>A message on a customer's phone.</summary>
/// <param name="Id">Its id.</param>
/// <param name="FromCustomer">Whether the customer wrote it, or got it.</param>
/// <param name="Text">What it says; the type in parentheses when that is not a text.</param>
/// <param name="At">When it was sent, on the simulator's clock.</param>
internal sealed record PhoneMessage(string Id, bool FromCustomer, string Text, DateTimeOffset At)
{
    /// <summary>Whether the business marked it read.</summary>
    public bool Read { get; init; }

    /// <summary>The business's reaction; a new one replaces the last, as on WhatsApp.</summary>
    public string? Reaction { get; init; }
}

/// <summary>When a message passed each stage.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="SentAt">When the customer sent it; null for one that did not come through the simulator.</param>
/// <param name="StoredAt">When its record was put first.</param>
/// <param name="HandedOverAt">When the aggregator got it in a batch, for the last time if it got it several times.</param>
internal sealed record MessageTimes(string Id, DateTimeOffset? SentAt, DateTimeOffset? StoredAt, DateTimeOffset? HandedOverAt)
{
    /// <summary>When it was let go, with what waited with it; null when a window joined it, whose end is <see cref="HandedOverAt"/>.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>Why: <c>Quiet</c>, <c>Maximum</c>, <c>Count</c>, <c>Size</c>, <c>Tap</c>, <c>FlushWord</c> or <c>Window</c>; null when a window joined it.</summary>
    public string? ReleaseReason { get; init; }
}

/// <summary>An agent writes, or attaches a file.</summary>
internal sealed record AgentMessageRequest
{
    [Description("What the agent writes; leave it out with 'attach'.")]
    public string Text { get; set; } = "";

    [Description("A small file instead: image, document, video or audio. WhatsApp does not take the audio, a WAV file, and so the agent is told.")]
    public string? Attach { get; init; }

    [Description("text/plain, or text/markdown as the agent's desktop sends what is formatted there.")]
    public string ContentType { get; set; } = "text/plain";
}

/// <summary>A contact flow sends somebody a template.</summary>
internal sealed record FlowRequest
{
    [Description("Who gets it: a profile name. A new name gets an invented phone number.")]
    public required string Customer { get; init; }

    [Description("The customer's phone number, digits only, where the name is not known yet.")]
    public string? Phone { get; init; }

    [Description("The contact whose flow it is; a new one when missing. The same contact sends the same template once.")]
    public string? ContactId { get; init; }

    [Description("The block's parameters: template, reference, and the values that the template takes.")]
    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();
}

/// <summary>The state of the whole system.</summary>
internal sealed record StatusView
{
    public required DateTimeOffset Now { get; init; }

    public required double Speed { get; init; }

    [Description("True while the clock stands still.")]
    public bool Frozen { get; set; }

    public required int BufferSeconds { get; init; }

    [Description("What ends a burst: window (the clock, every bufferSeconds) or quiet (the customer, who has written nothing for quiet_seconds of the parameter).")]
    public string Release { get; set; } = "window";

    [Description("What customers have sent since the last reset, and how many chat messages that became.")]
    public BufferedView Buffered { get; set; } = new(0, 0, 0);

    [Description("Amazon Connect's quotas: none or aws.")]
    public string Quotas { get; set; } = "none";

    [Description("True when nothing is on its way: no delivery, no queued invocation, no record waiting, no invocation running, nothing in an outbox that a sweep will find.")]
    public required bool Idle { get; init; }

    public required IReadOnlyList<PartStatus> Parts { get; init; }

    public required IReadOnlyList<ShardView> Shards { get; init; }

    public required IReadOnlyDictionary<string, int> DeadLetters { get; init; }
}

/// <summary>What buffering is good for.</summary>
/// <param name="Sent">Messages that customers sent.</param>
/// <param name="Delivered">Chat messages that they became.</param>
/// <param name="SavedDollars">What the difference would have cost in Amazon Connect, at the guide's price of a chat message.</param>
internal sealed record BufferedView(long Sent, long Delivered, decimal SavedDollars);

/// <summary>One part of the system.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>starting</c>, <c>ready</c>, <c>failed</c> or <c>elsewhere</c>.</param>
/// <param name="Detail">An address, or what went wrong and what to do.</param>
internal sealed record PartStatus(string Name, string State, string Detail);

/// <summary>One shard of the raw messages' stream, as the event source mapping sees it.</summary>
/// <param name="ShardId">The shard.</param>
/// <param name="OpenWindow">From when to when (UTC), and by when it closes once its time is over; null when there is none.</param>
/// <param name="RecordsWaiting">Records read and not done with.</param>
/// <param name="IteratorAgeSeconds">Age of the oldest of them.</param>
/// <param name="LastError">Why the last call or read failed; null when it did not.</param>
internal sealed record ShardView(string ShardId, string? OpenWindow, int RecordsWaiting, double IteratorAgeSeconds, string? LastError)
{
    /// <summary>AWS does not close a window when its time is over, but with the shard's next record or two minutes later.</summary>
    /// <param name="window">The window.</param>
    /// <param name="now">What the clock shows.</param>
    public static string InWords(TimeWindow window, DateTimeOffset now)
    {
        string times = string.Create(CultureInfo.InvariantCulture, $"{window.Start:HH:mm:ss}–{window.End:HH:mm:ss}");
        return now < window.End ? times : string.Create(CultureInfo.InvariantCulture, $"{times}, closes with the next record or by {window.End + TimeWindow.LongestWait:HH:mm:ss}");
    }
}

/// <summary>What was counted since the start or the last reset; the input of the cost table.</summary>
internal sealed record StatisticsView
{
    public required IReadOnlyDictionary<string, long> Calls { get; init; }

    [Description("Which rights the functions' own calls needed, in IAM's words: function, action, resource. Kept only by a simulator that was told to (scenario --rights).")]
    public IReadOnlyList<string> Rights { get; init; } = [];

    public required IReadOnlyDictionary<string, FunctionUsage> Functions { get; init; }

    public required double WriteRequestUnits { get; init; }

    public required double ReadRequestUnits { get; init; }

    public required long ConnectMessagesIn { get; init; }

    public required long ConnectMessagesOut { get; init; }

    public required long WhatsAppMessagesIn { get; init; }

    public required long WhatsAppMessagesOut { get; init; }

    [Description("What each rule of the fault plan in force has struck since it was put.")]
    public IReadOnlyList<FaultCount> Faults { get; set; } = [];

    /// <summary>What was counted since an earlier reading.</summary>
    public StatisticsView Since(StatisticsView before) => new()
    {
        Calls = Calls.ToDictionary(c => c.Key, c => c.Value - before.Calls.GetValueOrDefault(c.Key)),
        Rights = Rights,
        Functions = Functions.ToDictionary(f => f.Key, f => f.Value.Since(before.Functions.GetValueOrDefault(f.Key))),
        WriteRequestUnits = WriteRequestUnits - before.WriteRequestUnits,
        ReadRequestUnits = ReadRequestUnits - before.ReadRequestUnits,
        ConnectMessagesIn = ConnectMessagesIn - before.ConnectMessagesIn,
        ConnectMessagesOut = ConnectMessagesOut - before.ConnectMessagesOut,
        WhatsAppMessagesIn = WhatsAppMessagesIn - before.WhatsAppMessagesIn,
        WhatsAppMessagesOut = WhatsAppMessagesOut - before.WhatsAppMessagesOut,
        Faults = Faults,
    };
}

/// <summary>What a function used.</summary>
internal sealed record FunctionUsage(long Invocations, long Errors, double GigabyteSeconds)
{
    public FunctionUsage Since(FunctionUsage? before) =>
        before is null ? this : new(Invocations - before.Invocations, Errors - before.Errors, GigabyteSeconds - before.GigabyteSeconds);
}

/// <summary>A message that no stage could handle, with its reason.</summary>
internal sealed record DeadLetterView(string Queue, string MessageId, string Body, IReadOnlyDictionary<string, string> Attributes);

/// <summary>What a played scenario came to.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Holds">Whether everything expected held.</param>
/// <param name="Verdicts">Each expectation.</param>
internal sealed record ScenarioOutcome(string Scenario, bool Holds, IReadOnlyList<Verdict> Verdicts);

/// <summary>Chats that the agent ended.</summary>
/// <param name="Ended">How many.</param>
internal sealed record EndedChats(int Ended);

/// <summary>What became of the dead letters.</summary>
/// <param name="Redriven">How many letters were put back.</param>
/// <param name="Left">The letters that stay, each with the reason.</param>
internal sealed record RedriveView(int Redriven, IReadOnlyList<string> Left);

/// <summary>What goes wrong on purpose.</summary>
/// <param name="Plan">The plan in force.</param>
/// <param name="Counts">What each of its rules has struck, in the plan's order.</param>
internal sealed record FaultsView(FaultPlan Plan, IReadOnlyList<FaultCount> Counts);

/// <summary>An error of the control API.</summary>
/// <param name="Error">What happened, and what to do.</param>
internal sealed record ErrorView(string Error);

/// <summary>States of a <see cref="PartStatus"/>.</summary>
internal static class PartState
{
    public const string Starting = "starting";

    public const string Ready = "ready";

    public const string Failed = "failed";

    public const string Off = "off";

    /// <summary>It works as soon as somebody starts its process.</summary>
    public const string Waiting = "waiting";

    /// <summary>Somebody else runs it; nothing is known of its state here.</summary>
    public const string Elsewhere = "elsewhere";
}
