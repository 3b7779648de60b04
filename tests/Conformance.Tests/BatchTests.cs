namespace WhatsAppBuffer.Conformance;

public sealed class BatchTests(Homes homes)
{
    private Task Agree(string script) => new Comparison(homes).AgreeAsync(script);

    private static string Puts(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"{{'PutRequest': {{'Item': {{'p': {{'S': 'a'}}, 'r': {{'N': '{i}'}}}}}}}}"));

    private static string Keys(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"{{'p': {{'S': 'a'}}, 'r': {{'N': '{i}'}}}}"));

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(26)]
    public Task Writes_in_one_batch(int count) => Agree($$"""
        BatchWriteItem {'RequestItems': {'tab': [{{Puts(count)}}] } }
        """);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(101)]
    public Task Reads_in_one_batch(int count) => Agree($$"""
        BatchWriteItem {'RequestItems': {'tab': [{{Puts(3)}}] } }
        BatchGetItem {'RequestItems': {'tab': {'Keys': [{{Keys(count)}}] } } }
        """);

    [Theory]
    [InlineData("BatchWriteItem {'RequestItems': {}}")]
    [InlineData("BatchWriteItem {'RequestItems': {'tab': []}}")]
    [InlineData("BatchWriteItem {'RequestItems': {'tab': [{}]}}")]
    [InlineData("BatchWriteItem {}")]
    [InlineData("BatchWriteItem {'RequestItems': {'tab': [{'PutRequest': {'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}}, 'DeleteRequest': {'Key': {'p': {'S': 'a'}, 'r': {'N': '2'}}}}]}}")]
    [InlineData("BatchWriteItem {'RequestItems': {'tab': [{'PutRequest': {'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}, {'DeleteRequest': {'Key': {'p': {'S': 'a'}, 'r': {'N': '1.0'}}}}]}}")]
    [InlineData("BatchWriteItem {'RequestItems': {'tab': [{'PutRequest': {'Item': {'p': {'S': 'a'}}}}]}}")]
    [InlineData("BatchWriteItem {'RequestItems': {'tab': [{'DeleteRequest': {'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'x': {'S': 'y'}}}}]}}")]
    [InlineData("BatchWriteItem {'RequestItems': {'tab': [{'PutRequest': {'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'v': {'NS': []}}}}]}}")]
    [InlineData("BatchGetItem {'RequestItems': {}}")]
    [InlineData("BatchGetItem {'RequestItems': {'tab': {'Keys': []}}}")]
    [InlineData("BatchGetItem {'RequestItems': {'tab': {}}}")]
    [InlineData("BatchGetItem {'RequestItems': {'tab': {'Keys': [{'p': {'S': 'a'}, 'r': {'N': '1'}}, {'p': {'S': 'a'}, 'r': {'N': '1.0'}}]}}}")]
    [InlineData("BatchGetItem {'RequestItems': {'tab': {'Keys': [{'p': {'S': 'a'}}]}}}")]
    [InlineData("BatchGetItem {'RequestItems': {'nothing-there': {'Keys': [{'p': {'S': 'a'}}]}}}")]
    [InlineData("BatchWriteItem {'RequestItems': {'nothing-there': [{'PutRequest': {'Item': {'p': {'S': 'a'}}}}], 'tab': [{'PutRequest': {'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}]}}")]
    public Task A_batch(string request) => Agree(request);

    [Fact]
    public Task A_transaction_writes_all() => Agree("""
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '2'}, 'n': {'N': '1'}}}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '3'}}}
        TransactWriteItems {'TransactItems': [
          {'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': 'attribute_not_exists(p)'}},
          {'Update': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '2'}}, 'UpdateExpression': 'ADD n :n', 'ExpressionAttributeValues': {':n': {'N': '5'}}}},
          {'Delete': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '3'}}}},
          {'ConditionCheck': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '4'}}, 'ConditionExpression': 'attribute_not_exists(p)'}}]}
        TransactGetItems {'TransactItems': [
          {'Get': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '2'}}}},
          {'Get': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '3'}}}}]}
        """);

    [Fact]
    public Task A_cancelled_transaction_tells_why_and_changes_nothing() => Agree("""
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '2'}, 'n': {'N': '1'}}}
        TransactWriteItems {'TransactItems': [
          {'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}}},
          {'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '2'}}, 'ConditionExpression': 'attribute_not_exists(p)', 'ReturnValuesOnConditionCheckFailure': 'ALL_OLD'}},
          {'ConditionCheck': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '4'}}, 'ConditionExpression': 'attribute_exists(p)', 'ReturnValuesOnConditionCheckFailure': 'ALL_OLD'}},
          {'Delete': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '5'}}, 'ConditionExpression': 'attribute_exists(p)', 'ReturnValuesOnConditionCheckFailure': 'NONE'}}]}
        """);

    [Theory]
    [InlineData("SET n = s + :n")]
    [InlineData("SET m.x = :n")]
    [InlineData("ADD s :n")]
    [InlineData("SET g = :n")]
    [InlineData("SET p = :n")]
    [InlineData("SET n = :n,")]
    [InlineData("SET name = :n")]
    public Task An_update_that_fails_within_a_transaction(string expression) => Agree($$"""
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '2'}, 's': {'S': 'x'} } }
        TransactWriteItems {'TransactItems': [
          {'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'} } } },
          {'Update': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '2'} }, 'UpdateExpression': '{{expression}}', 'ExpressionAttributeValues': {':n': {'N': '5'} } } }] }
        """);

    [Theory]
    [InlineData("TransactWriteItems {'TransactItems': []}")]
    [InlineData("TransactWriteItems {}")]
    [InlineData("TransactWriteItems {'TransactItems': [{}]}")]
    [InlineData("TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}}, 'Delete': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}]}")]
    [InlineData("TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}, {'Delete': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1.0'}}}}]}")]
    [InlineData("TransactWriteItems {'TransactItems': [{'ConditionCheck': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}]}")]
    [InlineData("TransactWriteItems {'TransactItems': [{'Update': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}]}")]
    [InlineData("TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}}}}]}")]
    [InlineData("TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': 'n ='}}]}")]
    [InlineData("TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ReturnValuesOnConditionCheckFailure': 'SOME'}}]}")]
    [InlineData("TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'v': {'SS': []}}}}]}")]
    [InlineData("TransactWriteItems {'ClientRequestToken': '1234567890123456789012345678901234567', 'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}]}")]
    [InlineData("TransactGetItems {'TransactItems': []}")]
    [InlineData("TransactGetItems {'TransactItems': [{'Get': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}}}}]}")]
    [InlineData("TransactGetItems {'TransactItems': [{'Get': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}, {'Get': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}]}")]
    public Task A_transaction(string request) => Agree(request);

    [Theory]
    [InlineData(25)]
    [InlineData(26)]
    public Task Writes_in_one_transaction(int count) => Agree($$"""
        TransactWriteItems {'TransactItems': [{{string.Join(", ", Enumerable.Range(0, count).Select(i => $"{{'Put': {{'TableName': 'tab', 'Item': {{'p': {{'S': 'a'}}, 'r': {{'N': '{i}'}}}}}}}}"))}}] }
        """);

    [Fact]
    public Task A_transaction_is_repeated_with_its_token() => Agree("""
        TransactWriteItems {'ClientRequestToken': 'one', 'TransactItems': [{'Update': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'ADD n :n', 'ExpressionAttributeValues': {':n': {'N': '1'}}}}]}
        TransactWriteItems {'ClientRequestToken': 'one', 'TransactItems': [{'Update': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'ADD n :n', 'ExpressionAttributeValues': {':n': {'N': '1'}}}}]}
        TransactWriteItems {'ClientRequestToken': 'one', 'TransactItems': [{'Update': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'ADD n :n', 'ExpressionAttributeValues': {':n': {'N': '2'}}}}]}
        """);

    [Fact]
    public Task Writes_cost_what_they_cost() => Agree("""
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ReturnConsumedCapacity': 'TOTAL'}
        PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'g': {'S': 'x'}, 'h': {'N': '1'}}, 'ReturnConsumedCapacity': 'INDEXES'}
        UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'SET n = :n', 'ExpressionAttributeValues': {':n': {'N': '1'}}, 'ReturnConsumedCapacity': 'INDEXES'}
        UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'REMOVE g', 'ReturnConsumedCapacity': 'TOTAL'}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ReturnConsumedCapacity': 'TOTAL'}
        DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ReturnConsumedCapacity': 'TOTAL'}
        TransactWriteItems {'ReturnConsumedCapacity': 'TOTAL', 'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}, {'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '2'}}}}]}
        TransactGetItems {'ReturnConsumedCapacity': 'TOTAL', 'TransactItems': [{'Get': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}}}]}
        """);
}
