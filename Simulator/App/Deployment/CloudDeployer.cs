using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using LocalAws;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>Creates resources on a local cloud, whatever describes them, in an order in which each finds what it refers to.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="endpoint">Where it listens.</param>
/// <param name="variables">Environment variables that every function gets beside its own.</param>
internal sealed class CloudDeployer(LocalCloud cloud, Uri endpoint, IReadOnlyDictionary<string, string> variables)
{
    /// <returns>The mappings that were created, by the resource's id.</returns>
    /// <exception cref="UserErrorException">The cloud refuses a resource.</exception>
    public async Task<IReadOnlyDictionary<string, EventSourceMappingState>> RunAsync(IReadOnlyList<CloudResource> resources, CancellationToken cancellationToken)
    {
        Dictionary<string, string> streams = await CreateTablesAsync([.. resources.OfType<TableResource>()], cancellationToken);
        Each<TopicResource>(resources, topic => cloud.Sns.CreateTopic(topic.Name, topic.Attributes));
        Each<QueueResource>(resources, queue => cloud.Sqs.CreateQueue(queue.Name, queue.Attributes));
        Each<BucketResource>(resources, bucket => cloud.S3.CreateBucket(bucket.Name));
        Each<ParameterResource>(resources, parameter => cloud.Ssm.PutParameter(parameter.Name, parameter.Value, parameter.Type));
        Each<FunctionResource>(resources, function => cloud.Lambda.CreateFunction(function.Definition with
        {
            Environment = function.Definition.Environment.Concat(variables).ToDictionary(),
        }));
        Each<SubscriptionResource>(resources, to => cloud.Sns.Subscribe(to.TopicArn, to.Protocol, to.Endpoint, to.Attributes));
        Each<ScheduleResource>(resources, schedule =>
        {
            cloud.EventBridge.PutRule(schedule.Name, schedule.Expression, schedule.IsEnabled, schedule.Description);
            cloud.EventBridge.PutTargets(schedule.Name, schedule.Targets);
        });
        var mappings = new Dictionary<string, EventSourceMappingState>();
        foreach (MappingResource mapping in resources.OfType<MappingResource>())
        {
            mappings[mapping.Id] = await NamedAsync(
                mapping, () => cloud.Mappings.CreateAsync(mapping.Settings with { EventSourceArn = StreamOf(mapping, streams) }, cancellationToken));
        }

        foreach (QueueMappingResource mapping in resources.OfType<QueueMappingResource>())
        {
            mappings[mapping.Id] = await NamedAsync(mapping, () => cloud.Mappings.CreateAsync(mapping.Settings, cancellationToken));
        }

        return mappings;
    }

    /// <summary>A client of DynamoDB as a local cloud's endpoint answers for it, wherever the tables live.</summary>
    public static AmazonDynamoDBClient DynamoDbAt(Uri endpoint, AwsAccount account) => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = account.Region });

    private async Task<Dictionary<string, string>> CreateTablesAsync(IReadOnlyList<TableResource> tables, CancellationToken cancellationToken)
    {
        using AmazonDynamoDBClient dynamoDb = DynamoDbAt(endpoint, cloud.Account);
        var streams = new Dictionary<string, string>();
        foreach (TableResource table in tables)
        {
            TableDescription description = await NamedAsync(table, () => TableSetup.CreateAsync(dynamoDb, table, TimeProvider.System, cancellationToken));
            if (description.LatestStreamArn is { } stream)
            {
                streams[description.TableName] = stream;
            }
        }

        return streams;
    }

    private static string StreamOf(MappingResource mapping, Dictionary<string, string> streams) =>
        streams.GetValueOrDefault(mapping.Table) ?? throw new UserErrorException($"{mapping.Id} reads the stream of {mapping.Table}, and that table has none: give it a StreamSpecification.");

    private static void Each<T>(IReadOnlyList<CloudResource> resources, Action<T> create)
        where T : CloudResource
    {
        foreach (T resource in resources.OfType<T>())
        {
            try
            {
                create(resource);
            }
            catch (AwsException e)
            {
                throw Refused(resource, e);
            }
        }
    }

    private static async Task<T> NamedAsync<T>(CloudResource resource, Func<Task<T>> create)
    {
        try
        {
            return await create();
        }
        catch (Exception e) when (e is AwsException or AmazonServiceException)
        {
            throw Refused(resource, e);
        }
    }

    private static UserErrorException Refused(CloudResource resource, Exception e) =>
        new($"{resource.Id} cannot be set up here: {e.Message}", e);
}
