using System.Text.Json.Nodes;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;

namespace WhatsAppBuffer.Simulator.App.Fidelity;

/// <summary>The user's AWS account: two CloudFormation stacks, which AWS itself deletes with all they hold.</summary>
internal sealed class AwsReplayCloud : IReplayCloud
{
    private readonly Action<string> _say;
    private readonly string _prefix = $"wab-{Guid.NewGuid():N}"[..8];
    private readonly Stack<string> _stacks = [];

    private AwsReplayCloud(Action<string> say, string account, string region, AWSCredentials credentials)
    {
        (_say, Account, Region) = (say, account, region);
        DynamoDb = new AmazonDynamoDBClient(credentials, RegionEndpoint.GetBySystemName(region));
        Sqs = new AmazonSQSClient(credentials, RegionEndpoint.GetBySystemName(region));
    }

    public string Account { get; }

    public string Region { get; }

    public TimeProvider Clock => TimeProvider.System;

    public IAmazonDynamoDB DynamoDb { get; }

    public IAmazonSQS Sqs { get; }

    private string MainStack => $"{_prefix}-fidelity";

    private string MappingStack => $"{_prefix}-fidelity-mappings";

    /// <summary>Finds out who the user is on AWS. Creates nothing.</summary>
    /// <exception cref="UserErrorException">Nobody is signed in, or there is no region.</exception>
    public static async Task<AwsReplayCloud> ConnectAsync(Action<string> say, CancellationToken cancellationToken)
    {
        string region = Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION")
            ?? await RegionOfProfileAsync(cancellationToken);
        string account = await AwsCli.TextAsync(["sts", "get-caller-identity", "--region", region, "--query", "Account", "--output", "text"], cancellationToken);
        // Through the CLI, because it knows every way to sign in; the SDK alone does not.
        JsonNode keys = ForeignJson.Node(await AwsCli.TextAsync(["configure", "export-credentials", "--format", "process"], cancellationToken))!;
        string id = keys["AccessKeyId"]!.GetValue<string>();
        string secret = keys["SecretAccessKey"]!.GetValue<string>();
        AWSCredentials credentials = keys["SessionToken"]?.GetValue<string>() is { Length: > 0 } token ? new SessionAWSCredentials(id, secret, token) : new BasicAWSCredentials(id, secret);
        return new AwsReplayCloud(say, account, region, credentials);
    }

    public string NameOf(Recording recording) => $"{_prefix}-{recording.Name}";

    public async Task SetUpAsync(IReadOnlyList<Recording> recordings, CancellationToken cancellationToken)
    {
        _say($"Should this be killed before it has cleaned up: aws cloudformation delete-stack --region {Region} --stack-name {MappingStack}, then the same with {MainStack}.");
        await CreateStackAsync(MainStack, ReplayStacks.Template(recordings, NameOf), cancellationToken);
        await RunAsync(["cloudformation", "wait", "stack-create-complete", "--stack-name", MainStack], cancellationToken);
    }

    public async Task MapAsync(IReadOnlyList<Recording> recordings, CancellationToken cancellationToken)
    {
        var streams = new Dictionary<Recording, string>();
        foreach (Recording recording in recordings)
        {
            streams[recording] = (await DynamoDb.DescribeTableAsync(NameOf(recording), cancellationToken)).Table.LatestStreamArn;
        }

        await CreateStackAsync(MappingStack, ReplayStacks.MappingTemplate(recordings, NameOf, recording => streams[recording]), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, string>> MappingStatesAsync(CancellationToken cancellationToken) =>
        (await RunAsync(["lambda", "list-event-source-mappings"], cancellationToken))!["EventSourceMappings"]!.AsArray()
            .Where(mapping => NameIn(mapping!).StartsWith(_prefix, StringComparison.Ordinal))
            .ToDictionary(mapping => NameIn(mapping!), mapping => mapping!["State"]!.GetValue<string>());

    public async Task<IReadOnlyList<WrittenLine>> LogAsync(Recording recording, CancellationToken cancellationToken) =>
    [
        .. (await RunAsync(["logs", "filter-log-events", "--log-group-name", $"/aws/lambda/{NameOf(recording)}"], cancellationToken))!["events"]!.AsArray()
            .Select(line => new WrittenLine(DateTimeOffset.FromUnixTimeMilliseconds(line!["timestamp"]!.GetValue<long>()), line["message"]!.GetValue<string>().TrimEnd()))
            .OrderBy(line => line.At),
    ];

    /// <summary>Deletes the stacks, also half-made ones, and waits until AWS has done it.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_stacks.TryPop(out string? stack))
        {
            _say($"Deleting {stack} …");
            try
            {
                await RunAsync(["cloudformation", "delete-stack", "--stack-name", stack], CancellationToken.None);
                await RunAsync(["cloudformation", "wait", "stack-delete-complete", "--stack-name", stack], CancellationToken.None);
            }
            catch (UserErrorException e)
            {
                _say($"{stack} may still be there. {e.Message} Delete it: aws cloudformation delete-stack --region {Region} --stack-name {stack}");
            }
        }

        DynamoDb.Dispose();
        Sqs.Dispose();
    }

    private static async Task<string> RegionOfProfileAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AwsCli.TextAsync(["configure", "get", "region"], cancellationToken);
        }
        catch (UserErrorException e) when (e.InnerException is null)
        {
            // It fails without a word when there is none.
            throw new UserErrorException("The AWS CLI does not know which region to use. Set AWS_REGION, or a region in your AWS profile.", e);
        }
    }

    private async Task CreateStackAsync(string name, JsonObject template, CancellationToken cancellationToken)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, template.ToJsonString(), cancellationToken);
            // Noted first: when the call is interrupted, AWS may have begun all the same.
            _stacks.Push(name);
            await RunAsync(["cloudformation", "create-stack", "--stack-name", name, "--template-body", $"file://{file}", "--capabilities", "CAPABILITY_IAM"], cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<JsonNode?> RunAsync(string[] arguments, CancellationToken cancellationToken) => AwsCli.RunAsync([.. arguments, "--region", Region], cancellationToken);

    private static string NameIn(JsonNode mapping) => mapping["FunctionArn"]?.GetValue<string>().Split(':')[6] ?? "";
}
