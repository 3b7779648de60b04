using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb;

/// <summary>An engine on a fake clock with one table, spoken to in DynamoDB's JSON without HTTP. Single quotes stand for double ones.</summary>
internal sealed class EmbeddedTable : IDisposable
{
    private readonly DynamoDbService _service;
    private readonly DynamoDbStreamsService _streams;

    public EmbeddedTable(string? view = null, int shards = 2, string indexes = "")
    {
        Engine = new DynamoDbEngine(new AwsAccount(), Time, new DynamoDbOptions { StreamShards = shards });
        _service = new DynamoDbService(Engine);
        _streams = new DynamoDbStreamsService(Engine);
        string stream = view is null ? "" : $", 'StreamSpecification': {{'StreamEnabled': true, 'StreamViewType': '{view}'}}";
        Description = Send("CreateTable", $$"""
            'TableName': 'tab', 'BillingMode': 'PAY_PER_REQUEST',
            'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}, {'AttributeName': 'r', 'KeyType': 'RANGE'}],
            'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}, {'AttributeName': 'r', 'AttributeType': 'N'}{{(indexes.Length > 0 ? ", {'AttributeName': 'g', 'AttributeType': 'S'}" : "")}}]
            {{stream}} {{indexes}}
            """)["TableDescription"]!;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    public DynamoDbEngine Engine { get; }

    public JsonNode Description { get; }

    public string StreamArn => Description["LatestStreamArn"]!.GetValue<string>();

    public IStreamSource Source => new EmbeddedStreamSource(Engine);

    /// <summary>Sends the members of a request; answers the response.</summary>
    public JsonNode Send(string operation, string members)
    {
        IAwsService service = operation is "DescribeStream" or "GetShardIterator" or "GetRecords" or "ListStreams" ? _streams : _service;
        byte[] body = Encoding.UTF8.GetBytes($"{{{members}}}".Replace('\'', '"'));
        var request = new AwsRequest("POST", "/", new QueryCollection(), new HeaderDictionary(), body);
        AwsResponse response = service.InvokeAsync(operation, request, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return JsonNode.Parse(response.Body.Span)!;
    }

    /// <summary>Sends a request about the table that must fail; answers the error.</summary>
    public AwsException Fail(string operation, string members) =>
        Assert.Throws<AwsException>(() => Send(operation, $"'TableName': 'tab', {members}"));

    public JsonNode Put(string p, int r, string others = "") => Send("PutItem", $"'TableName': 'tab', 'Item': {Item(p, r, others)}");

    public JsonNode Delete(string p, int r) => Send("DeleteItem", $"'TableName': 'tab', 'Key': {Item(p, r)}");

    public JsonNode? Get(string p, int r) => Send("GetItem", $"'TableName': 'tab', 'Key': {Item(p, r)}")["Item"];

    /// <summary>Updates an item; answers it as it is then.</summary>
    public JsonNode Update(string p, int r, string expression, string values = "") =>
        Send("UpdateItem", $"'TableName': 'tab', 'Key': {Item(p, r)}, 'UpdateExpression': '{expression}', 'ReturnValues': 'ALL_NEW'"
            + (values.Length > 0 ? $", 'ExpressionAttributeValues': {{{values}}}" : ""))["Attributes"]!;

    public static string Item(string p, int r, string others = "") => $"{{'p': {{'S': '{p}'}}, 'r': {{'N': '{r}'}}{(others.Length > 0 ? ", " + others : "")}}}";

    /// <summary>All records of all shards, in the order of their sequence numbers.</summary>
    public async Task<List<JsonNode>> RecordsAsync()
    {
        var records = new List<StreamEntry>();
        foreach (StreamShard shard in await Source.ListShardsAsync(StreamArn, TestContext.Current.CancellationToken))
        {
            records.AddRange(await ReadAsync(shard.ShardId));
        }

        return [.. records.OrderBy(r => r.SequenceNumber, StringComparer.Ordinal).Select(r => JsonNode.Parse(r.Json.Span)!)];
    }

    /// <summary>All records of a shard from its beginning.</summary>
    public async Task<List<StreamEntry>> ReadAsync(string shardId)
    {
        string? iterator = await Source.GetShardIteratorAsync(StreamArn, shardId, new ShardPosition("TRIM_HORIZON"), TestContext.Current.CancellationToken);
        var records = new List<StreamEntry>();
        while (iterator is not null)
        {
            StreamPage page = await Source.GetRecordsAsync(iterator, 1000, TestContext.Current.CancellationToken);
            records.AddRange(page.Records);
            iterator = page.Records.Count == 0 ? null : page.NextShardIterator;
        }

        return records;
    }

    public void Dispose() => Engine.Dispose();
}
