namespace WhatsAppBuffer.Conformance;

/// <summary>The requests that the three functions make, on tables as they are set up.</summary>
public sealed class PipelineTests(Homes homes)
{
    private const string RawMessages = """
        CreateTable {'TableName': 'tab', 'BillingMode': 'PAY_PER_REQUEST',
          'AttributeDefinitions': [{'AttributeName': 'from', 'AttributeType': 'S'}, {'AttributeName': 'id', 'AttributeType': 'S'}],
          'KeySchema': [{'AttributeName': 'from', 'KeyType': 'HASH'}, {'AttributeName': 'id', 'KeyType': 'RANGE'}],
          'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'NEW_IMAGE'}}

        """;

    private const string ActiveConnections = """
        CreateTable {'TableName': 'tab', 'BillingMode': 'PAY_PER_REQUEST',
          'AttributeDefinitions': [{'AttributeName': 'conversation', 'AttributeType': 'S'}, {'AttributeName': 'item', 'AttributeType': 'S'}, {'AttributeName': 'aggregationId', 'AttributeType': 'S'}],
          'KeySchema': [{'AttributeName': 'conversation', 'KeyType': 'HASH'}, {'AttributeName': 'item', 'KeyType': 'RANGE'}],
          'GlobalSecondaryIndexes': [{'IndexName': 'waiting-index', 'KeySchema': [{'AttributeName': 'aggregationId', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'INCLUDE', 'NonKeyAttributes': ['waitingSince']}}]}

        """;

    [Fact]
    public Task A_raw_message_is_stored_once() => new Comparison(homes).AgreeAsync(
        """
        PutItem {'TableName': 'tab', 'Item': {'from': {'S': '+34'}, 'id': {'S': 'wamid.1'}, 'text': {'M': {'body': {'S': 'Hello'}}}, 'expiresAt': {'N': '1770000000'}}, 'ConditionExpression': 'attribute_not_exists(id)'}
        PutItem {'TableName': 'tab', 'Item': {'from': {'S': '+34'}, 'id': {'S': 'wamid.1'}, 'text': {'M': {'body': {'S': 'again'}}}}, 'ConditionExpression': 'attribute_not_exists(id)'}
        PutItem {'TableName': 'tab', 'Item': {'from': {'S': '+34'}, 'id': {'S': 'wamid.2'}, 'contact': {'NULL': true}, 'forwarded': {'BOOL': true}}, 'ConditionExpression': 'attribute_not_exists(id)'}
        """,
        RawMessages);

    [Fact]
    public Task The_outbox_and_the_watermark_are_written_together_or_not_at_all()
    {
        string HandOver(string first, string last, string stream = "arn") => $$"""
            TransactWriteItems {'TransactItems': [
              {'Update': {'TableName': 'tab', 'Key': {'conversation': {'S': 'c'}, 'item': {'S': 'stream'} }, 'UpdateExpression': 'SET handedOverThrough = :last, streamArn = :stream, expiresAt = :expiry',
                'ConditionExpression': 'attribute_not_exists(handedOverThrough) OR handedOverThrough < :first OR streamArn <> :stream', 'ReturnValuesOnConditionCheckFailure': 'ALL_OLD',
                'ExpressionAttributeValues': {':first': {'S': '{{first}}'}, ':last': {'S': '{{last}}'}, ':stream': {'S': '{{stream}}'}, ':expiry': {'N': '1770000000'} } } },
              {'Put': {'TableName': 'tab', 'Item': {'conversation': {'S': 'c'}, 'item': {'S': 'outbox#{{last}}#0000'}, 'event': {'S': '{}'} } } }]}

            """;
        return new Comparison(homes).AgreeAsync(HandOver("001", "003") + HandOver("002", "004") + HandOver("004", "005") + HandOver("001", "002", "other"), ActiveConnections);
    }

    [Fact]
    public Task The_lease_is_taken_renewed_refused_and_released()
    {
        string Take(string owner, int now, int until) => $$"""
            UpdateItem {'TableName': 'tab', 'Key': {'conversation': {'S': 'c'}, 'item': {'S': 'chat'} }, 'UpdateExpression': 'SET #owner = :owner, #until = :until, #expires = :expires',
              'ConditionExpression': 'attribute_not_exists(#owner) OR #owner = :owner OR #until < :now', 'ReturnValues': 'ALL_NEW',
              'ExpressionAttributeNames': {'#owner': 'leaseOwner', '#until': 'leaseUntil', '#expires': 'expiresAt'},
              'ExpressionAttributeValues': {':owner': {'S': '{{owner}}'}, ':until': {'N': '{{until}}'}, ':now': {'N': '{{now}}'}, ':expires': {'N': '9'} } }

            """;
        const string SaveAndRelease = """
            UpdateItem {'TableName': 'tab', 'Key': {'conversation': {'S': 'c'}, 'item': {'S': 'chat'}}, 'UpdateExpression': 'SET #n = :n, #contactId = :contactId REMOVE #name', 'ConditionExpression': '#owner = :owner',
              'ExpressionAttributeNames': {'#n': 'chatNumber', '#contactId': 'contactId', '#name': 'name', '#owner': 'leaseOwner'},
              'ExpressionAttributeValues': {':n': {'N': '1'}, ':contactId': {'S': 'contact-1'}, ':owner': {'S': 'me'}}}
            UpdateItem {'TableName': 'tab', 'Key': {'conversation': {'S': 'c'}, 'item': {'S': 'chat'}}, 'UpdateExpression': 'REMOVE #owner, #until', 'ConditionExpression': '#owner = :owner',
              'ExpressionAttributeNames': {'#owner': 'leaseOwner', '#until': 'leaseUntil'}, 'ExpressionAttributeValues': {':owner': {'S': 'me'}}}
            UpdateItem {'TableName': 'tab', 'Key': {'conversation': {'S': 'c'}, 'item': {'S': 'chat'}}, 'UpdateExpression': 'REMOVE #owner, #until', 'ConditionExpression': '#owner = :owner',
              'ExpressionAttributeNames': {'#owner': 'leaseOwner', '#until': 'leaseUntil'}, 'ExpressionAttributeValues': {':owner': {'S': 'me'}}}

            """;
        return new Comparison(homes).AgreeAsync(Take("me", 0, 30) + Take("other", 20, 50) + Take("me", 20, 60) + SaveAndRelease + Take("other", 21, 50), ActiveConnections);
    }

    [Fact]
    public Task The_outbox_is_drained_in_order() => new Comparison(homes).AgreeAsync(
        """
        TransactWriteItems {'TransactItems': [
          {'Put': {'TableName': 'tab', 'Item': {'conversation': {'S': 'c'}, 'item': {'S': 'receipt#a'}, 'expiresAt': {'N': '9'}}, 'ConditionExpression': 'attribute_not_exists(#i)', 'ExpressionAttributeNames': {'#i': 'item'}}},
          {'Put': {'TableName': 'tab', 'Item': {'conversation': {'S': 'c'}, 'item': {'S': 'outbox#0002#0000'}, 'event': {'S': '{}'}}, 'ConditionExpression': 'attribute_not_exists(#i)', 'ExpressionAttributeNames': {'#i': 'item'}}}]}
        TransactWriteItems {'TransactItems': [
          {'Put': {'TableName': 'tab', 'Item': {'conversation': {'S': 'c'}, 'item': {'S': 'receipt#a'}, 'expiresAt': {'N': '9'}}, 'ConditionExpression': 'attribute_not_exists(#i)', 'ExpressionAttributeNames': {'#i': 'item'}}},
          {'Put': {'TableName': 'tab', 'Item': {'conversation': {'S': 'c'}, 'item': {'S': 'outbox#0001#0000'}, 'event': {'S': '{}'}}, 'ConditionExpression': 'attribute_not_exists(#i)', 'ExpressionAttributeNames': {'#i': 'item'}}}]}
        PutItem {'TableName': 'tab', 'Item': {'conversation': {'S': 'c'}, 'item': {'S': 'outbox#0001#0000'}, 'event': {'S': '{}'}}}
        GetItem {'TableName': 'tab', 'Key': {'conversation': {'S': 'c'}, 'item': {'S': 'outbox#0002#0000'}}, 'ConsistentRead': true, 'ProjectionExpression': '#i', 'ExpressionAttributeNames': {'#i': 'item'}}
        Query {'TableName': 'tab', 'ConsistentRead': true, 'KeyConditionExpression': '#c = :c AND begins_with(#i, :prefix)', 'ExpressionAttributeNames': {'#c': 'conversation', '#i': 'item'},
          'ExpressionAttributeValues': {':c': {'S': 'c'}, ':prefix': {'S': 'outbox#'}}, 'Limit': 1}
        UpdateItem {'TableName': 'tab', 'Key': {'conversation': {'S': 'c'}, 'item': {'S': 'outbox#0001#0000'}}, 'UpdateExpression': 'SET #a = :a, #r = :r', 'ConditionExpression': 'attribute_exists(#i)',
          'ExpressionAttributeNames': {'#a': 'accepted', '#r': 'rendering', '#i': 'item'}, 'ExpressionAttributeValues': {':a': {'N': '2'}, ':r': {'S': 'sha'}}}
        PutItem {'TableName': 'tab', 'Item': {'conversation': {'S': 'c'}, 'item': {'S': 'outbox#0003#0000'}, 'event': {'S': '{}'}, 'aggregationId': {'S': 'a'}, 'waitingSince': {'S': '2026-11-22T18:00:03Z'}}}
        Scan {'TableName': 'tab', 'IndexName': 'waiting-index'}
        DeleteItem {'TableName': 'tab', 'Key': {'conversation': {'S': 'c'}, 'item': {'S': 'outbox#0001#0000'}}}
        UpdateItem {'TableName': 'tab', 'Key': {'conversation': {'S': 'c'}, 'item': {'S': 'outbox#0001#0000'}}, 'UpdateExpression': 'SET #a = :a', 'ConditionExpression': 'attribute_exists(#i)',
          'ExpressionAttributeNames': {'#a': 'accepted', '#i': 'item'}, 'ExpressionAttributeValues': {':a': {'N': '3'}}}
        """,
        ActiveConnections);
}
