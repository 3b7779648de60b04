using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SQS;
using WhatsAppBuffer.Infra.Resources;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Monitoring;

/// <summary>
/// The figures that tell how the pipeline is. All but two are metrics that AWS keeps anyway, so they hold whatever becomes of the functions'
/// own telemetry; calls that Connect refused, and what a sweep found waiting, are read from the functions' logs.
/// </summary>
internal sealed class PipelineSignals
{
    private const string Namespace = "WhatsAppBuffer";

    public PipelineSignals(
        SpecTable rawMessages,
        PipelineFunction onRawMessages,
        PipelineFunction aggregator,
        PipelineFunction eventHandler,
        PipelineFunction connectEventHandler,
        PipelineFunction sendWhatsAppMessage,
        StreamBuffer buffer,
        WorkQueue? notifications,
        WorkQueue? wakeUps,
        WorkQueue? replies,
        WorkQueue? customersFiles,
        WorkQueue? agentsFiles)
    {
        Functions = [onRawMessages, aggregator, eventHandler, connectEventHandler, sendWhatsAppMessage];
        Ages = [Age(onRawMessages, notifications), Age(eventHandler, wakeUps), Age(connectEventHandler, replies), .. FilesAges(customersFiles, agentsFiles)];
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
        AggregatedEvents = wakeUps is null
            ? Of(eventHandler, "AsyncEventsReceived", "Sum", "aggregated events")
            : Of(wakeUps.Queue, "NumberOfMessagesSent", "Sum", "aggregated events");
        GivenUp = new Metric(new MetricProps
        {
            Namespace = "AWS/Lambda",
            MetricName = "OnFailureDestinationDeliveredEventCount",
            DimensionsMap = new Dictionary<string, string> { ["EventSourceMappingUUID"] = buffer.MappingId },
            Statistic = "Sum",
            Label = "records given up",
        });
        OutboxAge = LogMetric(aggregator, "OutboxAge", $"{{ $.eventId = {LogEvents.Swept} }}", "outbox-age", "$.OldestSeconds")
            .With(new MetricOptions { Statistic = "Maximum", Label = "oldest waiting (s)" });
        ConnectErrors = LogMetric(
            eventHandler, "ConnectErrors", $"{{ ($.eventId = {LogEvents.CallFailed}) || ($.eventId = {LogEvents.DeadLettered}) }}", "connect-errors", "1", defaultValue: 0)
            .With(new MetricOptions { Statistic = "Sum", Label = "Connect errors" });
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
    /// How long the oldest waits: a notification for <c>on_raw_messages</c>, an event for the event handler, an answer for <c>connect_event_handler</c>. In seconds where it waits in a
    /// queue, in milliseconds where Lambda keeps it. A queue leaves out what it has given to the function three times.
    /// </summary>
    public IReadOnlyList<Metric> Ages { get; }

    /// <summary>Records that the stream's mapping gave up and put into the bucket. The mapping counts them because it is told to (<c>EventCount</c>).</summary>
    public Metric GivenUp { get; }

    /// <summary>How long the oldest aggregate waits in an outbox, in seconds, as each sweep finds it.</summary>
    public Metric OutboxAge { get; }

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
    public static Metric DeadLetters(PipelineFunction function) =>
        Of(function.DeadLetters.Queue, "ApproximateNumberOfMessagesVisible", "Maximum", $"{function.PhysicalName} dead letters");

    private static Metric Age(PipelineFunction function, WorkQueue? queue) =>
        queue is null ? Of(function, "AsyncEventAge", "Maximum") : Of(queue.Queue, "ApproximateAgeOfOldestMessage", "Maximum");

    private static IEnumerable<Metric> FilesAges(params IEnumerable<WorkQueue?> queues) =>
        queues.OfType<WorkQueue>().Select(queue => Of(queue.Queue, "ApproximateAgeOfOldestMessage", "Maximum"));

    private static Metric Of(Queue queue, string metric, string statistic, string? label = null) => new(new MetricProps
    {
        Namespace = "AWS/SQS",
        MetricName = metric,
        DimensionsMap = new Dictionary<string, string> { ["QueueName"] = queue.QueueName },
        Statistic = statistic,
        Label = label ?? $"{queue.Node.Scope!.Node.Id} {metric}",
    });

    /// <summary>A metric that CloudWatch makes of a function's log lines.</summary>
    private static Metric LogMetric(PipelineFunction function, string id, string pattern, string name, string value, double? defaultValue = null) =>
        new MetricFilter(function, id, new MetricFilterProps
        {
            LogGroup = function.Log,
            FilterPattern = FilterPattern.Literal(pattern),
            MetricNamespace = Namespace,
            // The function's name tells two deployments in one account apart.
            MetricName = $"{function.PhysicalName}/{name}",
            MetricValue = value,
            DefaultValue = defaultValue,
        }).Metric();
}
