using System.Text.Json;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Requests;

/// <summary>BatchGetItem or BatchWriteItem: what is asked of each table.</summary>
/// <param name="RequestItems">By table; for reads one request with its keys, for writes one request for each item.</param>
/// <param name="ReturnConsumedCapacity">Which capacities are wanted.</param>
internal sealed record BatchRequest(IReadOnlyDictionary<string, IReadOnlyList<ItemRequest>> RequestItems, string? ReturnConsumedCapacity)
{
    private const string WriteType = "class com.amazonaws.dynamodb.v20120810.WriteRequest";
    private const string Empty = "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";

    public static BatchRequest ReadGet(ref Utf8JsonReader json) => Read(ref json, "BatchGetItem", ReadKeys);

    public static BatchRequest ReadWrite(ref Utf8JsonReader json) => Read(ref json, "BatchWriteItem", ReadWrites);

    private delegate IReadOnlyList<ItemRequest> ReadTable(ref Utf8JsonReader json);

    private static BatchRequest Read(ref Utf8JsonReader json, string operation, ReadTable readTable)
    {
        Dictionary<string, IReadOnlyList<ItemRequest>>? tables = null;
        string? capacity = null, metrics = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string member = JsonToken.ReadName(ref json);
            json.Read();
            switch (member)
            {
                case "RequestItems":
                    tables = ReadTables(ref json, readTable);
                    break;
                case "ReturnConsumedCapacity":
                    capacity = JsonToken.ReadString(ref json);
                    break;
                case "ReturnItemCollectionMetrics" when operation == "BatchWriteItem":
                    metrics = JsonToken.ReadString(ref json);
                    break;
                case var _ when json.TokenType != JsonTokenType.Null:
                    throw DynamoDbError.NotImitated(operation, member, "It imitates: RequestItems, ReturnConsumedCapacity.");
            }
        }

        var constraints = new Constraints().CapacityMode(capacity).MetricsMode(metrics).Required(tables, "requestItems").Length(tables?.Count, "{}", "requestItems", 1, int.MaxValue);
        foreach (string table in tables?.Keys ?? Enumerable.Empty<string>())
        {
            constraints.Name(table, "requestItems");
        }

        constraints.Enforce();
        return new BatchRequest(tables!, capacity);
    }

    private static Dictionary<string, IReadOnlyList<ItemRequest>>? ReadTables(ref Utf8JsonReader json, ReadTable readTable)
    {
        if (!JsonToken.StartObject(ref json, "java.util.Map"))
        {
            return null;
        }

        var tables = new Dictionary<string, IReadOnlyList<ItemRequest>>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string table = JsonToken.ReadName(ref json);
            json.Read();
            tables[table] = readTable(ref json);
        }

        return tables;
    }

    private static IReadOnlyList<ItemRequest> ReadKeys(ref Utf8JsonReader json)
    {
        JsonToken.StartObject(ref json, "class com.amazonaws.dynamodb.v20120810.KeysAndAttributes", "Unexpected value type in payload");
        return [ItemRequest.Read(ref json, "BatchGetItem")];
    }

    private static List<ItemRequest> ReadWrites(ref Utf8JsonReader json)
    {
        JsonToken.StartList(ref json);
        var writes = new List<ItemRequest>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            JsonToken.StartObject(ref json, WriteType, "Unexpected value type in payload");
            ItemRequest? write = null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                string kind = JsonToken.ReadName(ref json);
                json.Read();
                write = (kind, write) switch
                {
                    ("PutRequest" or "DeleteRequest", null) => ItemRequest.Read(ref json, kind),
                    ("PutRequest" or "DeleteRequest", _) => throw DynamoDbError.Validation(Empty),
                    _ => throw DynamoDbError.NotImitated("BatchWriteItem", kind, "A write is a PutRequest or a DeleteRequest."),
                };
            }

            writes.Add(write ?? throw DynamoDbError.Validation(Empty));
        }

        return writes;
    }
}
