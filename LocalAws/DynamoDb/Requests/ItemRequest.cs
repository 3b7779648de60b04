using System.Text.Json;
using LocalAws.DynamoDb.Expressions;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Requests;

/// <summary>
/// The members of all operations on items; which of them an operation takes is in <see cref="RequestMembers"/>. One shape serves all, because
/// a member means the same wherever it occurs.
/// </summary>
internal sealed class ItemRequest
{
    private ItemRequest(string operation) => Operation = operation;

    /// <summary>The operation, or the part of a transaction or batch; errors name it.</summary>
    public string Operation { get; }

    public string? TableName { get; private set; }

    public string? IndexName { get; private set; }

    public UncheckedAttributes? Item { get; private set; }

    public UncheckedAttributes? Key { get; private set; }

    public UncheckedAttributes? ExclusiveStartKey { get; private set; }

    public IReadOnlyList<UncheckedAttributes>? Keys { get; private set; }

    public string? ConditionExpression { get; private set; }

    public string? UpdateExpression { get; private set; }

    public string? KeyConditionExpression { get; private set; }

    public string? FilterExpression { get; private set; }

    public string? ProjectionExpression { get; private set; }

    public Dictionary<string, string>? ExpressionAttributeNames { get; private set; }

    public UncheckedAttributes? ExpressionAttributeValues { get; private set; }

    public string? ReturnValues { get; private set; }

    public string? ReturnValuesOnConditionCheckFailure { get; private set; }

    public string? ReturnConsumedCapacity { get; private set; }

    public string? ReturnItemCollectionMetrics { get; private set; }

    public string? Select { get; private set; }

    public bool ConsistentRead { get; private set; }

    public bool ScanIndexForward { get; private set; } = true;

    public int? Limit { get; private set; }

    public int? Segment { get; private set; }

    public int? TotalSegments { get; private set; }

    /// <summary>Reads the object at the reader.</summary>
    /// <exception cref="Endpoint.AwsException"><c>SerializationException</c>: a member has the wrong JSON type. <c>ValidationException</c>: a member is not imitated.</exception>
    public static ItemRequest Read(ref Utf8JsonReader json, string operation)
    {
        var request = new ItemRequest(operation);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string member = JsonToken.ReadName(ref json);
            json.Read();
            if (json.TokenType != JsonTokenType.Null)
            {
                RequestMembers.Check(operation, member);
                request.ReadMember(ref json, member);
            }
        }

        return request;
    }

    /// <summary>The placeholders, once it is known that there are expressions to use them in.</summary>
    /// <param name="expressions">The names and texts of the operation's expressions.</param>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: there are placeholders but no expression.</exception>
    public void CheckExpressionsGiven(params ReadOnlySpan<(string Name, string? Text)> expressions)
    {
        bool any = false, anyWithValues = false;
        var withValues = new List<string>();
        foreach ((string name, string? text) in expressions)
        {
            any |= text is not null;
            if (name != nameof(ProjectionExpression))
            {
                withValues.Add(name);
                anyWithValues |= text is not null;
            }
        }

        if (ExpressionAttributeNames is not null && !any)
        {
            throw DynamoDbError.Validation("ExpressionAttributeNames can only be specified when using expressions");
        }

        if (ExpressionAttributeValues is not null && !anyWithValues)
        {
            throw DynamoDbError.Validation(
                $"ExpressionAttributeValues can only be specified when using expressions: {string.Join(" and ", withValues)} {(withValues.Count > 1 ? "are" : "is")} null");
        }
    }

    public Placeholders Placeholders() => new(ExpressionAttributeNames, ExpressionAttributeValues);

    private void ReadMember(ref Utf8JsonReader json, string member)
    {
        switch (member)
        {
            case nameof(TableName): TableName = JsonToken.ReadString(ref json); break;
            case nameof(IndexName): IndexName = JsonToken.ReadString(ref json); break;
            case nameof(Item): Item = AttributeValueReader.ReadAttributes(ref json); break;
            case nameof(Key): Key = AttributeValueReader.ReadAttributes(ref json); break;
            case nameof(ExclusiveStartKey): ExclusiveStartKey = AttributeValueReader.ReadAttributes(ref json); break;
            case nameof(Keys): Keys = ReadKeys(ref json); break;
            case nameof(ConditionExpression): ConditionExpression = JsonToken.ReadString(ref json); break;
            case nameof(UpdateExpression): UpdateExpression = JsonToken.ReadString(ref json); break;
            case nameof(KeyConditionExpression): KeyConditionExpression = JsonToken.ReadString(ref json); break;
            case nameof(FilterExpression): FilterExpression = JsonToken.ReadString(ref json); break;
            case nameof(ProjectionExpression): ProjectionExpression = JsonToken.ReadString(ref json); break;
            case nameof(ExpressionAttributeNames): ExpressionAttributeNames = ReadNames(ref json); break;
            case nameof(ExpressionAttributeValues): ExpressionAttributeValues = AttributeValueReader.ReadAttributes(ref json); break;
            case nameof(ReturnValues): ReturnValues = JsonToken.ReadString(ref json); break;
            case nameof(ReturnValuesOnConditionCheckFailure): ReturnValuesOnConditionCheckFailure = JsonToken.ReadString(ref json); break;
            case nameof(ReturnConsumedCapacity): ReturnConsumedCapacity = JsonToken.ReadString(ref json); break;
            case nameof(ReturnItemCollectionMetrics): ReturnItemCollectionMetrics = JsonToken.ReadString(ref json); break;
            case nameof(Select): Select = JsonToken.ReadString(ref json); break;
            case nameof(ConsistentRead): ConsistentRead = JsonToken.ReadBoolean(ref json) ?? false; break;
            case nameof(ScanIndexForward): ScanIndexForward = JsonToken.ReadBoolean(ref json) ?? true; break;
            case nameof(Limit): Limit = JsonToken.ReadInteger(ref json); break;
            case nameof(Segment): Segment = JsonToken.ReadInteger(ref json); break;
            case nameof(TotalSegments): TotalSegments = JsonToken.ReadInteger(ref json); break;
        }
    }

    private static Dictionary<string, string> ReadNames(ref Utf8JsonReader json)
    {
        JsonToken.StartObject(ref json, "java.util.Map<java.lang.String, java.lang.String>");
        var names = new Dictionary<string, string>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string placeholder = JsonToken.ReadName(ref json);
            json.Read();
            names[placeholder] = JsonToken.ReadString(ref json) ?? "";
        }

        return names;
    }

    private static List<UncheckedAttributes> ReadKeys(ref Utf8JsonReader json)
    {
        JsonToken.StartList(ref json);
        var keys = new List<UncheckedAttributes>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (AttributeValueReader.ReadAttributes(ref json) is { } key)
            {
                keys.Add(key);
            }
        }

        return keys;
    }
}
