using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using LocalAws.Endpoint;
using LocalAws.Events;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>The pipeline as <see cref="Topology"/> describes it.</summary>
/// <param name="account">Whose ARNs.</param>
/// <param name="endpoint">Where queue URLs lead.</param>
/// <param name="wiring">How functions are told of what they have to do.</param>
/// <param name="bufferSeconds">Batching and tumbling window.</param>
/// <param name="codeOf">How to start a function.</param>
/// <param name="nameOf">A table's name in its home.</param>
internal sealed class TopologyResources(
    AwsAccount account, Uri endpoint, Wiring wiring, int bufferSeconds, Func<FunctionSpec, FunctionCode> codeOf, Func<TableSpec, string> nameOf)
{
    private const string PlaceholderConfig = """
        {
          "instance_id": "<your-connect-instance-id>",
          "contact_flow_id": "<your-contact-flow-id>",
          "chat_duration_minutes": 60,
          "ignore_reactions": "yes",
          "ignore_stickers": "yes"
        }
        """;

    private static readonly IReadOnlyDictionary<string, string> DeadLettersKept = new Dictionary<string, string> { ["MessageRetentionPeriod"] = "1209600" };
    private static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();

    public IReadOnlyList<CloudResource> All =>
    [
        .. TablesNamed(nameOf),
        new TopicResource(Topics.WhatsAppIn, Topics.WhatsAppIn, NoAttributes),
        new TopicResource(Topics.WhatsAppOut, Topics.WhatsAppOut, NoAttributes),
        new BucketResource("bucket", Buckets.WhatsAppBuffer(account.Id, account.Region, prefix: null)),
        new ParameterResource(Parameters.TopicIn, Parameters.TopicIn, TopicArn(Topics.WhatsAppIn)),
        new ParameterResource(Parameters.Config, Parameters.Config, PlaceholderConfig),
        .. FunctionSpecs.All.Select(function => new QueueResource(function.DeadLetterQueue, function.DeadLetterQueue, DeadLettersKept)),
        .. FunctionsWithQueues.Select(function => new QueueResource(function.Queue!.Name, function.Queue.Name, Attributes(function))),
        .. FunctionSpecs.All.Select(function => new FunctionResource(function.Name, function, Define(function))),
        Subscription,
        .. FunctionsWithQueues.Select(function => new QueueMappingResource(function.Queue!.Name, QueueMapping(function))),
        .. wiring is Wiring.Queues ? [Sweep] : Array.Empty<ScheduleResource>(),
        new MappingResource("mapping", nameOf(Tables.RawMessages), Mapping),
    ];

    /// <summary>The tables with their stream, index and TTL.</summary>
    /// <param name="nameOf">A table's name in its home.</param>
    public static IEnumerable<TableResource> TablesNamed(Func<TableSpec, string> nameOf) =>
        Tables.All.Select(table => new TableResource(table.Name, Request(table, nameOf(table)), table.TimeToLive));

    private SubscriptionResource Subscription => new(
        "subscription",
        TopicArn(Topics.WhatsAppIn),
        wiring is Wiring.Queues ? "sqs" : "lambda",
        wiring is Wiring.Queues ? QueueArn(FunctionSpecs.OnRawMessages.Queue!.Name) : account.Arn("lambda", $"function:{FunctionSpecs.OnRawMessages.Name}"),
        new Dictionary<string, string> { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{QueueArn(FunctionSpecs.OnRawMessages.DeadLetterQueue)}}"}""" });

    private ScheduleResource Sweep => new(
        SweepSettings.Rule, SweepSettings.Rule, SweepSettings.Expression, [new EventTarget("Target0", account.Arn("lambda", $"function:{FunctionSpecs.MessageAggregator.Name}"))])
    {
        Description = SweepSettings.Description,
    };

    private IEnumerable<FunctionSpec> FunctionsWithQueues => FunctionSpecs.All.Where(function => wiring is Wiring.Queues && function.Queue is not null);

    private StreamMappingSettings Mapping => new()
    {
        FunctionName = FunctionSpecs.MessageAggregator.Name,
        EventSourceArn = "",
        StartingPosition = "TRIM_HORIZON",
        BatchSize = BufferSettings.BatchSize,
        MaximumBatchingWindowInSeconds = bufferSeconds,
        TumblingWindowInSeconds = bufferSeconds,
        BisectBatchOnFunctionError = true,
        ReportBatchItemFailures = true,
        MaximumRetryAttempts = BufferSettings.MaximumRetryAttempts,
        MaximumRecordAgeInSeconds = BufferSettings.MaximumRecordAgeInSeconds,
        OnFailure = $"arn:aws:s3:::{Buckets.WhatsAppBuffer(account.Id, account.Region, prefix: null)}",
    };

    private Dictionary<string, string> Attributes(FunctionSpec function) => new()
    {
        ["VisibilityTimeout"] = Text(function.Queue!.VisibilityTimeoutSeconds),
        ["MessageRetentionPeriod"] = Text(QueueSpec.RetentionSeconds),
        ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{QueueArn(function.DeadLetterQueue)}}","maxReceiveCount":{{QueueSpec.MaxReceiveCount}}}""",
    };

    private QueueMappingSettings QueueMapping(FunctionSpec function) => new()
    {
        FunctionName = function.Name,
        EventSourceArn = QueueArn(function.Queue!.Name),
        BatchSize = function.Queue.BatchSize,
        MaximumConcurrency = function.Concurrency,
        ReportBatchItemFailures = true,
    };

    private FunctionDefinition Define(FunctionSpec function) => new()
    {
        Name = function.Name,
        Code = codeOf(function),
        MemorySize = function.MemoryMegabytes,
        Timeout = TimeSpan.FromSeconds(function.TimeoutSeconds),
        ReservedConcurrency = wiring is Wiring.Guide ? function.Concurrency : null,
        AsyncInvocation = AsyncInvocation(function),
        Environment = Environment(function),
    };

    private AsyncInvocationSettings AsyncInvocation(FunctionSpec function) => (wiring, function) switch
    {
        // By the schedule of sweeps. The mapping, which invokes it otherwise, has a destination of its own.
        (Wiring.Queues, _) when function == FunctionSpecs.MessageAggregator => new() { MaximumEventAgeInSeconds = SweepSettings.IntervalMinutes * 60 },
        (Wiring.Guide, _) when function != FunctionSpecs.MessageAggregator => new() { OnFailure = QueueArn(function.DeadLetterQueue) },
        _ => new(),
    };

    private IReadOnlyDictionary<string, string> Environment(FunctionSpec function) =>
        FunctionVariables.Of(function, wiring, TopicArn(Topics.WhatsAppOut), queue => new Uri(endpoint, $"{account.Id}/{queue}"), nameOf);

    private string TopicArn(string name) => account.Arn("sns", name);

    private string QueueArn(string name) => account.Arn("sqs", name);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static CreateTableRequest Request(TableSpec table, string name)
    {
        var request = new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new(table.PartitionKey, ScalarAttributeType.S), new(table.SortKey, ScalarAttributeType.S)],
            KeySchema = [new(table.PartitionKey, KeyType.HASH), new(table.SortKey, KeyType.RANGE)],
        };
        if (table.Index is { } index)
        {
            request.AttributeDefinitions.Add(new(index.PartitionKey, ScalarAttributeType.S));
            request.GlobalSecondaryIndexes =
            [
                new()
                {
                    IndexName = index.Name,
                    KeySchema = [new(index.PartitionKey, KeyType.HASH)],
                    Projection = new Projection { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [index.Included] },
                },
            ];
        }

        if (table.StreamView is { } view)
        {
            request.StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = view };
        }

        return request;
    }
}
