using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace LocalAws.DynamoDb.Wire;

public sealed class TableOperationTests(DynamoDbFixture cloud) : IClassFixture<DynamoDbFixture>
{
    [Fact]
    public async Task A_described_table_says_what_it_was_created_with()
    {
        TableDescription created = await cloud.CreateTableAsync("NEW_IMAGE", ByTime());
        await cloud.Client.PutItemAsync(created.TableName, DynamoDbFixture.Item("a", "1", ("time", new AttributeValue { N = "5" })));

        TableDescription table = (await cloud.Client.DescribeTableAsync(created.TableName)).Table;

        Assert.Equal(TableStatus.ACTIVE, table.TableStatus);
        Assert.Equal($"arn:aws:dynamodb:us-east-1:123456789012:table/{table.TableName}", table.TableArn);
        Assert.Equal(BillingMode.PAY_PER_REQUEST, table.BillingModeSummary.BillingMode);
        Assert.Equal(["from", "id"], table.KeySchema.Select(k => k.AttributeName));
        Assert.Equal(1, table.ItemCount);
        Assert.StartsWith(table.TableArn + "/stream/2026-11-22T10:00:00.00", table.LatestStreamArn, StringComparison.Ordinal);
        Assert.Equal(StreamViewType.NEW_IMAGE, table.StreamSpecification.StreamViewType);
        GlobalSecondaryIndexDescription index = table.GlobalSecondaryIndexes.Single();
        Assert.Equal("by-time", index.IndexName);
        Assert.Equal(IndexStatus.ACTIVE, index.IndexStatus);
        Assert.Equal(1, index.ItemCount);
    }

    [Fact]
    public async Task An_index_can_be_added_to_a_table_with_items_and_deleted_again()
    {
        string table = (await cloud.CreateTableAsync()).TableName;
        await cloud.Client.PutItemAsync(table, DynamoDbFixture.Item("a", "1", ("time", new AttributeValue { N = "5" })));
        await cloud.Client.PutItemAsync(table, DynamoDbFixture.Item("a", "2", ("time", new AttributeValue("no number"))));
        GlobalSecondaryIndex index = ByTime();

        await cloud.Client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = table,
            AttributeDefinitions = [new AttributeDefinition("time", ScalarAttributeType.N)],
            GlobalSecondaryIndexUpdates =
            [
                new GlobalSecondaryIndexUpdate { Create = new CreateGlobalSecondaryIndexAction { IndexName = index.IndexName, KeySchema = index.KeySchema, Projection = index.Projection } },
            ],
        });
        ScanResponse scan = await cloud.Client.ScanAsync(new ScanRequest { TableName = table, IndexName = "by-time" });
        await cloud.Client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = table,
            GlobalSecondaryIndexUpdates = [new GlobalSecondaryIndexUpdate { Delete = new DeleteGlobalSecondaryIndexAction { IndexName = "by-time" } }],
        });

        Assert.Equal("1", scan.Items.Single()["id"].S);
        await Assert.ThrowsAsync<AmazonDynamoDBException>(() => cloud.Client.ScanAsync(new ScanRequest { TableName = table, IndexName = "by-time" }));
    }

    [Fact]
    public async Task A_deleted_table_is_gone()
    {
        string table = (await cloud.CreateTableAsync()).TableName;

        DeleteTableResponse deleted = await cloud.Client.DeleteTableAsync(table);

        Assert.Equal(TableStatus.DELETING, deleted.TableDescription.TableStatus);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => cloud.Client.DescribeTableAsync(table));
        Assert.DoesNotContain(table, (await cloud.Client.ListTablesAsync()).TableNames);
    }

    [Fact]
    public async Task Time_to_live_is_described_as_it_was_set()
    {
        string table = (await cloud.CreateTableAsync()).TableName;
        var request = new UpdateTimeToLiveRequest { TableName = table, TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = "expiresAt", Enabled = true } };
        Assert.Equal(TimeToLiveStatus.DISABLED, (await cloud.Client.DescribeTimeToLiveAsync(table)).TimeToLiveDescription.TimeToLiveStatus);

        await cloud.Client.UpdateTimeToLiveAsync(request);

        TimeToLiveDescription description = (await cloud.Client.DescribeTimeToLiveAsync(table)).TimeToLiveDescription;
        Assert.Equal(TimeToLiveStatus.ENABLED, description.TimeToLiveStatus);
        Assert.Equal("expiresAt", description.AttributeName);
        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => cloud.Client.UpdateTimeToLiveAsync(request));
        Assert.Equal("TimeToLive is already enabled", error.Message);
    }

    [Fact]
    public async Task What_is_not_imitated_is_refused_by_name()
    {
        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => cloud.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = "refused",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("p", KeyType.HASH), new KeySchemaElement("r", KeyType.RANGE)],
            AttributeDefinitions = [new AttributeDefinition("p", "S"), new AttributeDefinition("r", "S"), new AttributeDefinition("l", "S")],
            LocalSecondaryIndexes =
            [
                new LocalSecondaryIndex
                {
                    IndexName = "local",
                    KeySchema = [new KeySchemaElement("p", KeyType.HASH), new KeySchemaElement("l", KeyType.RANGE)],
                    Projection = new Projection { ProjectionType = ProjectionType.ALL },
                },
            ],
        }));

        Assert.Equal("ValidationException", error.ErrorCode);
        Assert.Contains("does not imitate LocalSecondaryIndexes of CreateTable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_is_not_imitated_is_refused_by_name()
    {
        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => cloud.Client.ListBackupsAsync(new ListBackupsRequest()));

        Assert.Equal("UnknownOperationException", error.ErrorCode);
        Assert.Contains("does not imitate ListBackups", error.Message, StringComparison.Ordinal);
    }

    private static GlobalSecondaryIndex ByTime() => new()
    {
        IndexName = "by-time",
        KeySchema = [new KeySchemaElement("from", KeyType.HASH), new KeySchemaElement("time", KeyType.RANGE)],
        Projection = new Projection { ProjectionType = ProjectionType.ALL },
    };
}
