using System.Text.Json;
using LocalAws.Endpoint;

namespace LocalAws.Lambda.Wire;

/// <summary>Reads members of Lambda's request bodies; a wrong kind of value is AWS's <c>SerializationException</c>.</summary>
internal static class Member
{
    public static int Int(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out int value) ? value : throw Wrong(member.Name, "an integer");

    public static bool Bool(JsonProperty member) =>
        member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.Value.GetBoolean() : throw Wrong(member.Name, "true or false");

    public static string Text(JsonProperty member) => Text(member.Value, member.Name);

    /// <summary>The ARN in a DestinationConfig's part, or null.</summary>
    public static string? Destination(JsonProperty member, string part) =>
        Object(member.Value, member.Name).TryGetProperty(part, out JsonElement destination)
        && Object(destination, part).TryGetProperty("Destination", out JsonElement arn)
            ? Text(arn, "Destination")
            : null;

    /// <summary>The patterns of a FilterCriteria.</summary>
    public static IReadOnlyList<string> Patterns(JsonProperty member) =>
        Object(member.Value, member.Name).TryGetProperty("Filters", out JsonElement filters)
            ? [.. Items(filters, "Filters").Select(f => Object(f, "Filters").TryGetProperty("Pattern", out JsonElement pattern) ? Text(pattern, "Pattern") : "{}")]
            : [];

    public static IReadOnlyList<string> Texts(JsonProperty member) => [.. Items(member.Value, member.Name).Select(i => Text(i, member.Name))];

    public static AwsException NotImitated(JsonProperty member) =>
        new("InvalidParameterValueException", $"{member.Name} is not imitated by this local cloud; leave it out.");

    private static JsonElement Object(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object ? value : throw Wrong(name, "an object");

    private static JsonElement.ArrayEnumerator Items(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Wrong(name, "a list");

    private static string Text(JsonElement value, string name) => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, "a string");

    private static AwsException Wrong(string name, string expected) => new("SerializationException", $"{name} must be {expected}.");
}
