using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SQS;
using WhatsAppBuffer.Infra.Resources;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Monitoring;

/// <summary>
/// The figures that tell how the pipeline is. All but three are metrics that AWS keeps anyway, so they hold whatever becomes of the functions'
/// own telemetry; how long messages take to the agent, calls that Connect refused, and what a sweep found waiting, are read from the functions' logs.
/// </summary>
internal sealed class PipelineSignals
{
    private const string Namespace = Metrics.Namespace;

    private readonly IReadOnlyList<ServiceTopic> _topics;
    private readonly StreamBuffer _buffer;

    public PipelineSignals(
        ServiceTopic whatsAppIn,
        ServiceTopic whatsAppOut,
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
        (_topics, _buffer) = ([whatsAppIn, whatsAppOut], buffer);
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
        GivenUp = Of(buffer, "OnFailureDestinationDeliveredEventCount", "records given up");
        Published = Of(whatsAppIn, "NumberOfMessagesPublished", "published by End User Messaging");
        ReceiptToAgent = new Metric(new MetricProps
        {
            Namespace = Namespace,
            MetricName = Metrics.ReceiptToAgent,
            DimensionsMap = new Dictionary<string, string> { ["FunctionName"] = eventHandler.Function.FunctionName },
            Statistic = "p95",
            Label = "from receipt to the agent (s), 95th percentile",
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

    /// <summary>What End User Messaging publishes: messages, and statuses of what was sent.</summary>
    public Metric Published { get; }

    /// <summary>How long messages take from End User Messaging to the agent, as the event handler writes it into its log.</summary>
    public Metric ReceiptToAgent { get; }

    /// <summary>Raw messages for one aggregated event: 4 means that four messages of a customer cost one.</summary>
    public MathExpression Ratio(Duration period) => new(new MathExpressionProps
    {
        Expression = "raw / aggregated",
        UsingMetrics = new Dictionary<string, IMetric> { ["raw"] = RawMessages, ["aggregated"] = AggregatedEvents },
        Period = period,
        Label = "raw messages per aggregated event",
    });

    /// <summary>
    /// 1 when messages were stored in the period before and the stream's mapping has read nothing in that one and in this: what is read within a period of its being stored, as
    /// everything is while all is well, never is 1, and a single message that stays is. (<c>m - DIFF(m)</c> is what <c>m</c> was a period before.)
    /// </summary>
    public MathExpression NotPolled(Duration period) => new(new MathExpressionProps
    {
        Expression = "IF((FILL(raw, 0) - DIFF(FILL(raw, 0))) > 0 AND (FILL(polled, 0) * 2 - DIFF(FILL(polled, 0))) == 0, 1, 0)",
        UsingMetrics = new Dictionary<string, IMetric> { ["raw"] = RawMessages, ["polled"] = Of(_buffer, "PolledEventCount", "records read") },
        Period = period,
        Label = "stored and not read",
    });

    /// <summary>What was given up and is nowhere: events whose destination did not take them, and notifications that no dead-letter queue took.</summary>
    public MathExpression Lost(Duration period)
    {
        Dictionary<string, IMetric> metrics = new() { ["dropped"] = Of(_buffer, "DroppedEventCount", "records dropped") };
        foreach ((int i, ServiceTopic topic) in _topics.Index())
        {
            metrics[$"redrive{i}"] = Of(topic, "NumberOfNotificationsFailedToRedriveToDlq", "notifications lost");
        }

        foreach ((int i, PipelineFunction function) in Functions.Where(function => function.KeepsEvents).Index())
        {
            metrics[$"failed{i}"] = Of(function, "DestinationDeliveryFailures", "Sum");
        }

        return new MathExpression(new MathExpressionProps
        {
            Expression = string.Join(" + ", metrics.Keys.Select(name => $"FILL({name}, 0)")),
            UsingMetrics = metrics,
            Period = period,
            Label = "lost",
        });
    }

    /// <summary>How many dead letters there are more than a period before.</summary>
    public static MathExpression NewDeadLetters(PipelineFunction function, Duration period) => new(new MathExpressionProps
    {
        Expression = "DIFF(FILL(letters, 0))",
        UsingMetrics = new Dictionary<string, IMetric> { ["letters"] = DeadLetters(function) },
        Period = period,
        Label = "new dead letters",
    });

    /// <summary>The age of the oldest dead letter, in seconds.</summary>
    public static Metric OldestLetter(PipelineFunction function) =>
        Of(function.DeadLetters.Queue, "ApproximateAgeOfOldestMessage", "Maximum", $"{function.PhysicalName} oldest dead letter");

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

    /// <summary>A metric of the stream's mapping, which it keeps because it is told to (<c>EventCount</c>).</summary>
    private static Metric Of(StreamBuffer buffer, string metric, string label) => new(new MetricProps
    {
        Namespace = "AWS/Lambda",
        MetricName = metric,
        DimensionsMap = new Dictionary<string, string> { ["EventSourceMappingUUID"] = buffer.MappingId },
        Statistic = "Sum",
        Label = label,
    });

    private static Metric Of(ServiceTopic topic, string metric, string label) => new(new MetricProps
    {
        Namespace = "AWS/SNS",
        MetricName = metric,
        DimensionsMap = new Dictionary<string, string> { ["TopicName"] = topic.Topic.TopicName },
        Statistic = "Sum",
        Label = label,
    });

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
