using WhatsAppBuffer.Simulator.App.Dashboard;
using WhatsAppBuffer.Simulator.App.Storage;
using LocalAws.Access;
using LocalAws.Lambda;

namespace WhatsAppBuffer.Simulator.App.Cli;

/// <summary>How the simulator runs.</summary>
internal sealed record SimulatorOptions
{
    /// <summary>Default port of the endpoint.</summary>
    public const int DefaultPort = 4766;

    /// <summary>The page; null for none.</summary>
    public IPage? Page { get; init; }

    /// <summary>Port of 127.0.0.1; 0 for any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>
    /// Where others reach the endpoint when an orchestrator's proxy stands before it; null without one. What such an orchestrator tells itself (where the
    /// telemetry is, how attached functions start) is not told here.
    /// </summary>
    public Uri? Address { get; init; }

    /// <summary>Who may talk to it, beside programs of this machine and its own page.</summary>
    public AccessOptions Access { get; init; } = AccessArguments.Options([], []);

    /// <summary>The buffer in seconds of the simulator's clock: batching and tumbling window. A template has its own.</summary>
    public int BufferSeconds { get; init; } = Topology.BufferSettings.DefaultSeconds;

    /// <summary>What ends a burst. A template has its own.</summary>
    public Topology.ReleaseChoice Release { get; init; } = Topology.ReleaseChoice.Window;

    /// <summary>How functions are told of what they have to do. A template has its own.</summary>
    public Topology.Wiring Wiring { get; init; } = Topology.Wiring.Queues;

    /// <summary>File with the synthesized template to set up; null for the system as <see cref="Topology"/> describes it.</summary>
    public string? Template { get; init; }

    /// <summary>Seconds of the simulator's clock per real second.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Amazon Connect's quotas.</summary>
    public QuotaSet Quotas { get; init; } = QuotaSet.None;

    /// <summary>Whether WhatsApp tells what becomes of messages to customers: sent, delivered, read.</summary>
    public bool Statuses { get; init; }

    /// <summary>Whether it keeps which rights the functions' calls need.</summary>
    public bool Rights { get; init; }

    /// <summary>The dashboard beside it.</summary>
    public DashboardOptions Dashboard { get; init; } = new();

    /// <summary>Where the tables live.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>Folder with one folder per published function; null for the project's own build output.</summary>
    public string? FunctionsFolder { get; init; }

    /// <summary>Functions (by <see cref="Topology.FunctionSpec.Name"/>) whose processes somebody else starts.</summary>
    public IReadOnlySet<string> Attached { get; init; } = new HashSet<string>();

    /// <summary>Whether attached functions have their own timeouts instead of 15 minutes.</summary>
    public bool EnforceTimeouts { get; init; }

    /// <summary>How long a function's process may take to start, in real time; AWS's ten seconds by default.</summary>
    public TimeSpan InitLimit { get; init; } = new LambdaOptions().InitLimit;

    /// <summary>Another Lambda endpoint that runs the functions, such as the AWS Lambda Test Tool's; null for processes of the simulator's own.</summary>
    public Uri? LambdaEndpoint { get; init; }
}
