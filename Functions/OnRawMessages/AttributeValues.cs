using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>JSON as DynamoDB attributes.</summary>
internal static class AttributeValues
{
    /// <summary>An item.</summary>
    public static Dictionary<string, AttributeValue> From(IReadOnlyDictionary<string, JsonElement> item) =>
        item.ToDictionary(attribute => attribute.Key, attribute => From(attribute.Value));

    private static AttributeValue From(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new AttributeValue { S = value.GetString() },
        JsonValueKind.Number => FromNumber(value.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => new AttributeValue { BOOL = value.GetBoolean() },
        JsonValueKind.Array => new AttributeValue { L = [.. value.EnumerateArray().Select(From)] },
        JsonValueKind.Object => new AttributeValue { M = FromObject(value) },
        _ => new AttributeValue { NULL = true },
    };

    /// <summary>A number that DynamoDB could not hold becomes text: better another type than another value, or none.</summary>
    private static AttributeValue FromNumber(string json) =>
        DynamoDbNumber.Fits(json) ? new AttributeValue { N = json } : new AttributeValue { S = json };

    private static Dictionary<string, AttributeValue> FromObject(JsonElement value)
    {
        Dictionary<string, AttributeValue> map = [];
        foreach (JsonProperty property in value.EnumerateObject())
        {
            map[property.Name] = From(property.Value);
        }

        return map;
    }
}
