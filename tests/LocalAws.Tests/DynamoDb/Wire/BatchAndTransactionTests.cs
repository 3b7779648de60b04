using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace LocalAws.DynamoDb.Wire;

public sealed class BatchAndTransactionTests(DynamoDbFixture cloud) : IClassFixture<DynamoDbFixture>
{
    [Fact]
    public async Task A_batch_writes_deletes_and_reads_many_items()
    {
        string table = (await cloud.CreateTableAsync()).TableName;
        await cloud.Client.PutItemAsync(table, DynamoDbFixture.Item("a", "old"));

        BatchWriteItemResponse written = await cloud.Client.BatchWriteItemAsync(new BatchWriteItemRequest
        {
            RequestItems = new()
            {
                [table] =
                [
                    new WriteRequest(new PutRequest(DynamoDbFixture.Item("a", "1"))),
                    new WriteRequest(new PutRequest(DynamoDbFixture.Item("a", "2"))),
                    new WriteRequest(new DeleteRequest(Key("a", "old"))),
                ],
            },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });
        BatchGetItemResponse read = await cloud.Client.BatchGetItemAsync(new BatchGetItemRequest
        {
            RequestItems = new() { [table] = new KeysAndAttributes { Keys = [Key("a", "1"), Key("a", "2"), Key("a", "old")] } },
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });

        Assert.Equal(3, written.ConsumedCapacity.Single().CapacityUnits);
        Assert.Equal(["1", "2"], read.Responses[table].Select(i => i["id"].S).Order());
        Assert.Equal(1.5, read.ConsumedCapacity.Single().CapacityUnits);
    }

    [Fact]
    public async Task A_batch_with_one_item_twice_is_refused()
    {
        string table = (await cloud.CreateTableAsync()).TableName;

        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => cloud.Client.BatchWriteItemAsync(new BatchWriteItemRequest(new()
        {
            [table] = [new WriteRequest(new PutRequest(DynamoDbFixture.Item("a", "1"))), new WriteRequest(new DeleteRequest(Key("a", "1")))],
        })));

        Assert.Equal("Provided list of item keys contains duplicates", error.Message);
    }

    [Fact]
    public async Task A_batch_of_more_than_25_writes_is_refused()
    {
        string table = (await cloud.CreateTableAsync()).TableName;

        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => cloud.Client.BatchWriteItemAsync(new BatchWriteItemRequest(new()
        {
            [table] = [.. Enumerable.Range(0, 26).Select(i => new WriteRequest(new PutRequest(DynamoDbFixture.Item("a", $"{i}"))))],
        })));

        Assert.Contains("less than or equal to 25", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_with_a_failed_condition_changes_nothing_and_says_which()
    {
        string table = (await cloud.CreateTableAsync()).TableName;
        await cloud.Client.PutItemAsync(table, DynamoDbFixture.Item("a", "taken", ("by", new AttributeValue("someone"))));

        var error = await Assert.ThrowsAsync<TransactionCanceledException>(() => cloud.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new TransactWriteItem { Put = new Put { TableName = table, Item = DynamoDbFixture.Item("a", "1") } },
                new TransactWriteItem
                {
                    Put = new Put
                    {
                        TableName = table,
                        Item = DynamoDbFixture.Item("a", "taken"),
                        ConditionExpression = "attribute_not_exists(id)",
                        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                    },
                },
            ],
        }));

        Assert.Equal("Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]", error.Message);
        Assert.Equal(["None", "ConditionalCheckFailed"], error.CancellationReasons.Select(r => r.Code));
        Assert.Equal("The conditional request failed", error.CancellationReasons[1].Message);
        Assert.Equal("someone", error.CancellationReasons[1].Item["by"].S);
        Assert.False((await cloud.Client.GetItemAsync(table, Key("a", "1"))).IsItemSet);
    }

    [Fact]
    public async Task A_transaction_that_is_repeated_with_its_token_happens_once_within_ten_minutes()
    {
        string table = (await cloud.CreateTableAsync()).TableName;
        var request = new TransactWriteItemsRequest
        {
            ClientRequestToken = "token-1",
            TransactItems =
            [
                new TransactWriteItem
                {
                    Update = new Update
                    {
                        TableName = table,
                        Key = Key("a", "1"),
                        UpdateExpression = "ADD n :one",
                        ExpressionAttributeValues = new() { [":one"] = new AttributeValue { N = "1" } },
                    },
                },
            ],
        };
        await cloud.Client.TransactWriteItemsAsync(request);
        await cloud.Client.TransactWriteItemsAsync(request);
        Assert.Equal("1", (await cloud.Client.GetItemAsync(table, Key("a", "1"))).Item["n"].N);

        cloud.Time.Advance(TimeSpan.FromMinutes(10));
        await cloud.Client.TransactWriteItemsAsync(request);
        Assert.Equal("2", (await cloud.Client.GetItemAsync(table, Key("a", "1"))).Item["n"].N);

        request.TransactItems[0].Update.ExpressionAttributeValues[":one"] = new AttributeValue { N = "5" };
        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => cloud.Client.TransactWriteItemsAsync(request));
    }

    [Fact]
    public async Task A_transaction_costs_twice_and_its_checks_too()
    {
        string table = (await cloud.CreateTableAsync()).TableName;
        await cloud.Client.PutItemAsync(table, DynamoDbFixture.Item("a", "there"));

        TransactWriteItemsResponse written = await cloud.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new TransactWriteItem { ConditionCheck = new ConditionCheck { TableName = table, Key = Key("a", "there"), ConditionExpression = "attribute_exists(id)" } },
                new TransactWriteItem { Delete = new Delete { TableName = table, Key = Key("a", "absent") } },
            ],
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });
        TransactGetItemsResponse read = await cloud.Client.TransactGetItemsAsync(new TransactGetItemsRequest
        {
            TransactItems = [new TransactGetItem { Get = new Get { TableName = table, Key = Key("a", "there") } }, new TransactGetItem { Get = new Get { TableName = table, Key = Key("a", "absent") } }],
        });

        Assert.Equal(4, written.ConsumedCapacity.Single().CapacityUnits);
        Assert.Equal(4, written.ConsumedCapacity.Single().WriteCapacityUnits);
        Assert.Equal("there", read.Responses[0].Item["id"].S);
        Assert.True(read.Responses[1].Item is null or { Count: 0 });
        Assert.Equal(1 + 4, cloud.Engine.Statistics().Single(t => t.TableName == table).ConsumedWriteUnits);
    }

    [Fact]
    public async Task A_transaction_cannot_touch_one_item_twice()
    {
        string table = (await cloud.CreateTableAsync()).TableName;

        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => cloud.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new TransactWriteItem { Put = new Put { TableName = table, Item = DynamoDbFixture.Item("a", "1") } },
                new TransactWriteItem { Delete = new Delete { TableName = table, Key = Key("a", "1") } },
            ],
        }));

        Assert.Equal("Transaction request cannot include multiple operations on one item", error.Message);
    }

    private static Dictionary<string, AttributeValue> Key(string from, string id) => new() { ["from"] = new(from), ["id"] = new(id) };
}
