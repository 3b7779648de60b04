namespace WhatsAppBuffer.Conformance;

/// <summary>Everything in which the two homes may differ. The embedded one follows AWS; each entry says how DynamoDB Local does not.</summary>
internal static class AcceptedDifferences
{
    private const string Invalid = "400 ValidationException: ";
    private const string InvalidValue = Invalid + "One or more parameter values were invalid: ";

    public static IReadOnlyList<AcceptedDifferenceGroup> All { get; } =
    [
        new(
            "AWS checks the form of a request first and names what is wrong in one frame («1 validation error detected: …»). DynamoDB Local has its own sentences, checks later, or not at all.",
            "answers of AWS in four regions, 2026 (dynamodb-conformance)",
            [
                new(Invalid + "1 validation error detected: *", Invalid + "*", "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ReturnValues': 'SOMETHING'}"),
                new(Invalid + "1 validation error detected: Value 'SOME' *", "500 InternalFailure: *",
                    "TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ReturnValuesOnConditionCheckFailure': 'SOME'}}]}"),
                new(Invalid + "1 validation error detected: Value '' at 'clientRequestToken' *", "200 {}",
                    "TransactWriteItems {'ClientRequestToken': '', 'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'b'}, 'r': {'N': '1'}}}}]}"),
                new(Invalid + "1 validation error detected: Value null at 'transactItems.1.member.update.updateExpression' *", "200 {}",
                    "TransactWriteItems {'TransactItems': [{'Update': {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'}}}}]}"),
                new("400 SerializationException: *", "500 InternalFailure: *", "DeleteItem {'TableName': 'tab', 'Key': [1]}"),
                new("400 SerializationException: *", "200 *", "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'b'}, 'r': {'N': 1}}}"),
            ]),
        new(
            "DynamoDB Local says the same in other words.",
            "wording of AWS: dynamodb-conformance, answers quoted in SDK issues",
            [
                new(Invalid + "*The parameter cannot be converted to a numeric value*", Invalid + "*A value provided cannot be converted into a number*",
                    "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': 'x'}}}"),
                new(Invalid + "*Attempting to store more than 38 significant digits in a Number*", Invalid + "*DynamoDB only supports precision up to 38 digits*",
                    "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '123456789012345678901234567890123456789'}}}"),
                new(Invalid + "*One or more parameter values were invalid: An number set  may not be empty*", Invalid + "*Sets cannot be empty*",
                    "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'v': {'NS': []}}}"),
                new(Invalid + "*Input collection * contains duplicates.*", Invalid + "*Input collection * contains duplicates*",
                    "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'v': {'SS': ['a', 'a']}}}"),
                new(Invalid + "*Input collection [*]of type BS contains duplicates.*", Invalid + "*Input collection of type BS contains duplicates.*",
                    "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'v': {'BS': ['AQ==', 'AQ==']}}}"),
                new(Invalid + "*Supplied AttributeValue is empty, must contain exactly one of the supported datatypes*", Invalid + "*The supplied Item contains a null AttributeValue*",
                    "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'v': null}}"),
                new(Invalid + "*: Attributes in the item have nested levels beyond supported limit*", Invalid + "*Nesting Levels have exceeded supported limits",
                    "UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'SET v = :v', 'ExpressionAttributeValues': {':v': " + Nested(33) + "}}"),
                new(InvalidValue + "Missing the key * in the item", Invalid + "One of the required keys was not given a value", "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}}}"),
                new(InvalidValue + "Type mismatch for key *", Invalid + "Type mismatch for attribute to update", "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'S': '1'}}}"),
                new(InvalidValue + "Type mismatch for key *", Invalid + "Invalid attribute value type", "PutItem {'TableName': 'tab', 'Item': {'p': {'NULL': true}, 'r': {'N': '1'}}}"),
                new(InvalidValue + "Type mismatch for Index Key *", Invalid + "Type mismatch for Index Key", "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'g': {'N': '1'}}}"),
                new(InvalidValue + "Type mismatch for Index Key *", Invalid + "Invalid attribute value type", "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}, 'g': {'NULL': true}}}"),
                new(Invalid + "The provided key element does not match the schema", Invalid + "The number of conditions on the keys is invalid", "DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}}}"),
                new(Invalid + "The provided key element does not match the schema", Invalid + "One of the required keys was not given a value", "DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'x': {'N': '1'}}}"),
                new(Invalid + "The provided key element does not match the schema", Invalid + "Type mismatch for attribute to update", "DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'S': '1'}}}"),
                new(Invalid + "The provided key element does not match the schema", Invalid + "Invalid attribute value type",
                    "BatchWriteItem {'RequestItems': {'tab': [{'PutRequest': {'Item': {'p': {'NULL': true}, 'r': {'N': '1'}}}}]}}"),
                new(Invalid + "* The AttributeValue for a key attribute cannot contain an empty string value.*", Invalid + "*An AttributeValue may not contain an empty string*",
                    "PutItem {'TableName': 'tab', 'Item': {'p': {'S': ''}, 'r': {'N': '1'}}}"),
                new(InvalidValue + "Size of hashkey has exceeded *", Invalid + "Hash primary key values must be under 2048 bytes, *",
                    $"PutItem {{'TableName': 'tab', 'Item': {{'p': {{'S': '{new string('x', 2049)}'}}, 'r': {{'N': '1'}}}}}}"),
                new(InvalidValue + "Cannot update attribute *. This attribute is part of the key", Invalid + "This attribute is part of the key",
                    "UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'REMOVE r'}"),
                new(Invalid + "ReturnValues can only be ALL_OLD or NONE", Invalid + "Return values set to invalid value",
                    "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ReturnValues': 'ALL_NEW'}"),
                new("400 ResourceNotFoundException: Requested resource not found*", "400 ResourceNotFoundException: Cannot do operations on a non-existent table", "GetItem {'TableName': 'nothing-there', 'Key': {'p': {'S': 'a'}}}"),
                new(Invalid + "The provided starting key *", Invalid + "Exclusive Start Key must have same size as table's key schema", "Scan {'TableName': 'tab', 'ExclusiveStartKey': {'p': {'S': 'a'}}}"),
                new(Invalid + "The provided starting key is outside query boundaries based on provided conditions", Invalid + "The provided starting key does not match the range key predicate",
                    "Query {'TableName': 'tab', 'KeyConditionExpression': 'p = :a', 'ExclusiveStartKey': {'p': {'S': 'b'}, 'r': {'N': '5'}}, 'ExpressionAttributeValues': {':a': {'S': 'a'}}}"),
                new(Invalid + "*lower bound operand: AttributeValue: {*}, upper bound operand: AttributeValue: {*}", Invalid + "*lower bound operand: {*,}, upper bound operand: {*,}",
                    "Scan {'TableName': 'tab', 'FilterExpression': 'n BETWEEN :b AND :a', 'ExpressionAttributeValues': {':a': {'N': '1'}, ':b': {'N': '2'}}}"),
                new(Invalid + "*Invalid attribute type name found; type: te, valid types: {*}", Invalid + "*Invalid attribute type name found; type: te, valid types: {*}",
                    "Scan {'TableName': 'tab', 'FilterExpression': 'attribute_type(n, :t)', 'ExpressionAttributeValues': {':t': {'S': 'te'}}}"),
                new(Invalid + "Query condition missed key schema element: *", Invalid + "Query condition missed key schema element",
                    "Query {'TableName': 'tab', 'KeyConditionExpression': 'r = :r', 'ExpressionAttributeValues': {':r': {'N': '1'}}}"),
                new(Invalid + "Consistent reads are not supported on global secondary indexes", Invalid + "Consistent read cannot be true when *ing a GSI",
                    "Scan {'TableName': 'tab', 'IndexName': 'by-g', 'ConsistentRead': true}"),
                new(Invalid + "The TotalSegments parameter is required *", Invalid + "If segment is specified, total segment must also be specified", "Scan {'TableName': 'tab', 'Segment': 0}"),
                new(Invalid + "The Segment parameter is zero-based *", Invalid + "*Value '1' at 'segment' *", "Scan {'TableName': 'tab', 'Segment': 1, 'TotalSegments': 1}"),
                new(Invalid + "TransactItems can only contain one of *", Invalid + "Invalid Request: TransactWriteRequest *", "TransactWriteItems {'TransactItems': [{}]}"),
                new("400 ResourceInUseException: Table already exists: *", "400 ResourceInUseException: Cannot create preexisting table",
                    "CreateTable {'TableName': 'tab', 'BillingMode': 'PAY_PER_REQUEST', 'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}]}"),
                new("200 {\"TableDescription\":*\"TableStatus\":\"DELETING\"}}", "200 {\"TableDescription\":*\"TableStatus\":\"ACTIVE\"}}", "DeleteTable {'TableName': 'tab'}"),
                new("400 IdempotentParameterMismatchException: *", "400 IdempotentParameterMismatchException: ",
                    """
                    TransactWriteItems {'ClientRequestToken': 'mismatch', 'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'b'}, 'r': {'N': '1'}}}}]}
                    TransactWriteItems {'ClientRequestToken': 'mismatch', 'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'b'}, 'r': {'N': '2'}}}}]}
                    """),
                new("400 TransactionCanceledException: *\"The conditional request failed\"*", "400 TransactionCanceledException: *\"The conditional request failed.\"*",
                    "TransactWriteItems {'TransactItems': [{'ConditionCheck': {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '4'}}, 'ConditionExpression': 'attribute_exists(p)'}}]}"),
            ]),
        new(
            "Within a transaction AWS cancels with the reason ValidationError where a key or an update does not fit the item; DynamoDB Local of 2020 refuses the request, or cancels in other words.",
            "API reference, TransactWriteItems: CancellationReasons; answers of AWS in four regions, 2026 (dynamodb-conformance)",
            [
                new("400 TransactionCanceledException: *\"ValidationError\"*", Invalid + "*",
                    "TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'a'}}}}]}"),
                new("400 TransactionCanceledException: *\"ValidationError\"*", "400 TransactionCanceledException: *\"ValidationError\"*",
                    "TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'N': '5'}, 'r': {'N': '1'}}}}]}"),
                new("400 TransactionCanceledException: *\"ValidationError\"*", "400 TransactionCanceledException: The number of conditions on the keys is invalid",
                    "TransactGetItems {'TransactItems': [{'Get': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}}}}]}"),
            ]),
        new(
            "AWS allows it since DynamoDB Local of 2020: empty strings and binaries outside of keys (May 2020), 100 items in a transaction (September 2022).",
            "AWS What's New, 2020-05-18 and 2022-09-22",
            [
                new("200 *", Invalid + "*One or more parameter values were invalid: An AttributeValue may not contain an empty string*", "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'b'}, 'r': {'N': '1'}, 'v': {'S': ''}}}"),
                new("200 *", Invalid + "*An string set may not have a empty string as a member*", "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'b'}, 'r': {'N': '1'}, 'v': {'SS': ['']}}}"),
                new("200 *", Invalid + "*An AttributeValue may not contain a null or empty binary type.*", "PutItem {'TableName': 'tab', 'Item': {'p': {'S': 'b'}, 'r': {'N': '1'}, 'v': {'B': ''}}}"),
                new("200 *", Invalid + "Member must have length less than or equal to 10", "TransactWriteItems {'TransactItems': [" + string.Join(", ", Enumerable.Range(0, 11).Select(i => $"{{'Put': {{'TableName': 'tab', 'Item': {{'p': {{'S': 'b'}}, 'r': {{'N': '{i}'}}}}}}}}")) + "]}"),
            ]),
        new(
            "When a page ends with the very item that the upper bound of a range names, DynamoDB Local knows that nothing can follow, and leaves out the LastEvaluatedKey.",
            "API reference, Query: a LastEvaluatedKey does not mean that there is more; dynalite, which was compared with AWS, gives one whenever the limit is reached",
            [
                new(
                    "200 {\"Count\":1,\"Items\":[{\"r\":{\"N\":\"1\"}}],\"LastEvaluatedKey\":{\"p\":{\"S\":\"a\"},\"r\":{\"N\":\"1\"}},\"ScannedCount\":1}",
                    "200 {\"Count\":1,\"Items\":[{\"r\":{\"N\":\"1\"}}],\"ScannedCount\":1}",
                    "Query {'TableName': 'tab', 'KeyConditionExpression': 'p = :a AND r <= :one', 'Limit': 1, 'ProjectionExpression': 'r', 'ExpressionAttributeValues': {':a': {'S': 'a'}, ':one': {'N': '1'}}}"),
            ]),
        new(
            "DynamoDB Local lets pass what AWS refuses.",
            "API reference; developer guide: reserved words, secondary indexes, item keys in batches and transactions",
            [
                new(Invalid + "Transaction request cannot include multiple operations on one item", "200 *",
                    "TransactWriteItems {'TransactItems': [{'Put': {'TableName': 'tab', 'Item': {'p': {'S': 'b'}, 'r': {'N': '1'}}}}, {'Delete': {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1.0'}}}}]}"),
                new(Invalid + "Transaction request cannot include multiple operations on one item", Invalid + "*",
                    "TransactWriteItems {'TransactItems': [{'Update': {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'}}, 'UpdateExpression': 'SET v[0] = p'}}, {'Delete': {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'}}}}]}"),
                new(Invalid + "Transaction request cannot include multiple operations on one item", "400 TransactionCanceledException: *",
                    "TransactWriteItems {'TransactItems': [{'ConditionCheck': {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'}}, 'ConditionExpression': 'attribute_exists(p)'}}, {'Delete': {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'}}}}]}"),
                new(Invalid + "Provided list of item keys contains duplicates", "200 *",
                    "BatchGetItem {'RequestItems': {'tab': {'Keys': [{'p': {'S': 'b'}, 'r': {'N': '1'}}, {'p': {'S': 'b'}, 'r': {'N': '1.0'}}]}}}"),
                new(Invalid + "*Attribute name is a reserved keyword; reserved keyword: size", "200 *",
                    "GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ProjectionExpression': 'size'}"),
                new(InvalidValue + "Global secondary index * does not project *", "200 *",
                    "Query {'TableName': 'tab', 'IndexName': 'keys-by-g', 'KeyConditionExpression': 'g = :g', 'ProjectionExpression': 'n', 'ExpressionAttributeValues': {':g': {'S': 'x'}}}"),
                new(InvalidValue + "Select type ALL_ATTRIBUTES is not supported for global secondary index *", "200 *",
                    "Query {'TableName': 'tab', 'IndexName': 'keys-by-g', 'KeyConditionExpression': 'g = :g', 'Select': 'ALL_ATTRIBUTES', 'ExpressionAttributeValues': {':g': {'S': 'x'}}}"),
                new(Invalid + "The update expression attempted to update the secondary index key to unsupported type", "200 *",
                    "UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'SET g = :g', 'ExpressionAttributeValues': {':g': {'N': '1'}}}"),
                new("400 TransactionCanceledException: *The update expression attempted to update the secondary index key to unsupported type*", "200 *",
                    "TransactWriteItems {'TransactItems': [{'Update': {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'UpdateExpression': 'SET g = :g', 'ExpressionAttributeValues': {':g': {'N': '1'}}}}]}"),
            ]),
        new(
            "DynamoDB Local answers the capacity that deleting a missing item consumed, asked or not.",
            "API reference, DeleteItem: ConsumedCapacity «is only returned if the ReturnConsumedCapacity parameter was specified»",
            [
                new("200 {}", "200 {\"ConsumedCapacity\":{\"CapacityUnits\":1.0,\"TableName\":\"tab\"}}", "DeleteItem {'TableName': 'tab', 'Key': {'p': {'S': 'gone'}, 'r': {'N': '1'}}}"),
            ]),
        new(
            "A member that is not imitated is refused by name here; AWS and DynamoDB Local know more members, and leave unknown ones unread.",
            "house rule: never accepted and ignored",
            [
                new(Invalid + "This local cloud does not imitate *", "200 *", "GetItem {'TableName': 'tab', 'Key': {'p': {'S': 'a'}, 'r': {'N': '1'}}, 'ConditionExpression': 'attribute_exists(p)'}"),
                new(Invalid + "This local cloud does not imitate *", Invalid + "*", "GetItem {'TableName': 'tab', 'Item': {}}"),
            ]),
        new(
            "An update whose right side names a part of a missing attribute: AWS looks for the operands first, DynamoDB Local for the place to write to.",
            "not recorded on AWS; the order in which AWS validates other updates",
            [
                new(Invalid + "The provided expression refers to an attribute that does not exist in the item", Invalid + "The document path provided in the update expression is invalid for update",
                    "UpdateItem {'TableName': 'tab', 'Key': {'p': {'S': 'b'}, 'r': {'N': '1'}}, 'UpdateExpression': 'SET l[0] = l[1]'}"),
            ]),
    ];

    public static bool Cover(string embedded, string dynamoDbLocal) => All.Any(g => g.Differences.Any(d => d.Covers(embedded, dynamoDbLocal)));

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{'L': [", levels - 1)) + "{'S': 'x'}" + string.Concat(Enumerable.Repeat("]}", levels - 1));
}
