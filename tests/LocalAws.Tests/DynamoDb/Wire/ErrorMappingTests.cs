using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace LocalAws.DynamoDb.Wire;

public sealed class ErrorMappingTests(DynamoDbFixture cloud) : IClassFixture<DynamoDbFixture>
{
    [Fact]
    public async Task An_unknown_table_is_a_ResourceNotFoundException()
    {
        var error = await Assert.ThrowsAsync<ResourceNotFoundException>(() => cloud.Client.PutItemAsync("nobody", DynamoDbFixture.Item("a", "1")));

        Assert.Equal("Requested resource not found", error.Message);
    }

    [Fact]
    public async Task Describing_an_unknown_table_names_it()
    {
        var error = await Assert.ThrowsAsync<ResourceNotFoundException>(() => cloud.Client.DescribeTableAsync("nobody"));

        Assert.Equal("Requested resource not found: Table: nobody not found", error.Message);
    }

    [Fact]
    public async Task A_missing_key_is_named()
    {
        string table = (await cloud.CreateTableAsync()).TableName;

        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => cloud.Client.PutItemAsync(table, new() { ["from"] = new("a") }));

        Assert.Equal("ValidationException", error.ErrorCode);
        Assert.Equal("One or more parameter values were invalid: Missing the key id in the item", error.Message);
    }

    [Fact]
    public async Task A_legacy_parameter_is_refused_by_name()
    {
        string table = (await cloud.CreateTableAsync()).TableName;

        var error = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => cloud.Client.PutItemAsync(new PutItemRequest
        {
            TableName = table,
            Item = DynamoDbFixture.Item("a", "1"),
            Expected = new() { ["id"] = new ExpectedAttributeValue(false) },
        }));

        Assert.Equal("ValidationException", error.ErrorCode);
        Assert.Contains("Expected of PutItem", error.Message, StringComparison.Ordinal);
        Assert.Contains("ConditionExpression", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creating_a_table_twice_is_a_ResourceInUseException()
    {
        TableDescription table = await cloud.CreateTableAsync();

        await Assert.ThrowsAsync<ResourceInUseException>(() => cloud.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = table.TableName,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
        }));
    }
}
