using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
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

    /// <summary>Encrypts alarms in their topic.</summary>
    public required MessageKey Key { get; init; }
}

/// <summary>Alarms for what loses, delays or repeats messages. Each description says what it means and what to do.</summary>
internal sealed class Alarms : Construct
{
    private static readonly Duration Minute = Duration.Minutes(1);
    private static readonly Duration FiveMinutes = Duration.Minutes(5);
    private readonly string _stack;
    private readonly SnsAction? _action;

    public Alarms(Construct scope, string id, AlarmsProps props)
        : base(scope, id)
    {
        (DeploymentSettings settings, PipelineSignals signals) = (props.Settings, props.Signals);
        _stack = settings.StackName;
        _action = AlarmTopic.Create(this, settings, props.Key) is { } topic ? new SnsAction(topic) : null;

        Above("IteratorAge", PipelineSignals.Of(signals.Aggregator, "IteratorAge", "Maximum"), Minute, 3, LongestWait(settings).ToMilliseconds(),
            "Records wait in the stream for longer than the buffer explains: look for errors of the aggregator.");
        Above("GivenUp", signals.GivenUp, Minute, 1, 0,
            "The stream's mapping gave records up and put them into the bucket, under aws/lambda/; docs/deploy.md says how to put them back.");
        double fiveMinutes = settings.Wiring is Wiring.Queues ? FiveMinutes.ToSeconds() : FiveMinutes.ToMilliseconds();
        Above("NotificationAge", signals.Ages[0], Minute, 3, fiveMinutes,
            "Customers' messages wait for on_raw_messages: look for its errors, and for those of DynamoDB.");
        Above("EventAge", signals.Ages[1], Minute, 3, fiveMinutes,
            "Customers' messages wait for the event handler: a rush beyond Connect's quotas, or Connect is slow.");
        Above("ReplyAge", signals.Ages[2], Minute, 3, fiveMinutes,
            "Agents' answers wait for connect_event_handler: look for its errors, and for those of End User Messaging.");
        if (signals.Ages is [_, _, _, var customersFiles, var agentsFiles])
        {
            Above("CustomersFileAge", customersFiles, Minute, 3, fiveMinutes,
                "Customers' files wait for the event handler: End User Messaging or Connect is slow with them. Texts go on.");
            Above("AgentsFileAge", agentsFiles, Minute, 3, fiveMinutes,
                "Agents' files wait for connect_event_handler: Connect or End User Messaging is slow with them. Texts go on.");
        }

        if (settings.HasSweep)
        {
            Above("OutboxAge", signals.OutboxAge, FiveMinutes, 1, Duration.Minutes(15).ToSeconds(),
                "A customer's message waits in an outbox: the event handler's log says why; what was only forgotten the sweep has woken by now.");
        }

        Above("ConnectErrors", signals.ConnectErrors, FiveMinutes, 2, 10,
            "Amazon Connect refuses calls: see the event handler's log for the error codes; ThrottlingException means that a quota is too small.");
        Add("RawToAggregatedRatio", signals.Ratio(Duration.Minutes(15)), 2, 1, ComparisonOperator.LESS_THAN_THRESHOLD,
            "0: messages come in and none goes out. Between 0 and 1: more goes out than came in. Look at the aggregator's log and dead letters.");
        foreach (PipelineFunction function in signals.Functions)
        {
            Watch(function);
        }
    }

    private void Watch(PipelineFunction function)
    {
        string id = function.Node.Id;
        if (function.HasDeadLetters)
        {
            Above($"{id}DeadLetters", PipelineSignals.DeadLetters(function), Minute, 1, 0,
                $"{function.PhysicalName} gave something up; docs/deploy.md says how to look at it and try it again.");
        }

        Above($"{id}Errors", PipelineSignals.Of(function, "Errors", "Sum"), FiveMinutes, 1, 0,
            $"An invocation of {function.PhysicalName} failed{(function.HasDeadLetters ? " and will be repeated" : ", and its flow went on by the branch for errors")}: see its log.");
        // A short rush is meant to be held back; a lasting one is not.
        Above($"{id}Throttles", PipelineSignals.Of(function, "Throttles", "Sum"), FiveMinutes, 3, 0,
            $"{function.PhysicalName} has been at its reserved concurrency, or the account at its own, for 15 minutes.");
    }

    /// <summary>A record waits for its batch, and in the worst case for one more that is retried.</summary>
    private static Duration LongestWait(DeploymentSettings settings) => Duration.Seconds((2 * settings.BufferSeconds) + 60);

    private void Above(string id, Metric metric, Duration period, double periods, double threshold, string description) =>
        Add(id, metric.With(new MetricOptions { Period = period }), periods, threshold, ComparisonOperator.GREATER_THAN_THRESHOLD, description);

    private void Add(string id, IMetric metric, double periods, double threshold, ComparisonOperator comparison, string description)
    {
        var alarm = new Alarm(this, id, new AlarmProps
        {
            AlarmName = $"{_stack}-{id}",
            AlarmDescription = description,
            Metric = metric,
            EvaluationPeriods = periods,
            Threshold = threshold,
            ComparisonOperator = comparison,
            TreatMissingData = TreatMissingData.NOT_BREACHING,
        });
        if (_action is not null)
        {
            alarm.AddAlarmAction(_action);
            alarm.AddOkAction(_action);
        }
    }
}
