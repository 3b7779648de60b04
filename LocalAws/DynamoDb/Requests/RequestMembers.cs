using System.Collections.Frozen;

namespace LocalAws.DynamoDb.Requests;

/// <summary>Which members of an operation are imitated. AWS ignores members it does not know; here any other is refused by name.</summary>
internal static class RequestMembers
{
    private const string Write = "TableName ConditionExpression ExpressionAttributeNames ExpressionAttributeValues ReturnValuesOnConditionCheckFailure";
    private const string WriteAlone = Write + " ReturnValues ReturnConsumedCapacity ReturnItemCollectionMetrics";
    private const string Read = "ProjectionExpression ExpressionAttributeNames";
    private const string Search = Read + " TableName IndexName FilterExpression ExpressionAttributeValues ExclusiveStartKey Limit Select ConsistentRead ReturnConsumedCapacity";

    private static readonly FrozenDictionary<string, FrozenSet<string>> ByOperation = new Dictionary<string, string>
    {
        ["PutItem"] = WriteAlone + " Item",
        ["UpdateItem"] = WriteAlone + " Key UpdateExpression",
        ["DeleteItem"] = WriteAlone + " Key",
        ["GetItem"] = Read + " TableName Key ConsistentRead ReturnConsumedCapacity",
        ["Query"] = Search + " KeyConditionExpression ScanIndexForward",
        ["Scan"] = Search + " Segment TotalSegments",
        ["BatchGetItem"] = Read + " Keys ConsistentRead",
        ["PutRequest"] = "Item",
        ["DeleteRequest"] = "Key",
        ["Put"] = Write + " Item",
        ["Update"] = Write + " Key UpdateExpression",
        ["Delete"] = Write + " Key",
        ["ConditionCheck"] = Write + " Key",
        ["Get"] = Read + " TableName Key",
    }.ToFrozenDictionary(o => o.Key, o => o.Value.Split(' ').ToFrozenSet());

    private static readonly FrozenDictionary<string, string> Legacy = new Dictionary<string, string>
    {
        ["Expected"] = "ConditionExpression",
        ["ConditionalOperator"] = "an expression",
        ["AttributeUpdates"] = "UpdateExpression",
        ["AttributesToGet"] = "ProjectionExpression",
        ["KeyConditions"] = "KeyConditionExpression",
        ["QueryFilter"] = "FilterExpression",
        ["ScanFilter"] = "FilterExpression",
    }.ToFrozenDictionary();

    /// <summary>Refuses a member that is not imitated.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c> naming it.</exception>
    public static void Check(string operation, string member)
    {
        if (!ByOperation[operation].Contains(member))
        {
            throw DynamoDbError.NotImitated(operation, member, Legacy.TryGetValue(member, out string? instead)
                ? $"It is a legacy parameter; use {instead}."
                : $"It imitates: {string.Join(", ", ByOperation[operation].Order(StringComparer.Ordinal))}.");
        }
    }
}
