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
}

/// <summary>One page: what came in, what went out, how long it waited, what went wrong.</summary>
internal sealed class PipelineDashboard : Construct
{
    public PipelineDashboard(Construct scope, string id, PipelineDashboardProps props)
        : base(scope, id)
    {
        PipelineSignals signals = props.Signals;
        Name = props.Settings.StackName;
        var dashboard = new Dashboard(this, "Dashboard", new DashboardProps { DashboardName = Name, DefaultInterval = Duration.Hours(12) });
        dashboard.AddWidgets(
            Graph("Messages in, events out", signals.RawMessages, signals.AggregatedEvents),
            Graph("Messages joined into one event", signals.Ratio(Duration.Minutes(15))),
            Graph("Waiting in the stream (ms)", PipelineSignals.Of(signals.Aggregator, "IteratorAge", "Maximum")));
        dashboard.AddWidgets(
            Graph("Errors", [.. signals.Functions.Select(function => PipelineSignals.Of(function, "Errors", "Sum")), signals.ConnectErrors]),
            Graph("Throttles", [.. signals.Functions.Select(function => PipelineSignals.Of(function, "Throttles", "Sum"))]),
            Graph("Dead letters", [.. signals.Functions.Where(function => function.HasDeadLetters).Select(PipelineSignals.DeadLetters), signals.GivenUp]));
        dashboard.AddWidgets(
            Graph("Duration (ms), 95th percentile", [.. signals.Functions.Select(function => PipelineSignals.Of(function, "Duration", "p95"))]),
            Graph(
                props.Settings.Wiring is Wiring.Queues ? "Waiting (s)" : "Waiting (ms)", [.. signals.Ages, .. props.Settings.HasSweep ? [signals.OutboxAge] : Array.Empty<IMetric>()]),
            Graph("Concurrency", [.. signals.Functions.Select(function => PipelineSignals.Of(function, "ConcurrentExecutions", "Maximum"))]));
    }

    /// <summary>The dashboard's name.</summary>
    public string Name { get; }

    private static GraphWidget Graph(string title, params IMetric[] metrics) =>
        new(new GraphWidgetProps { Title = title, Left = metrics, Width = 8, Height = 6 });
}
