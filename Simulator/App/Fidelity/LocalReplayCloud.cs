using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.SQS;
using LocalAws;
using LocalAws.Lambda.Functions;
using WhatsAppBuffer.Simulator.App.Deployment;

namespace WhatsAppBuffer.Simulator.App.Fidelity;

/// <summary>A local cloud, through its endpoint, with functions in processes of Python.</summary>
internal sealed class LocalReplayCloud : IReplayCloud
{
    private readonly LocalCloud _cloud;
    private readonly HttpClient _http = new();

    private LocalReplayCloud(LocalCloud cloud)
    {
        _cloud = cloud;
        DynamoDb = CloudDeployer.DynamoDbAt(cloud.Uri, cloud.Account);
        Sqs = new AmazonSQSClient(LocalCloud.Credentials, cloud.ClientConfig<AmazonSQSConfig>());
    }

    public TimeProvider Clock => _cloud.Clock;

    public IAmazonDynamoDB DynamoDb { get; }

    public IAmazonSQS Sqs { get; }

    public static async Task<LocalReplayCloud> StartAsync(TimeProvider clock, CancellationToken cancellationToken) => new(await LocalCloud.StartAsync(
        // Long enough to be seen in Creating.
        new LocalCloudOptions { Clock = clock, Lambda = new() { MappingTransition = TimeSpan.FromSeconds(6) } }, cancellationToken: cancellationToken));

    public string NameOf(Recording recording) => recording.Name;

    public async Task SetUpAsync(IReadOnlyList<Recording> recordings, CancellationToken cancellationToken)
    {
        foreach (Recording recording in recordings)
        {
            await TableSetup.CreateAsync(DynamoDb, new TableResource(recording.Name, ReplayStacks.Table(recording.Name), TimeToLive: null), Clock, cancellationToken);
            _cloud.Sqs.CreateQueue(recording.Name);
            _cloud.Lambda.CreateFunction(new FunctionDefinition
            {
                Name = recording.Name,
                Code = new FunctionCode.Program(OperatingSystem.IsWindows() ? "python" : "python3", ReplayStacks.HandlerFile),
                Environment = new Dictionary<string, string> { ["RECORDING"] = recording.Function.ToJsonString() },
                Timeout = TimeSpan.FromSeconds(10),
            });
        }

        await Task.WhenAll(recordings.Select(recording => _cloud.Lambda.WarmUpAsync(recording.Name)));
        if (recordings.Select(recording => _cloud.Lambda.GetStatus(recording.Name)).FirstOrDefault(status => status.State == FunctionState.Failed) is { } failed)
        {
            throw new UserErrorException($"The recordings' function needs Python 3: {failed.LastError}");
        }
    }

    public async Task MapAsync(IReadOnlyList<Recording> recordings, CancellationToken cancellationToken)
    {
        foreach (Recording recording in recordings)
        {
            string stream = (await DynamoDb.DescribeTableAsync(recording.Name, cancellationToken)).Table.LatestStreamArn;
            JsonObject mapping = ReplayStacks.Mapping(recording, recording.Name, stream, _cloud.Account.Arn("sqs", recording.Name));
            using var content = new StringContent(mapping.ToJsonString());
            using HttpResponseMessage answer = await _http.PostAsync(new Uri(_cloud.Uri, "2015-03-31/event-source-mappings/"), content, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new UserErrorException($"{recording.Name}: the mapping was refused: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }
    }

    public Task<IReadOnlyDictionary<string, string>> MappingStatesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(_cloud.Mappings.Mappings.ToDictionary(mapping => mapping.FunctionArn.Split(':')[^1], mapping => mapping.State));

    public Task<IReadOnlyList<WrittenLine>> LogAsync(Recording recording, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<WrittenLine>>([.. _cloud.Lambda.GetLog(recording.Name).Select(line => new WrittenLine(line.At, line.Text))]);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        DynamoDb.Dispose();
        Sqs.Dispose();
        await _cloud.DisposeAsync();
    }
}
