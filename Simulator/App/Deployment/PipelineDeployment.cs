using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.Lambda.EventSourceMappings;
using WhatsAppBuffer.Simulator.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>Puts the pipeline on a local cloud: what the CDK stack does on AWS.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="endpoint">Where it listens; the functions' <c>AWS_ENDPOINT_URL</c>.</param>
/// <param name="options">Buffer, and where the functions are.</param>
internal sealed class PipelineDeployment(LocalCloud cloud, Uri endpoint, SimulatorOptions options)
{
    public const string InstanceId = "11111111-2222-4333-8444-555555555555";
    public const string ContactFlowId = "66666666-7777-4888-9999-000000000000";

    /// <exception cref="UserErrorException">A function was not built.</exception>
    public async Task<PipelineResources> RunAsync(CancellationToken cancellationToken)
    {
        FunctionExecutable[] executables = [.. FunctionSpecs.All.Select(function => FunctionExecutable.Find(function, options.FunctionsFolder))];
        using var dynamoDb = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = cloud.Account.Region });
        IReadOnlyDictionary<string, string> streams = await TableSetup.RunAsync(dynamoDb, TimeProvider.System, cancellationToken);

        string topicIn = cloud.Sns.CreateTopic(Topics.WhatsAppIn);
        string topicOut = cloud.Sns.CreateTopic(Topics.WhatsAppOut);
        cloud.Connect.AddInstance(InstanceId, ContactFlowId);
        cloud.SocialMessaging.AddPhoneNumber(BusinessNumber.Default.AwsId);
        cloud.Ssm.PutParameter(Parameters.TopicIn, topicIn);
        cloud.Ssm.PutParameter(Parameters.Config, Config);
        foreach (FunctionSpec function in FunctionSpecs.All)
        {
            cloud.Sqs.CreateQueue(function.DeadLetterQueue);
        }

        foreach ((FunctionSpec function, FunctionExecutable executable) in FunctionSpecs.All.Zip(executables))
        {
            cloud.Lambda.CreateFunction(Define(function, executable, topicOut));
        }

        cloud.Sns.Subscribe(topicIn, "lambda", FunctionArn(FunctionSpecs.OnRawMessages));
        EventSourceMappingState mapping = await cloud.Mappings.CreateAsync(Mapping(streams[Tables.RawMessages.Name]), cancellationToken);
        return new PipelineResources(topicIn, mapping.Id);
    }

    private static string Config => $$"""
        {
          "instance_id": "{{InstanceId}}",
          "contact_flow_id": "{{ContactFlowId}}",
          "chat_duration_minutes": 60,
          "ignore_reactions": "yes",
          "ignore_stickers": "yes"
        }
        """;

    /// <summary>
    /// Lambda's retries come early on a fast clock, but the functions live in real time: the lease shrinks with the clock, as far as calls to
    /// Connect allow, so that a retry finds it as it would on AWS.
    /// </summary>
    private int LeaseSeconds => (int)Math.Clamp(30 / options.Speed, 6, 30);

    private EventSourceMappingSettings Mapping(string streamArn) => new()
    {
        FunctionName = FunctionSpecs.MessageAggregator.Name,
        EventSourceArn = streamArn,
        StartingPosition = "TRIM_HORIZON",
        BatchSize = BufferSettings.BatchSize,
        MaximumBatchingWindowInSeconds = options.BufferSeconds,
        TumblingWindowInSeconds = options.BufferSeconds,
        BisectBatchOnFunctionError = true,
        ReportBatchItemFailures = true,
        MaximumRetryAttempts = BufferSettings.MaximumRetryAttempts,
        MaximumRecordAgeInSeconds = BufferSettings.MaximumRecordAgeInSeconds,
        OnFailure = QueueArn(FunctionSpecs.MessageAggregator),
    };

    private FunctionDefinition Define(FunctionSpec function, FunctionExecutable executable, string topicOut) => new()
    {
        Name = function.Name,
        Code = new FunctionCode.Program(executable.FileName, executable.Arguments) { WorkingDirectory = executable.WorkingDirectory },
        Handler = function.Project,
        MemorySize = function.MemoryMegabytes,
        Timeout = TimeSpan.FromSeconds(function.TimeoutSeconds),
        ReservedConcurrency = function.ReservedConcurrency,
        AsyncInvocation = new AsyncInvocationSettings { OnFailure = QueueArn(function) },
        Environment = new Dictionary<string, string>(Variables(function, topicOut)) { ["AWS_ENDPOINT_URL"] = endpoint.ToString() },
    };

    private Dictionary<string, string> Variables(FunctionSpec function, string topicOut) => function.Name switch
    {
        _ when function == FunctionSpecs.OnRawMessages => new()
        {
            [Topology.Variables.RawMessagesTable] = Tables.RawMessages.Name,
            [Topology.Variables.RetentionDays] = RetentionSettings.DefaultDays.ToString(CultureInfo.InvariantCulture),
        },
        _ when function == FunctionSpecs.MessageAggregator => new()
        {
            [Topology.Variables.WhatsAppEventHandler] = FunctionSpecs.WhatsAppEventHandler.Name,
            [Topology.Variables.TableName] = Tables.ActiveConnections.Name,
        },
        _ => new()
        {
            [Topology.Variables.LeaseSeconds] = LeaseSeconds.ToString(CultureInfo.InvariantCulture),
            [Topology.Variables.TableName] = Tables.ActiveConnections.Name,
            [Topology.Variables.TopicArn] = topicOut,
            [Topology.Variables.ConfigParamName] = Parameters.Config,
            [Topology.Variables.MetaApiVersion] = MetaApi.DefaultVersion,
            [Topology.Variables.DeadLetterQueueUrl] = new Uri(endpoint, $"{cloud.Account.Id}/{function.DeadLetterQueue}").ToString(),
        },
    };

    private string FunctionArn(FunctionSpec function) => cloud.Account.Arn("lambda", $"function:{function.Name}");

    private string QueueArn(FunctionSpec function) => cloud.Account.Arn("sqs", function.DeadLetterQueue);
}

/// <summary>What of a deployment the simulator refers to later.</summary>
/// <param name="TopicIn">ARN of the inbound topic.</param>
/// <param name="MappingId">Id of the event source mapping.</param>
internal sealed record PipelineResources(string TopicIn, string MappingId);
