using System.Text.Json.Nodes;
using LocalAws.Faults;
using WhatsAppBuffer.Simulator.App.Agents;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

// Members with a default are settable, not init-only: generated deserialisation assigns every init-only member, and so loses its default.

/// <summary>A scenario file; its schema with the meaning of every member is Simulator/Scenarios/scenario.schema.json.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>What ends a burst; on a simulator of its own where the one that is up has another.</summary>
    public ReleaseChoice Release { get; set; } = ReleaseChoice.Window;

    public int Window { get; set; } = 20;

    public double Speed { get; set; } = 10;

    public ScenarioStart Start { get; set; } = ScenarioStart.Window;

    /// <summary>Amazon Connect's quotas: a scenario of its own simulator only.</summary>
    public QuotaSet Quotas { get; set; } = QuotaSet.None;

    /// <summary>What goes wrong from the start until everything has settled.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>Whether dead letters are sent again when the faults are over.</summary>
    public bool Redrive { get; init; }

    public IReadOnlyList<ScriptedMessage> Messages { get; set; } = [];

    public IReadOnlyList<BurstSpec> Bursts { get; set; } = [];

    public IReadOnlyList<AgentAction> Agent { get; set; } = [];

    /// <summary>Agents who answer by themselves, until everything has settled; null = nobody.</summary>
    public AnswerPlan? Answers { get; init; }

    public Expectations Expect { get; set; } = new();

    public bool Cost { get; init; }
}

/// <summary>When the first message is sent.</summary>
internal enum ScenarioStart
{
    /// <summary>Just after a window has begun, so that a burst is not cut by a window's end.</summary>
    Window,

    /// <summary>At once.</summary>
    Now,
}

/// <summary>One message, word by word. Times are seconds of the simulator's clock since the scenario's start.</summary>
internal sealed record ScriptedMessage
{
    public double At { get; init; }

    /// <summary>Seconds that WhatsApp's timestamp is earlier than the message's coming.</summary>
    public double WrittenBefore { get; init; }

    public required string Customer { get; init; }

    public string? Phone { get; init; }

    public string? UserId { get; init; }

    public string? Number { get; init; }

    public string Type { get; set; } = "text";

    public string? Text { get; init; }

    public JsonNode? Content { get; init; }

    public JsonObject? Context { get; init; }

    /// <summary>Merged into the message last.</summary>
    public JsonObject? Message { get; init; }

    /// <summary>Merged into the contact; null = the webhook has no contacts.</summary>
    public JsonObject? Contact { get; set; } = [];

    public string? Id { get; init; }

    public int Copies { get; set; } = 1;

    /// <summary>The text this many times over, for texts beyond Connect's limit.</summary>
    public int Repeat { get; set; } = 1;
}

/// <summary>Generated bursts: every customer writes a few messages in a row.</summary>
internal sealed record BurstSpec
{
    public double At { get; init; }

    public int Customers { get; set; } = 1;

    public int MessagesPerCustomer { get; set; } = 4;

    /// <summary>The customers begin at random moments of this many seconds.</summary>
    public double Spread { get; init; }

    public double MinimumGap { get; set; } = 0.2;

    public double MaximumGap { get; set; } = 1;

    /// <summary>Share of each message type, by weight; texts only when empty.</summary>
    public IReadOnlyDictionary<string, double> Types { get; set; } = new Dictionary<string, double>();

    /// <summary>Share of messages whose event is published twice.</summary>
    public double Duplicates { get; init; }

    /// <summary>Share of messages that arrive after the customer's next one.</summary>
    public double Disorder { get; init; }

    public int Seed { get; set; } = 1;
}

/// <summary>Something the agent does.</summary>
internal sealed record AgentAction
{
    public double At { get; init; }

    public required string Customer { get; init; }

    /// <summary><c>end</c> the chat, <c>send</c> a text, <c>attach</c> a file, <c>type</c>, or have a flow send a <c>template</c>.</summary>
    public required string Action { get; init; }

    public string? Text { get; init; }

    /// <summary>With <c>attach</c>: <c>image</c>, <c>document</c>, <c>video</c> or <c>audio</c>.</summary>
    public string? File { get; init; }

    /// <summary>With <c>template</c>: the customer's phone number, where the customer has not written yet.</summary>
    public string? Phone { get; init; }

    /// <summary>With <c>template</c>: the contact whose flow it is.</summary>
    public string? Contact { get; init; }

    /// <summary>With <c>template</c>: the parameters of the flow's block.</summary>
    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();
}

/// <summary>What must hold in the end; members left out are not judged.</summary>
internal sealed record Expectations
{
    public int? AgentMessages { get; init; }

    public int? Chats { get; init; }

    public int? DeadLetters { get; set; } = 0;

    /// <summary>Every text sent reaches the agent exactly once, whole, and in each customer's order.</summary>
    public bool EveryMessageOnceInOrder { get; set; } = true;

    /// <summary>How many messages may miss their place because they were stored when a later one had been handed over.</summary>
    public int Late { get; set; }

    public IReadOnlyList<ExpectedTranscript> Transcripts { get; set; } = [];

    /// <summary>What the flow that takes a customer's newest chat can route on: these attributes, among others.</summary>
    public IReadOnlyList<ExpectedAttributes> Attributes { get; set; } = [];

    /// <summary>What customers are sent: exactly these texts, in this order.</summary>
    public IReadOnlyList<ExpectedPhone> Phones { get; set; } = [];

    /// <summary>How many agents are told, beside their chats, that an answer is not delivered.</summary>
    public int? Notices { get; init; }

    /// <summary>How many messages end up on customers' phones, read marks and reactions not counted.</summary>
    public int? OnPhones { get; init; }

    /// <summary>No message waits longer from being sent to being delivered, in seconds of the simulator's clock.</summary>
    public double? LongestWait { get; init; }
}

/// <summary>What a chat was started with.</summary>
internal sealed record ExpectedAttributes
{
    /// <summary>A profile name.</summary>
    public required string Customer { get; init; }

    /// <summary>An empty value stands for an attribute that is absent or empty.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}

/// <summary>What the agent sees of one customer: exactly these messages, in this order, over all of the customer's chats.</summary>
internal sealed record ExpectedTranscript
{
    /// <summary>A profile name, for what that customer wrote in private; or <c>group:</c> and a group's id.</summary>
    public required string Customer { get; init; }

    /// <summary>The business's number that they wrote to; null = all of them.</summary>
    public string? Number { get; init; }

    public required IReadOnlyList<string> Messages { get; init; }
}

/// <summary>What a customer is sent: exactly these texts, in this order; read marks and reactions not counted.</summary>
internal sealed record ExpectedPhone
{
    /// <summary>A profile name.</summary>
    public required string Customer { get; init; }

    public required IReadOnlyList<string> Messages { get; init; }
}
