using System.Text.Json;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Requests;

/// <summary>TransactWriteItems or TransactGetItems.</summary>
/// <param name="TransactItems">The parts; each knows by its operation what it is.</param>
/// <param name="ClientRequestToken">Makes a repeated call harmless, or null.</param>
/// <param name="ReturnConsumedCapacity">Which capacities are wanted.</param>
internal sealed record TransactRequest(IReadOnlyList<ItemRequest> TransactItems, string? ClientRequestToken, string? ReturnConsumedCapacity)
{
    private const int MaxItems = 100;
    private const int MaxTokenLength = 36;

    /// <summary>Reads the request.</summary>
    /// <param name="json">Inside the request's object.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="kinds">Which parts it takes.</param>
    public static TransactRequest Read(ref Utf8JsonReader json, string operation, params IReadOnlyList<string> kinds)
    {
        List<ItemRequest>? items = null;
        string? token = null, capacity = null, metrics = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string member = JsonToken.ReadName(ref json);
            json.Read();
            switch (member)
            {
                case "TransactItems":
                    items = ReadItems(ref json, operation, kinds);
                    break;
                case "ClientRequestToken" when operation == "TransactWriteItems":
                    token = JsonToken.ReadString(ref json);
                    break;
                case "ReturnConsumedCapacity":
                    capacity = JsonToken.ReadString(ref json);
                    break;
                case "ReturnItemCollectionMetrics" when operation == "TransactWriteItems":
                    metrics = JsonToken.ReadString(ref json);
                    break;
                case var _ when json.TokenType != JsonTokenType.Null:
                    throw DynamoDbError.NotImitated(operation, member, "It imitates: ClientRequestToken, ReturnConsumedCapacity, TransactItems.");
            }
        }

        new Constraints()
            .CapacityMode(capacity)
            .MetricsMode(metrics)
            .Length(token?.Length, token ?? "", "clientRequestToken", 1, MaxTokenLength)
            .Required(items, "transactItems")
            .Length(items, "transactItems", 1, MaxItems)
            .Enforce();
        return new TransactRequest(items!, token, capacity);
    }

    private static List<ItemRequest> ReadItems(ref Utf8JsonReader json, string operation, IReadOnlyList<string> kinds)
    {
        JsonToken.StartList(ref json);
        var items = new List<ItemRequest>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            JsonToken.StartObject(ref json, "class com.amazonaws.dynamodb.v20120810.TransactItem", "Unexpected value type in payload");
            int before = items.Count;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                string kind = JsonToken.ReadName(ref json);
                json.Read();
                items.Add(kinds.Contains(kind)
                    ? ItemRequest.Read(ref json, kind)
                    : throw DynamoDbError.NotImitated(operation, kind, $"A part is one of: {string.Join(", ", kinds)}."));
            }

            if (items.Count != before + 1)
            {
                throw DynamoDbError.Validation($"TransactItems can only contain one of {(kinds.Count > 1 ? "Check, Put, Update or Delete" : "Get")}");
            }
        }

        return items;
    }
}
