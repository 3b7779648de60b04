using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>The pipeline as <see cref="Topology"/> describes it.</summary>
/// <param name="account">Whose ARNs.</param>
/// <param name="endpoint">Where queue URLs lead.</param>
/// <param name="bufferSeconds">Batching and tumbling window.</param>
/// <param name="codeOf">How to start a function.</param>
/// <param name="nameOf">A table's name in its home.</param>
internal sealed class TopologyResources(
    AwsAccount account, Uri endpoint, int bufferSeconds, Func<FunctionSpec, FunctionCode> codeOf, Func<TableSpec, string> nameOf)
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
        .. FunctionSpecs.All.Select(function => new FunctionResource(function.Name, function, Define(function))),
        Subscription,
        new MappingResource("mapping", nameOf(Tables.RawMessages), Mapping),
    ];

    /// <summary>The tables with their stream, index and TTL.</summary>
    /// <param name="nameOf">A table's name in its home.</param>
    public static IEnumerable<TableResource> TablesNamed(Func<TableSpec, string> nameOf) =>
        Tables.All.Select(table => new TableResource(table.Name, Request(table, nameOf(table)), table.TimeToLive));

    private SubscriptionResource Subscription => new(
        "subscription",
        TopicArn(Topics.WhatsAppIn),
        "lambda",
        account.Arn("lambda", $"function:{FunctionSpecs.OnRawMessages.Name}"),
        new Dictionary<string, string> { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{QueueArn(FunctionSpecs.OnRawMessages)}}"}""" });

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
        OnFailure = QueueArn(FunctionSpecs.MessageAggregator),
    };

    private FunctionDefinition Define(FunctionSpec function) => new()
    {
        Name = function.Name,
        Code = codeOf(function),
        MemorySize = function.MemoryMegabytes,
        Timeout = TimeSpan.FromSeconds(function.TimeoutSeconds),
        ReservedConcurrency = function.Concurrency,
        // The aggregator is invoked by the mapping, which has a destination of its own.
        AsyncInvocation = function == FunctionSpecs.MessageAggregator ? new() : new() { OnFailure = QueueArn(function) },
        Environment = Environment(function),
    };

    private IReadOnlyDictionary<string, string> Environment(FunctionSpec function) =>
        FunctionVariables.Of(function, TopicArn(Topics.WhatsAppOut), new Uri(endpoint, $"{account.Id}/{function.DeadLetterQueue}"), nameOf);

    private string TopicArn(string name) => account.Arn("sns", name);

    private string QueueArn(FunctionSpec function) => account.Arn("sqs", function.DeadLetterQueue);

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
