using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.DynamoDb.Values;

/// <summary>
/// Items as plain JSON, as in the document models of AWS's SDKs: strings, numbers, booleans, null, arrays (lists) and objects (maps). Sets come
/// out as arrays and binaries as base64, but neither goes in.
/// </summary>
internal static class PlainJson
{
    /// <summary>The item in DynamoDB's JSON.</summary>
    public static JsonObject ToAttributes(JsonObject item) => new(item.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Key, Typed(member.Value))));

    /// <summary>The item in plain JSON.</summary>
    public static JsonObject Of(AttributeMap item) => new(item.Select(attribute => KeyValuePair.Create(attribute.Key, Of(attribute.Value))));

    private static JsonObject Typed(JsonNode? value) => value switch
    {
        null => new() { ["NULL"] = true },
        JsonArray list => new() { ["L"] = new JsonArray([.. list.Select(Typed)]) },
        JsonObject map => new() { ["M"] = ToAttributes(map) },
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => new() { ["S"] = value.DeepClone() },
            JsonValueKind.Number => new() { ["N"] = value.ToJsonString() },
            _ => new() { ["BOOL"] = value.DeepClone() },
        },
    };

    private static JsonNode? Of(AttributeValue value) => value switch
    {
        StringValue text => text.Text,
        NumberValue number => ForeignJson.Node(number.Number.ToString()),
        BooleanValue flag => flag.Value,
        BinaryValue binary => Convert.ToBase64String(binary.Content),
        SetValue set => new JsonArray([.. set.Members.Select(Of)]),
        ListValue list => new JsonArray([.. list.Elements.Select(Of)]),
        MapValue map => Of(map.Attributes),
        _ => null,
    };
}
