using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using WhatsAppBuffer.Infra.Resources;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Monitoring;

/// <summary>What <see cref="Alarms"/> watch.</summary>
internal sealed record AlarmsProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }

    /// <summary>The figures.</summary>
    public required PipelineSignals Signals { get; init; }

    /// <summary>Encrypts alarms in their topics.</summary>
    public required MessageKey Key { get; init; }
}

/// <summary>
/// Alarms for what customers feel and what is lost; none for what mends itself. Each has a part of docs/runbook.md. How they take sparse traffic is tried with minute series in the tests:
/// one message an hour must neither hide an outage nor look like one.
/// </summary>
internal sealed class Alarms : Construct
{
    private const int MinutesOfOldLetters = 7 * 24 * 60;

    private static readonly Duration Minute = Duration.Minutes(1);
    private static readonly Duration FiveMinutes = Duration.Minutes(5);
    private static readonly Duration Hour = Duration.Hours(1);

    private static readonly string[] OfEachFunction = ["DeadLetters", "OldLetters", "Errors", "Throttles"];

    private readonly DeploymentSettings _settings;
    private readonly AlarmTopics _topics;
    private readonly List<Alarm> _all = [];

    public Alarms(Construct scope, string id, AlarmsProps props)
        : base(scope, id)
    {
        PipelineSignals signals = props.Signals;
        _settings = props.Settings;
        _topics = new AlarmTopics(this, _settings, props.Key);

        // One late message that was delivered by itself wakes nobody; two within an hour do, however few there are.
        Above("Waiting", Severity.Page, signals.ReceiptToAgent.With(new MetricOptions { Period = FiveMinutes }), LongestWait().ToSeconds() + 60, new(2, 12),
            "Customers' messages reach agents later than the buffer explains.");
        Above("Stopped", Severity.Page, signals.NotPolled(FiveMinutes), 0, new(1, 3),
            "Messages are stored, and the stream's mapping reads none: it is disabled, or cannot read.");
        Add("NothingIn", Severity.Page, signals.Published.With(new MetricOptions { Period = Hour }), 1, new(_settings.SilentHours, _settings.SilentHours),
            ComparisonOperator.LESS_THAN_THRESHOLD, TreatMissingData.BREACHING, $"End User Messaging has published nothing for {_settings.SilentHours} hours.");
        Above("Lost", Severity.Page, signals.Lost(FiveMinutes), 0, new(1, 1),
            "Something was given up, and where it should have gone did not take it: it is lost.");
        Above("IteratorAge", Severity.Page, PipelineSignals.Of(signals.Aggregator, "IteratorAge", "Maximum").With(new MetricOptions { Period = Minute }), LongestWait().ToMilliseconds(), new(2, 5),
            "Records wait in the stream for longer than the buffer explains.");
        Above("GivenUp", Severity.Page, signals.GivenUp.With(new MetricOptions { Period = Minute }), 0, new(1, 1),
            "The stream's mapping gave records up and put them into the bucket, under aws/lambda/.");

        Age("NotificationAge", Severity.Page, signals.Ages[0], "Customers' messages wait for on_raw_messages.");
        Age("EventAge", Severity.Page, signals.Ages[1], "Customers' messages wait for the event handler.");
        Age("ReplyAge", Severity.Page, signals.Ages[2], "Agents' answers wait for connect_event_handler.");
        if (signals.Ages is [_, _, _, var customersFiles, var agentsFiles])
        {
            Age("CustomersFileAge", Severity.Ticket, customersFiles, "Customers' files wait for the event handler. Texts go on.");
            Age("AgentsFileAge", Severity.Ticket, agentsFiles, "Agents' files wait for connect_event_handler. Texts go on.");
        }

        if (_settings.HasSweep)
        {
            Above("OutboxAge", Severity.Page, signals.OutboxAge.With(new MetricOptions { Period = FiveMinutes }), Duration.Minutes(15).ToSeconds(), new(1, 1),
                "A customer's message waits in an outbox, and being woken again did not help.");
        }

        Above("ConnectErrors", Severity.Ticket, signals.ConnectErrors.With(new MetricOptions { Period = FiveMinutes }), 10, new(2, 2), "Amazon Connect refuses calls.");
        foreach (PipelineFunction function in signals.Functions)
        {
            Watch(function);
        }
    }

    /// <summary>All of them, in the order of the runbook.</summary>
    public IReadOnlyList<Alarm> All => _all;

    private void Watch(PipelineFunction function)
    {
        string id = function.Node.Id;
        if (function.HasDeadLetters)
        {
            // Each new one, also while older ones lie there.
            Above($"{id}DeadLetters", Severity.Page, PipelineSignals.NewDeadLetters(function, FiveMinutes), 0, new(1, 3), $"{function.PhysicalName} gave something up.");
            Above($"{id}OldLetters", Severity.Ticket, PipelineSignals.OldestLetter(function).With(new MetricOptions { Period = Hour }), Duration.Minutes(MinutesOfOldLetters).ToSeconds(), new(1, 1),
                $"A dead letter of {function.PhysicalName} is a week old; in another week SQS deletes it.");
        }
        else
        {
            // Nothing repeats it: its caller was told.
            Above($"{id}Errors", Severity.Ticket, PipelineSignals.Of(function, "Errors", "Sum").With(new MetricOptions { Period = FiveMinutes }), 0, new(1, 1),
                $"An invocation of {function.PhysicalName} failed, and its flow went on by the branch for errors.");
        }

        if (_settings.Wiring is Wiring.Queues)
        {
            // Without queues it is how work is held back.
            Above($"{id}Throttles", Severity.Ticket, PipelineSignals.Of(function, "Throttles", "Sum").With(new MetricOptions { Period = FiveMinutes }), 0, new(3, 3),
                $"{function.PhysicalName} has been throttled for 15 minutes: the account's concurrency is used up.");
        }
    }

    private void Age(string id, Severity severity, Metric age, string description) => Above(
        id, severity, age.With(new MetricOptions { Period = Minute }), _settings.Wiring is Wiring.Queues ? FiveMinutes.ToSeconds() : FiveMinutes.ToMilliseconds(), new(3, 5), description);

    /// <summary>A record waits for its batch, and in the worst case for one more that is retried.</summary>
    private Duration LongestWait() => Duration.Seconds((2 * _settings.BufferSeconds) + 60);

    private void Above(string id, Severity severity, IMetric metric, double threshold, Datapoints points, string description) =>
        Add(id, severity, metric, threshold, points, ComparisonOperator.GREATER_THAN_THRESHOLD, TreatMissingData.NOT_BREACHING, description);

    private void Add(
        string id, Severity severity, IMetric metric, double threshold, Datapoints points, ComparisonOperator comparison, TreatMissingData missing, string description)
    {
        var alarm = new Alarm(this, id, new AlarmProps
        {
            AlarmName = $"{_settings.StackName}-{id}",
            AlarmDescription = $"[{severity.ToString().ToLowerInvariant()}] {description} What to do: {RunbookOf(_settings, id)}",
            Metric = metric,
            EvaluationPeriods = points.Of,
            DatapointsToAlarm = points.Breaching,
            Threshold = threshold,
            ComparisonOperator = comparison,
            TreatMissingData = missing,
        });
        _all.Add(alarm);
        if (_topics.Of(severity) is { } action)
        {
            alarm.AddAlarmAction(action);
            if (severity is Severity.Page)
            {
                alarm.AddOkAction(action);
            }
        }
    }

    /// <summary>Where an alarm's part of the runbook is; functions share theirs.</summary>
    internal static string RunbookOf(DeploymentSettings settings, string id)
    {
        string shared = OfEachFunction.FirstOrDefault(end => id.EndsWith(end, StringComparison.Ordinal) && id != "ConnectErrors") ?? id;
        return $"{settings.RunbookUrl ?? "docs/runbook.md"}#{shared.ToLowerInvariant()}";
    }

    /// <summary>How many of how many periods must breach.</summary>
    private readonly record struct Datapoints(int Breaching, int Of);
}
