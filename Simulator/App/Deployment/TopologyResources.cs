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
/// <param name="release">What ends a burst.</param>
/// <param name="bufferSeconds">Batching and tumbling window.</param>
/// <param name="codeOf">How to start a function.</param>
/// <param name="nameOf">A table's name in its home.</param>
internal sealed class TopologyResources(
    AwsAccount account, Uri endpoint, Wiring wiring, ReleaseChoice release, int bufferSeconds, Func<FunctionSpec, FunctionCode> codeOf, Func<TableSpec, string> nameOf)
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
        new BucketResource("bucket", Bucket),
        new ParameterResource(Parameters.TopicIn, Parameters.TopicIn, TopicArn(Topics.WhatsAppIn)),
        new ParameterResource(Parameters.Config, Parameters.Config, PlaceholderConfig),
        new ParameterResource(Parameters.Templates, Parameters.Templates, Parameters.InitialTemplates),
        .. FunctionSpecs.All.Select(function => function.DeadLetterQueue).OfType<string>().Select(queue => new QueueResource(queue, queue, DeadLettersKept)),
        .. Queues.Select(queue => new QueueResource(queue.Spec.Name, queue.Spec.Name, Attributes(queue.Function, queue.Spec))),
        .. FunctionSpecs.All.Select(function => new FunctionResource(function.Name, function, Define(function))),
        Subscription("subscription", Topics.WhatsAppIn, FunctionSpecs.OnRawMessages, FunctionSpecs.OnRawMessages.Queue!),
        .. SubscriptionsOfAnswers,
        .. Queues.Select(queue => new QueueMappingResource(queue.Spec.Name, QueueMapping(queue.Function, queue.Spec))),
        .. wiring is Wiring.Queues ? [Sweep] : Array.Empty<ScheduleResource>(),
        new MappingResource("mapping", nameOf(Tables.RawMessages), Mapping),
    ];

    /// <summary>The tables with their stream, index and TTL.</summary>
    /// <param name="nameOf">A table's name in its home.</param>
    public static IEnumerable<TableResource> TablesNamed(Func<TableSpec, string> nameOf) =>
        Tables.All.Select(table => new TableResource(table.Name, Request(table, nameOf(table)), table.TimeToLive));

    private ScheduleResource Sweep => new(
        SweepSettings.Rule, SweepSettings.Rule, SweepSettings.Expression, [new EventTarget("Target0", account.Arn("lambda", $"function:{FunctionSpecs.MessageAggregator.Name}"))])
    {
        Description = SweepSettings.Description,
    };

    private IEnumerable<(FunctionSpec Function, QueueSpec Spec)> Queues =>
        FunctionSpecs.All.Where(_ => wiring is Wiring.Queues).SelectMany(function => function.Queues.Select(queue => (function, queue)));

    private IEnumerable<SubscriptionResource> SubscriptionsOfAnswers
    {
        get
        {
            FunctionSpec function = FunctionSpecs.ConnectEventHandler;
            yield return Subscription("subscription of answers", Topics.WhatsAppOut, function, function.Queue!, wiring is Wiring.Queues ? ReplyFilter.WordsPolicy : ReplyFilter.Policy);
            if (wiring is Wiring.Queues)
            {
                yield return Subscription("subscription of agents' files", Topics.WhatsAppOut, function, function.FilesQueue!, ReplyFilter.FilesPolicy);
            }
        }
    }

    private StreamMappingSettings Mapping => new()
    {
        FunctionName = FunctionSpecs.MessageAggregator.Name,
        EventSourceArn = "",
        StartingPosition = "TRIM_HORIZON",
        BatchSize = BufferSettings.BatchSize,
        MaximumBatchingWindowInSeconds = release is ReleaseChoice.Quiet ? BufferSettings.QuietFlushSeconds : bufferSeconds,
        TumblingWindowInSeconds = release is ReleaseChoice.Quiet ? 0 : bufferSeconds,
        BisectBatchOnFunctionError = true,
        ReportBatchItemFailures = true,
        MaximumRetryAttempts = BufferSettings.MaximumRetryAttempts,
        MaximumRecordAgeInSeconds = BufferSettings.MaximumRecordAgeInSeconds,
        OnFailure = $"arn:aws:s3:::{Bucket}",
    };

    private Dictionary<string, string> Attributes(FunctionSpec function, QueueSpec queue) => new()
    {
        ["VisibilityTimeout"] = Text(queue.VisibilityTimeoutSeconds),
        ["MessageRetentionPeriod"] = Text(QueueSpec.RetentionSeconds),
        ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{QueueArn(function.DeadLetterQueue!)}}","maxReceiveCount":{{QueueSpec.MaxReceiveCount}}}""",
    };

    private QueueMappingSettings QueueMapping(FunctionSpec function, QueueSpec queue) => new()
    {
        FunctionName = function.Name,
        EventSourceArn = QueueArn(queue.Name),
        BatchSize = queue.BatchSize,
        MaximumConcurrency = queue.Concurrency,
        ReportBatchItemFailures = true,
    };

    private SubscriptionResource Subscription(string id, string topic, FunctionSpec function, QueueSpec queue, string? filterPolicy = null)
    {
        Dictionary<string, string> attributes = new() { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{QueueArn(function.DeadLetterQueue!)}}"}""" };
        if (filterPolicy is not null)
        {
            attributes["FilterPolicy"] = filterPolicy;
        }

        return wiring is Wiring.Queues
            ? new(id, TopicArn(topic), "sqs", QueueArn(queue.Name), attributes)
            : new(id, TopicArn(topic), "lambda", account.Arn("lambda", $"function:{function.Name}"), attributes);
    }

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
        (Wiring.Guide, { Queue: not null }) => new() { OnFailure = QueueArn(function.DeadLetterQueue!) },
        _ => new(),
    };

    private IReadOnlyDictionary<string, string> Environment(FunctionSpec function) =>
        FunctionVariables.Of(function, wiring, release, TopicArn(Topics.WhatsAppOut), Bucket, queue => new Uri(endpoint, $"{account.Id}/{queue}"), nameOf);

    private string Bucket => Buckets.WhatsAppBuffer(account.Id, account.Region, prefix: null);

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
