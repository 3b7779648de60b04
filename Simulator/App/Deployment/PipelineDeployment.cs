using Amazon.DynamoDBv2;
using Amazon.Runtime;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.Lambda;
using WhatsAppBuffer.Simulator.Lambda.EventSourceMappings;
using WhatsAppBuffer.Simulator.Lambda.Functions;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>Puts the pipeline on a local cloud: what the CDK stack does on AWS.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="endpoint">Where it listens; the functions' <c>AWS_ENDPOINT_URL</c>.</param>
/// <param name="options">Buffer, and where the functions are.</param>
/// <param name="elsewhere">Where the functions run, when another Lambda endpoint runs them; null for processes of the cloud's own.</param>
internal sealed class PipelineDeployment(LocalCloud cloud, Uri endpoint, SimulatorOptions options, IFunctionInvoker? elsewhere)
{
    public const string InstanceId = "11111111-2222-4333-8444-555555555555";
    public const string ContactFlowId = "66666666-7777-4888-9999-000000000000";

    /// <exception cref="UserErrorException">A function was not built.</exception>
    public async Task<PipelineResources> RunAsync(CancellationToken cancellationToken)
    {
        FunctionCode[] code = [.. FunctionSpecs.All.Select(Code)];
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

        foreach ((FunctionSpec function, FunctionCode itsCode) in FunctionSpecs.All.Zip(code))
        {
            cloud.Lambda.CreateFunction(Define(function, itsCode, topicOut));
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

    private FunctionCode Code(FunctionSpec function)
    {
        if (elsewhere is not null)
        {
            return new FunctionCode.Remote(elsewhere);
        }

        FunctionExecutable executable = FunctionExecutable.Find(function, options.FunctionsFolder);
        return new FunctionCode.Program(executable.FileName, executable.Arguments) { WorkingDirectory = executable.WorkingDirectory };
    }

    private FunctionDefinition Define(FunctionSpec function, FunctionCode code, string topicOut) => new()
    {
        Name = function.Name,
        Code = code,
        Handler = function.Project,
        MemorySize = function.MemoryMegabytes,
        Timeout = elsewhere is null ? TimeSpan.FromSeconds(function.TimeoutSeconds) : RemoteFunctionInvoker.Patience,
        ReservedConcurrency = function.ReservedConcurrency,
        AsyncInvocation = new AsyncInvocationSettings { OnFailure = QueueArn(function) },
        Environment = new Dictionary<string, string>(Variables(function, topicOut))
        {
            ["AWS_ENDPOINT_URL"] = endpoint.ToString(),
            // Under Aspire this process is told its own name, which its children would inherit.
            ["OTEL_SERVICE_NAME"] = function.Name,
        },
    };

    private IReadOnlyDictionary<string, string> Variables(FunctionSpec function, string topicOut) =>
        FunctionVariables.Of(function, topicOut, new Uri(endpoint, $"{cloud.Account.Id}/{function.DeadLetterQueue}"), table => table.Name);

    private string FunctionArn(FunctionSpec function) => cloud.Account.Arn("lambda", $"function:{function.Name}");

    private string QueueArn(FunctionSpec function) => cloud.Account.Arn("sqs", function.DeadLetterQueue);
}

/// <summary>What of a deployment the simulator refers to later.</summary>
/// <param name="TopicIn">ARN of the inbound topic.</param>
/// <param name="MappingId">Id of the event source mapping.</param>
internal sealed record PipelineResources(string TopicIn, string MappingId);
