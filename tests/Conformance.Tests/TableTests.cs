namespace WhatsAppBuffer.Conformance;

public sealed class TableTests(Homes homes)
{
    private const string Simple = """
        CreateTable {'TableName': 'tab', 'BillingMode': 'PAY_PER_REQUEST', 'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}]}

        """;

    private Task Agree(string script, string table = Simple) => new Comparison(homes).AgreeAsync(script, table);

    [Fact]
    public Task A_table_is_described_and_deleted() => Agree("""
        DescribeTable {'TableName': 'tab'}
        CreateTable {'TableName': 'tab', 'BillingMode': 'PAY_PER_REQUEST', 'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}]}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}}}
        DeleteTable {'TableName': 'tab'}
        GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}}}
        """);

    [Fact]
    public Task Time_to_live_is_switched_on_and_described() => Agree("""
        DescribeTimeToLive {'TableName': 'tab'}
        UpdateTimeToLive {'TableName': 'tab', 'TimeToLiveSpecification': {'AttributeName': 'expiresAt', 'Enabled': true}}
        DescribeTimeToLive {'TableName': 'tab'}
        UpdateTimeToLive {'TableName': 'tab', 'TimeToLiveSpecification': {'AttributeName': 'expiresAt', 'Enabled': true}}
        """);

    [Theory]
    [InlineData("NEW_IMAGE")]
    [InlineData("OLD_IMAGE")]
    [InlineData("NEW_AND_OLD_IMAGES")]
    [InlineData("KEYS_ONLY")]
    public Task A_stream_shows_what_its_view_says(string view) => Agree(
        """
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'n': {'N': '1'}, 'ü': {'M': {'x': {'L': [{'BS': ['AQ==', 'Ag==']}, {'NULL': true}]}}}}}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'n': {'N': '2'}}}
        UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}}, 'UpdateExpression': 'SET s = :s', 'ExpressionAttributeValues': {':s': {'S': 'text'}}}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}}}
        TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'b'}}}}, {'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'c'}}}}]}
        BatchWriteItem {'RequestItems': {'tab': [{'PutRequest': {'Item': {'p': {'S': 'b'}, 'n': {'N': '1'}}}}, {'DeleteRequest': {'Key': {'p': {'S': 'c'}}}}]}}
        """,
        $$"""
        CreateTable {'TableName': 'tab', 'BillingMode': 'PAY_PER_REQUEST', 'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}],
          'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': '{{view}}'} }

        """);
}
