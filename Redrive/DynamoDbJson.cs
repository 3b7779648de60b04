using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace WhatsAppBuffer.Redrive;

/// <summary>Reads DynamoDB JSON, as a stream's record has it.</summary>
internal static class DynamoDbJson
{
    /// <param name="image">An item: <c>{"id": {"S": "…"}, …}</c>.</param>
    public static Dictionary<string, AttributeValue> Read(JsonElement image) => image.EnumerateObject().ToDictionary(member => member.Name, member => ReadValue(member.Value));

    private static AttributeValue ReadValue(JsonElement value)
    {
        JsonProperty typed = value.EnumerateObject().First();
        return typed.Name switch
        {
            "S" => new AttributeValue { S = typed.Value.GetString() },
            "N" => new AttributeValue { N = typed.Value.GetString() },
            "B" => new AttributeValue { B = Bytes(typed.Value) },
            "BOOL" => new AttributeValue { BOOL = typed.Value.GetBoolean() },
            "NULL" => new AttributeValue { NULL = true },
            "M" => new AttributeValue { M = Read(typed.Value), IsMSet = true },
            "L" => new AttributeValue { L = [.. typed.Value.EnumerateArray().Select(ReadValue)], IsLSet = true },
            "SS" => new AttributeValue { SS = [.. typed.Value.EnumerateArray().Select(text => text.GetString()!)] },
            "NS" => new AttributeValue { NS = [.. typed.Value.EnumerateArray().Select(number => number.GetString()!)] },
            "BS" => new AttributeValue { BS = [.. typed.Value.EnumerateArray().Select(Bytes)] },
            _ => throw new JsonException($"{typed.Name} is no type of DynamoDB's."),
        };
    }

    private static MemoryStream Bytes(JsonElement value) => new(value.GetBytesFromBase64());
}
