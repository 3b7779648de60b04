using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace LocalAws.DynamoDb.Wire;

public sealed class StreamOperationTests(DynamoDbFixture cloud) : IClassFixture<DynamoDbFixture>
{
    [Fact]
    public async Task A_stream_is_read_shard_by_shard_through_the_API()
    {
        var table = await cloud.CreateTableAsync("KEYS_ONLY");
        await cloud.Client.PutItemAsync(table.TableName, DynamoDbFixture.Item("a", "1"));

        JsonNode streams = await SendAsync("ListStreams", new JsonObject { ["TableName"] = table.TableName });
        JsonNode stream = (await SendAsync("DescribeStream", new JsonObject { ["StreamArn"] = table.LatestStreamArn }))["StreamDescription"]!;
        var records = new List<JsonNode>();
        foreach (JsonNode? shard in stream["Shards"]!.AsArray())
        {
            JsonNode iterator = await SendAsync("GetShardIterator", new JsonObject
            {
                ["StreamArn"] = table.LatestStreamArn,
                ["ShardId"] = shard!["ShardId"]!.GetValue<string>(),
                ["ShardIteratorType"] = "TRIM_HORIZON",
            });
            JsonNode page = await SendAsync("GetRecords", new JsonObject { ["ShardIterator"] = iterator["ShardIterator"]!.GetValue<string>() });
            records.AddRange(page["Records"]!.AsArray()!);
            Assert.NotNull(page["NextShardIterator"]);
        }

        Assert.Equal(table.LatestStreamArn, streams["Streams"]![0]!["StreamArn"]!.GetValue<string>());
        Assert.Equal("ENABLED", stream["StreamStatus"]!.GetValue<string>());
        JsonNode record = Assert.Single(records);
        Assert.Equal("INSERT", record["eventName"]!.GetValue<string>());
        Assert.Null(record["eventSourceARN"]);
        Assert.Equal(cloud.Time.GetUtcNow().ToUnixTimeSeconds(), record["dynamodb"]!["ApproximateCreationDateTime"]!.GetValue<long>());
        Assert.Null(record["dynamodb"]!["NewImage"]);
    }

    [Fact]
    public async Task An_unknown_stream_is_a_ResourceNotFoundException()
    {
        JsonNode error = await SendAsync("DescribeStream", new JsonObject { ["StreamArn"] = "arn:aws:dynamodb:us-east-1:123456789012:table/x/stream/2026-01-01T00:00:00.000" });

        Assert.Equal("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", error["__type"]!.GetValue<string>());
    }

    private async Task<JsonNode> SendAsync(string operation, JsonObject body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Uri) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Amz-Target", "DynamoDBStreams_20120810." + operation);
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
