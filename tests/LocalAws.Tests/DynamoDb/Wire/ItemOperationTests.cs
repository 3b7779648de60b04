using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace LocalAws.DynamoDb.Wire;

public sealed class ItemOperationTests(DynamoDbFixture cloud) : IClassFixture<DynamoDbFixture>
{
    [Fact]
    public async Task A_put_item_can_be_read_back_with_every_type()
    {
        string table = (await cloud.CreateTableAsync()).TableName;
        var item = DynamoDbFixture.Item("a", "1",
            ("number", new AttributeValue { N = "1.50" }),
            ("binary", new AttributeValue { B = new MemoryStream([1, 2, 3]) }),
            ("empty", new AttributeValue("")),
            ("yes", new AttributeValue { BOOL = true }),
            ("nothing", new AttributeValue { NULL = true }),
            ("strings", new AttributeValue { SS = ["x", "y"] }),
            ("numbers", new AttributeValue { NS = ["1", "2.0"] }),
            ("binaries", new AttributeValue { BS = [new MemoryStream([9])] }),
            ("list", new AttributeValue { L = [new AttributeValue("👀"), new AttributeValue { N = "-0" }] }),
            ("map", new AttributeValue { M = new() { ["inner"] = new AttributeValue("\"quoted\" \u0001") } }));

        await cloud.Client.PutItemAsync(table, item);
        GetItemResponse got = await cloud.Client.GetItemAsync(table, new() { ["from"] = new("a"), ["id"] = new("1") });

        Assert.Equal("1.5", got.Item["number"].N);
        Assert.Equal([1, 2, 3], got.Item["binary"].B.ToArray());
        Assert.Equal("", got.Item["empty"].S);
        Assert.True(got.Item["yes"].BOOL);
        Assert.True(got.Item["nothing"].NULL);
        Assert.Equal(["x", "y"], got.Item["strings"].SS);
        Assert.Equal(["1", "2"], got.Item["numbers"].NS);
        Assert.Equal([9], got.Item["binaries"].BS.Single().ToArray());
        Assert.Equal("👀", got.Item["list"].L[0].S);
        Assert.Equal("0", got.Item["list"].L[1].N);
        Assert.Equal("\"quoted\" \u0001", got.Item["map"].M["inner"].S);
    }

    [Fact]
    public async Task A_second_conditional_put_fails_and_answers_the_item_that_is_there()
    {
        string table = (await cloud.CreateTableAsync()).TableName;
        var request = new PutItemRequest
        {
            TableName = table,
            Item = DynamoDbFixture.Item("a", "1", ("text", new AttributeValue("first"))),
            ConditionExpression = "attribute_not_exists(id)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        await cloud.Client.PutItemAsync(request);
        request.Item["text"] = new AttributeValue("second");

        var error = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => cloud.Client.PutItemAsync(request));

        Assert.Equal("The conditional request failed", error.Message);
        Assert.Equal("first", error.Item["text"].S);
        Assert.Equal("ConditionalCheckFailedException", error.ErrorCode);
    }

    [Fact]
    public async Task An_update_counts_appends_and_removes_in_one_step()
    {
        string table = (await cloud.CreateTableAsync()).TableName;
        await cloud.Client.PutItemAsync(table, DynamoDbFixture.Item("a", "1",
            ("count", new AttributeValue { N = "41" }),
            ("list", new AttributeValue { L = [new AttributeValue("x"), new AttributeValue("y")] }),
            ("gone", new AttributeValue { L = [new AttributeValue("first"), new AttributeValue("second")] }),
            ("tags", new AttributeValue { SS = ["p", "q"] })));

        UpdateItemResponse updated = await cloud.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = new() { ["from"] = new("a"), ["id"] = new("1") },
            UpdateExpression = "SET #l = list_append(#l, :z), fresh = if_not_exists(fresh, :one) REMOVE gone[0] ADD #c :one DELETE tags :p",
            ExpressionAttributeNames = new() { ["#l"] = "list", ["#c"] = "count" },
            ExpressionAttributeValues = new()
            {
                [":z"] = new AttributeValue { L = [new AttributeValue("z")] },
                [":one"] = new AttributeValue { N = "1" },
                [":p"] = new AttributeValue { SS = ["p"] },
            },
            ReturnValues = ReturnValue.ALL_NEW,
        });

        Assert.Equal("42", updated.Attributes["count"].N);
        Assert.Equal(["x", "y", "z"], updated.Attributes["list"].L.Select(l => l.S));
        Assert.Equal(["second"], updated.Attributes["gone"].L.Select(l => l.S));
        Assert.Equal("1", updated.Attributes["fresh"].N);
        Assert.Equal(["q"], updated.Attributes["tags"].SS);
    }
}
