using System.Text.Json.Nodes;
using LocalAws.Faults;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

// Members with a default are settable, not init-only: generated deserialisation assigns every init-only member, and so loses its default.

/// <summary>A scenario file; its schema with the meaning of every member is Simulator/Scenarios/scenario.schema.json.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    public required string Description { get; init; }

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

    public required string Customer { get; init; }

    public string? Phone { get; init; }

    public string? UserId { get; init; }

    public string Type { get; set; } = "text";

    public string? Text { get; init; }

    public JsonNode? Content { get; init; }

    public JsonObject? Context { get; init; }

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

    /// <summary><c>end</c> the chat or <c>send</c> a text.</summary>
    public required string Action { get; init; }

    public string? Text { get; init; }
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

    /// <summary>No message waits longer from being sent to being delivered, in seconds of the simulator's clock.</summary>
    public double? LongestWait { get; init; }
}

/// <summary>What the agent sees of one customer: exactly these messages, in this order, over all of the customer's chats.</summary>
internal sealed record ExpectedTranscript
{
    public required string Customer { get; init; }

    public required IReadOnlyList<string> Messages { get; init; }
}
