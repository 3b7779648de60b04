using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Logs;
using WhatsAppBuffer.Infra.Resources;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Monitoring;

/// <summary>
/// The figures that tell how the pipeline is. All but one are metrics that AWS keeps anyway, so they hold whatever becomes of the functions'
/// own telemetry; calls that Connect refused are counted in the event handler's log.
/// </summary>
internal sealed class PipelineSignals
{
    private const string Namespace = "WhatsAppBuffer";

    public PipelineSignals(SpecTable rawMessages, PipelineFunction onRawMessages, PipelineFunction aggregator, PipelineFunction eventHandler)
    {
        Functions = [onRawMessages, aggregator, eventHandler];
        Aggregator = aggregator;
        EventHandler = eventHandler;
        RawMessages = new Metric(new MetricProps
        {
            Namespace = "AWS/DynamoDB",
            MetricName = "SuccessfulRequestLatency",
            DimensionsMap = new Dictionary<string, string> { ["TableName"] = rawMessages.Table.TableName, ["Operation"] = "PutItem" },
            Statistic = "SampleCount",
            Label = "raw messages stored",
        });
        AggregatedEvents = Of(eventHandler, "AsyncEventsReceived", "Sum", "aggregated events");
        var filter = new MetricFilter(eventHandler, "ConnectErrors", new MetricFilterProps
        {
            LogGroup = eventHandler.Log,
            FilterPattern = FilterPattern.Literal($"{{ ($.eventId = {LogEvents.CallFailed}) || ($.eventId = {LogEvents.DeadLettered}) }}"),
            MetricNamespace = Namespace,
            // The function's name tells two deployments in one account apart.
            MetricName = $"{eventHandler.PhysicalName}/connect-errors",
            MetricValue = "1",
            DefaultValue = 0,
        });
        ConnectErrors = filter.Metric(new MetricOptions { Statistic = "Sum", Label = "Connect errors" });
    }

    /// <summary>All functions, in the order of the pipeline.</summary>
    public IReadOnlyList<PipelineFunction> Functions { get; }

    /// <summary>Reads the stream.</summary>
    public PipelineFunction Aggregator { get; }

    /// <summary>Talks to Connect.</summary>
    public PipelineFunction EventHandler { get; }

    /// <summary>Messages stored: puts that DynamoDB accepted. Duplicates are refused and not counted.</summary>
    public Metric RawMessages { get; }

    /// <summary>Events that the aggregator handed over and Lambda accepted.</summary>
    public Metric AggregatedEvents { get; }

    /// <summary>Calls that Connect refused, whether for now or for good.</summary>
    public Metric ConnectErrors { get; }

    /// <summary>
    /// Raw messages for one aggregated event: 4 means that four messages of a customer cost one. Never below 1 while all is well; 0 when
    /// messages come in and nothing goes out; 1 when nothing comes in.
    /// </summary>
    public MathExpression Ratio(Duration period) => new(new MathExpressionProps
    {
        Expression = "IF(FILL(raw, 0) > 0, IF(FILL(aggregated, 0) > 0, raw / aggregated, 0), 1)",
        UsingMetrics = new Dictionary<string, IMetric> { ["raw"] = RawMessages, ["aggregated"] = AggregatedEvents },
        Period = period,
        Label = "raw messages per aggregated event",
    });

    /// <summary>A metric that Lambda keeps of a function.</summary>
    public static Metric Of(PipelineFunction function, string metric, string statistic, string? label = null) => new(new MetricProps
    {
        Namespace = "AWS/Lambda",
        MetricName = metric,
        DimensionsMap = new Dictionary<string, string> { ["FunctionName"] = function.Function.FunctionName },
        Statistic = statistic,
        Label = label ?? $"{function.PhysicalName} {metric}",
    });

    /// <summary>Messages waiting in a function's dead-letter queue.</summary>
    public static Metric DeadLetters(PipelineFunction function) => new(new MetricProps
    {
        Namespace = "AWS/SQS",
        MetricName = "ApproximateNumberOfMessagesVisible",
        DimensionsMap = new Dictionary<string, string> { ["QueueName"] = function.DeadLetters.Queue.QueueName },
        Statistic = "Maximum",
        Label = $"{function.PhysicalName} dead letters",
    });
}
