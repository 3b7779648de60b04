using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using WhatsAppBuffer.Simulator.App.Storage;
using LocalAws.DynamoDb.Relay;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Conformance;

/// <summary>DynamoDB Local behind a local cloud's endpoint, as <c>up --storage dynamodb-local</c> puts it there.</summary>
public sealed class RelayTests(Homes homes) : IAsyncLifetime
{
    private const string Prefix = "mine-";

    private readonly string _table = $"{Prefix}{Guid.NewGuid():N}";
    private RelayedDynamoDb? _relay;
    private AwsEndpointHost? _host;
    private AmazonDynamoDBClient? _client;

    private AmazonDynamoDBClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _relay = new RelayedDynamoDb(homes.DynamoDbLocal.Uri, null, Prefix);
        _host = await AwsEndpointHost.StartAsync(new AwsEndpoint([_relay]));
        _client = new AmazonDynamoDBClient(new BasicAWSCredentials("any", "any"), new AmazonDynamoDBConfig { ServiceURL = _host.Uri.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
            await _relay!.DisposeAsync();
        }
    }

    private async Task<TableDescription> CreateTableAsync(string? name = null) => (await Client.CreateTableAsync(new CreateTableRequest
    {
        TableName = name ?? _table,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = [new KeySchemaElement("p", KeyType.HASH)],
        AttributeDefinitions = [new AttributeDefinition("p", ScalarAttributeType.S)],
        StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.NEW_AND_OLD_IMAGES },
    })).TableDescription;

    private static Dictionary<string, AttributeValue> Item(string p) => new() { ["p"] = new(p) };

    [Fact]
    public async Task Errors_come_through_with_their_type_and_members()
    {
        await CreateTableAsync();
        await Client.PutItemAsync(_table, Item("taken"));

        var cancelled = await Assert.ThrowsAsync<TransactionCanceledException>(() => Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new()
                {
                    Put = new()
                    {
                        TableName = _table,
                        Item = Item("taken"),
                        ConditionExpression = "attribute_not_exists(p)",
                        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                    },
                },
            ],
        }));

        Assert.Equal("ConditionalCheckFailed", cancelled.CancellationReasons.Single().Code);
        Assert.Equal("taken", cancelled.CancellationReasons.Single().Item["p"].S);
    }

    [Fact]
    public async Task A_table_without_the_prefix_is_never_touched()
    {
        await CreateTableAsync();

        AmazonDynamoDBException[] refusals =
        [
            await Assert.ThrowsAsync<AmazonDynamoDBException>(() => CreateTableAsync("other")),
            await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.DeleteTableAsync("other")),
            await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.PutItemAsync("arn:aws:dynamodb:us-east-1:123456789012:table/other", Item("a"))),
            await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.BatchWriteItemAsync(new BatchWriteItemRequest(new()
            {
                [_table] = [new WriteRequest(new PutRequest(Item("a")))],
                ["other"] = [new WriteRequest(new PutRequest(Item("a")))],
            }))),
            await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
            {
                TransactItems = [new() { Put = new() { TableName = _table, Item = Item("a") } }, new() { Delete = new() { TableName = "other", Key = Item("a") } }],
            })),
        ];

        Assert.All(refusals, refusal => Assert.Equal("AccessDeniedException", refusal.ErrorCode));
        Assert.False((await Client.GetItemAsync(_table, Item("a"))).IsItemSet);
    }

    [Fact]
    public async Task A_home_that_is_gone_is_an_error_that_SDKs_try_again()
    {
        await using var nobody = new RelayedDynamoDb(new Uri("http://127.0.0.1:9/"), null, "");
        await using AwsEndpointHost host = await AwsEndpointHost.StartAsync(new AwsEndpoint([nobody]));
        using var client = new AmazonDynamoDBClient(new BasicAWSCredentials("any", "any"), new AmazonDynamoDBConfig { ServiceURL = host.Uri.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

        await Assert.ThrowsAsync<InternalServerErrorException>(() => client.GetItemAsync("any", Item("a")));
    }

    [Fact]
    public async Task An_event_source_mapping_reads_the_same_records_in_both_homes()
    {
        const string Items = """
            {"p": {"S": "1"}, "n": {"N": "5"}, "b": {"B": "AQI="}, "bool": {"BOOL": false}, "null": {"NULL": true}, "ss": {"SS": ["a"]}, "ns": {"NS": ["1"]},
             "bs": {"BS": ["AQ=="]}, "l": {"L": [{"S": "ü\"<"}, {"L": []}]}, "m": {"M": {"x": {"M": {}}, "e": {"N": "0.1"}}}}
            """;
        IReadOnlyList<string> theirs = await RecordsAsync(homes.DynamoDbLocal, StreamsOf(homes.DynamoDbLocal.Uri), Items);
        IReadOnlyList<string> ours = await RecordsAsync(homes.Embedded, homes.EmbeddedStreams, Items);

        Assert.Equal(3, ours.Count);
        Assert.Equal(ours, theirs);
    }

    private static StreamsApi StreamsOf(Uri uri) => new(new Amazon.DynamoDBStreams.AmazonDynamoDBStreamsClient(
        new BasicAWSCredentials("any", "any"), new Amazon.DynamoDBStreams.AmazonDynamoDBStreamsConfig { ServiceURL = uri.ToString(), AuthenticationRegion = "us-east-1" }));

    /// <summary>What three changes of an item look like to a mapping.</summary>
    private async Task<IReadOnlyList<string>> RecordsAsync(Home home, IStreamSource streams, string item)
    {
        string table = _table + home.Name[0];
        JsonNode created = await home.DemandAsync("CreateTable", $$"""
            {"TableName": "{{table}}", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
             "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"}], "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"} }
            """);
        await home.DemandAsync("PutItem", $$"""{"TableName": "{{table}}", "Item": {{item}} }""");
        await home.DemandAsync("PutItem", $$"""{"TableName": "{{table}}", "Item": {"p": {"S": "1"} } }""");
        await home.DemandAsync("DeleteItem", $$"""{"TableName": "{{table}}", "Key": {"p": {"S": "1"} } }""");
        string arn = created["TableDescription"]!["LatestStreamArn"]!.GetValue<string>();
        var records = new List<StreamEntry>();
        foreach (StreamShard shard in await streams.ListShardsAsync(arn, TestContext.Current.CancellationToken))
        {
            string iterator = await streams.GetShardIteratorAsync(arn, shard.ShardId, new ShardPosition("TRIM_HORIZON"), TestContext.Current.CancellationToken);
            records.AddRange((await streams.GetRecordsAsync(iterator, 100, TestContext.Current.CancellationToken)).Records);
        }

        return [.. records.Select(r => Normal.Of(JsonNode.Parse(r.Json.Span)!, table))];
    }
}
