using System.Text.Json.Nodes;
using LocalAws.DynamoDb;
using LocalAws.DynamoDb.Streams;
using LocalAws.Endpoint;

namespace LocalAws.Tests.DynamoDb.Operations;

/// <summary>Tables and items without a client.</summary>
public sealed class PlainItemTests : IDisposable
{
    private readonly DynamoDbEngine _dynamoDb = new(new AwsAccount(), TimeProvider.System);

    public void Dispose() => _dynamoDb.Dispose();

    [Fact]
    public void What_is_put_is_found_by_its_key_and_among_all()
    {
        _dynamoDb.CreateTable("orders", "customer", "article");
        var hat = new JsonObject
        {
            ["customer"] = "Kike",
            ["article"] = "hat",
            ["price"] = 12.5,
            ["paid"] = true,
            ["note"] = null,
            ["sizes"] = new JsonArray("M", 52),
            ["address"] = new JsonObject { ["town"] = "Santiago" },
        };

        _dynamoDb.Put("orders", hat);
        _dynamoDb.Put("orders", new JsonObject { ["customer"] = "Kike", ["article"] = "coat" });

        Assert.Equal(hat.ToJsonString(), _dynamoDb.Get("orders", "Kike", "hat")?.ToJsonString());
        Assert.Null(_dynamoDb.Get("orders", "Kike", "boots"));
        Assert.Equal(["coat", "hat"], _dynamoDb.Scan("orders").Select(item => item["article"]!.GetValue<string>()));
        Assert.Equal(0, Assert.Single(_dynamoDb.Statistics()).ConsumedReadUnits);
    }

    [Fact]
    public void A_put_replaces_the_item_with_its_key()
    {
        _dynamoDb.CreateTable("orders", "customer");

        _dynamoDb.Put("orders", new JsonObject { ["customer"] = "Kike", ["hats"] = 1 });
        _dynamoDb.Put("orders", new JsonObject { ["customer"] = "Kike", ["coats"] = 2 });

        Assert.Equal("""{"customer":"Kike","coats":2}""", _dynamoDb.Get("orders", "Kike")?.ToJsonString());
    }

    [Fact]
    public async Task What_is_put_is_in_the_stream_of_a_table_that_has_one()
    {
        string? stream = _dynamoDb.CreateTable("orders", "customer", streamViewType: "NEW_IMAGE");

        _dynamoDb.Put("orders", new JsonObject { ["customer"] = "Kike" });

        Assert.NotNull(stream);
        var source = new EmbeddedStreamSource(_dynamoDb);
        int records = 0;
        foreach (StreamShard shard in await source.ListShardsAsync(stream, TestContext.Current.CancellationToken))
        {
            string iterator = await source.GetShardIteratorAsync(stream, shard.ShardId, new ShardPosition("TRIM_HORIZON"), TestContext.Current.CancellationToken);
            records += (await source.GetRecordsAsync(iterator, 10, TestContext.Current.CancellationToken)).Records.Count;
        }

        Assert.Equal(1, records);
        Assert.Null(_dynamoDb.CreateTable("without", "customer"));
    }

    [Fact]
    public void What_AWS_refuses_is_refused()
    {
        _dynamoDb.CreateTable("orders", "customer", "article");

        Assert.Equal("ResourceInUseException", Assert.Throws<AwsException>(() => _dynamoDb.CreateTable("orders", "customer")).Code);
        Assert.Equal("ResourceNotFoundException", Assert.Throws<AwsException>(() => _dynamoDb.Scan("order")).Code);
        Assert.Equal("ValidationException", Assert.Throws<AwsException>(() => _dynamoDb.Put("orders", new JsonObject { ["customer"] = "Kike" })).Code);
        Assert.Equal("ValidationException", Assert.Throws<AwsException>(() => _dynamoDb.Get("orders", "Kike")).Code);
    }
}
