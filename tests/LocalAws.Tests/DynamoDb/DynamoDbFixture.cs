using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb;

/// <summary>The embedded DynamoDB behind a real HTTP endpoint, reached with Amazon's own client.</summary>
public sealed class DynamoDbFixture : IAsyncLifetime
{
    private AwsEndpointHost? _host;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    public DynamoDbEngine Engine { get; private set; } = null!;

    public AmazonDynamoDBClient Client { get; private set; } = null!;

    public Uri Uri => _host!.Uri;

    public async ValueTask InitializeAsync()
    {
        Engine = new DynamoDbEngine(new AwsAccount(), Time);
        var endpoint = new AwsEndpoint([new DynamoDbService(Engine), new DynamoDbStreamsService(Engine)]);
        _host = await AwsEndpointHost.StartAsync(endpoint, cancellationToken: TestContext.Current.CancellationToken);
        Client = new AmazonDynamoDBClient("any", "any", new AmazonDynamoDBConfig
        {
            ServiceURL = _host.Uri.ToString(),
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
        });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        Engine.Dispose();
    }

    /// <summary>A table with the keys <c>from</c> (S) and <c>id</c> (S), under a name of its own.</summary>
    public async Task<TableDescription> CreateTableAsync(string? view = null, params GlobalSecondaryIndex[] indexes)
    {
        var request = new CreateTableRequest
        {
            TableName = "table-" + Guid.NewGuid().ToString("N"),
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("from", KeyType.HASH), new KeySchemaElement("id", KeyType.RANGE)],
            AttributeDefinitions =
            [
                new AttributeDefinition("from", ScalarAttributeType.S),
                new AttributeDefinition("id", ScalarAttributeType.S),
                .. indexes.SelectMany(i => i.KeySchema).Select(k => k.AttributeName).Distinct().Except(["from", "id"])
                    .Select(n => new AttributeDefinition(n, ScalarAttributeType.N)),
            ],
            StreamSpecification = view is null ? null : new StreamSpecification { StreamEnabled = true, StreamViewType = view },
            GlobalSecondaryIndexes = indexes.Length == 0 ? null : [.. indexes],
        };
        return (await Client.CreateTableAsync(request, TestContext.Current.CancellationToken)).TableDescription;
    }

    public static Dictionary<string, AttributeValue> Item(string from, string id, params (string Name, AttributeValue Value)[] others) =>
        new(others.Select(o => KeyValuePair.Create(o.Name, o.Value))) { ["from"] = new(from), ["id"] = new(id) };
}
