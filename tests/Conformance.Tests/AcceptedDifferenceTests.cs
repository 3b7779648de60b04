namespace WhatsAppBuffer.Conformance;

/// <summary>An accepted difference that is no longer there must leave the list: the newer DynamoDB Local agrees, or the embedded one went astray.</summary>
public sealed class AcceptedDifferenceTests(Homes homes)
{
    private const string Items = """
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'n': {'N': '1'}, 'g': {'S': 'x'}, 'h': {'N': '1'}}}

        """;

    public static TheoryData<int, int> All => [.. AcceptedDifferences.All.SelectMany((g, group) => g.Differences.Select((_, number) => (group, number)))];

    [Theory]
    [MemberData(nameof(All))]
    public Task It_is_still_there(int group, int number) => new Comparison(homes).DifferAsync(Items, AcceptedDifferences.All[group].Differences[number]);

    [Theory]
    [InlineData("SET m.x = :v", "{'m':{'M':{'x':{'N':'1'}}}}", "{'m':{'M':{'a':{'S':'A'},'b':{'S':'B'},'n':{'N':'5'},'x':{'N':'1'}}}}")]
    [InlineData("ADD m.n :v", "{'m':{'M':{'n':{'N':'6'}}}}", "{'m':{'M':{'a':{'S':'A'},'b':{'S':'B'},'n':{'N':'6'}}}}")]
    [InlineData("SET l[1] = :v", "{'l':{'L':[{'N':'1'}]}}", "{'l':{'L':[{'N':'7'},{'N':'1'},{'N':'9'}]}}")]
    public Task UPDATED_NEW_holds_only_the_updated_parts_of_a_document(string expression, string embedded, string dynamoDbLocal) => new Comparison(homes).DifferAsync(
        $$"""
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'l': {'L': [{'N': '7'}, {'N': '8'}, {'N': '9'}]}, 'm': {'M': {'a': {'S': 'A'}, 'b': {'S': 'B'}, 'n': {'N': '5'} } } } }
        UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'} }, 'UpdateExpression': '{{expression}}', 'ExpressionAttributeValues': {':v': {'N': '1'} }, 'ReturnValues': 'UPDATED_NEW'}
        """,
        new AcceptedDifference($"200 {{\"Attributes\":{embedded.Replace('\'', '"')}}}", $"200 {{\"Attributes\":{dynamoDbLocal.Replace('\'', '"')}}}", ""));

    [Theory]
    [InlineData("BatchGetItem {'RequestItems': {'tab': {'Keys': [{'p': {'S': 'a'}, 'r': {'N': '1'}}, {'p': {'S': 'z'}, 'r': {'N': '1'}}], 'ProjectionExpression': 'n'}}, 'ReturnConsumedCapacity': 'TOTAL'}", "1.0", "0.5")]
    [InlineData("BatchWriteItem {'RequestItems': {'tab': [{'DeleteRequest': {'Key': {'p': {'S': 'gone'}, 'r': {'N': '1'}}}}, {'PutRequest': {'Item': {'p': {'S': 'b'}, 'r': {'N': '1'}}}}]}, 'ReturnConsumedCapacity': 'TOTAL'}", "2.0", "3.0")]
    public Task A_missing_item_of_a_batch_costs_the_least_there_is(string request, string embedded, string dynamoDbLocal) => new Comparison(homes).DifferAsync(
        Items + request,
        new AcceptedDifference($"200 {{\"ConsumedCapacity\":[{{\"CapacityUnits\":{embedded},*", $"200 {{\"ConsumedCapacity\":[{{\"CapacityUnits\":{dynamoDbLocal},*", ""));
}
