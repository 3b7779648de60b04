using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Monitoring;

/// <summary>What a <see cref="PipelineDashboard"/> shows.</summary>
internal sealed record PipelineDashboardProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }

    /// <summary>The figures.</summary>
    public required PipelineSignals Signals { get; init; }

    /// <summary>Whose states stand at the top.</summary>
    public required Alarms Alarms { get; init; }
}

/// <summary>One page: which alarms are up and what to do then, what came in, what went out, how long it waited, what went wrong.</summary>
internal sealed class PipelineDashboard : Construct
{
    public PipelineDashboard(Construct scope, string id, PipelineDashboardProps props)
        : base(scope, id)
    {
        (PipelineSignals signals, DeploymentSettings settings) = (props.Signals, props.Settings);
        // An account's dashboards are not a region's: without it a second region would write over the first.
        Name = $"{settings.StackName}-{Stack.Of(this).Region}";
        var dashboard = new Dashboard(this, "Dashboard", new DashboardProps { DashboardName = Name, DefaultInterval = Duration.Hours(12) });
        dashboard.AddWidgets(
            new AlarmStatusWidget(new AlarmStatusWidgetProps { Title = "Alarms", Alarms = [.. props.Alarms.All], Width = 16, Height = 6 }),
            new TextWidget(new TextWidgetProps { Markdown = Links(settings), Width = 8, Height = 6 }));
        dashboard.AddWidgets(
            Graph("From receipt to the agent (s), 95th percentile", signals.ReceiptToAgent),
            Graph("Published, stored, events out", signals.Published, signals.RawMessages, signals.AggregatedEvents),
            Graph("Messages joined into one event", signals.Ratio(Duration.Minutes(15))));
        dashboard.AddWidgets(
            Graph("Waiting in the stream (ms)", PipelineSignals.Of(signals.Aggregator, "IteratorAge", "Maximum")),
            Graph(settings.Wiring is Wiring.Queues ? "Waiting (s)" : "Waiting (ms)", [.. signals.Ages, .. settings.HasSweep ? [signals.OutboxAge] : Array.Empty<IMetric>()]),
            Graph("Dead letters", [.. signals.Functions.Where(function => function.HasDeadLetters).Select(PipelineSignals.DeadLetters), signals.GivenUp]));
        dashboard.AddWidgets(
            Graph("Errors", [.. signals.Functions.Select(function => PipelineSignals.Of(function, "Errors", "Sum")), signals.ConnectErrors]),
            Graph("Throttles", [.. signals.Functions.Select(function => PipelineSignals.Of(function, "Throttles", "Sum"))]),
            Graph("Duration (ms), 95th percentile", [.. signals.Functions.Select(function => PipelineSignals.Of(function, "Duration", "p95"))]));
        dashboard.AddWidgets(Graph("Concurrency", [.. signals.Functions.Select(function => PipelineSignals.Of(function, "ConcurrentExecutions", "Maximum"))]));
    }

    /// <summary>The dashboard's name.</summary>
    public string Name { get; }

    private static string Links(DeploymentSettings settings)
    {
        string runbook = settings.RunbookUrl is { } url ? $"[the runbook]({url})" : "`docs/runbook.md` (set `runbookUrl` to have a link here)";
        return $"# {settings.StackName}\n\nAn alarm is up: {runbook} says what to do, under its name.\n\n"
            + "First: `./wab.cs check --stage STAGE` looks at everything between WhatsApp and the agent.\n\nThe unit of waiting is the customer: the graph below this.";
    }

    private static GraphWidget Graph(string title, params IMetric[] metrics) =>
        new(new GraphWidgetProps { Title = title, Left = metrics, Width = 8, Height = 6 });
}
