using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Tests.Synthesis;

/// <summary>Writes CloudFormation's functions out as text: <c>{"Ref": "Id"}</c> as <c>${Id}</c>, and so on.</summary>
internal static partial class Intrinsics
{
    public static JsonNode? WriteOut(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } one when Function(one.First()) is { } text => JsonValue.Create(text),
        JsonObject members => new JsonObject(members.Select(pair => KeyValuePair.Create(pair.Key, WriteOut(pair.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WriteOut)]),
        _ => node?.DeepClone(),
    };

    /// <summary>A logical id without the eight hexadecimal digits that the CDK appends.</summary>
    public static string Short(string id) => Hash().Replace(id, "");

    private static string? Function(KeyValuePair<string, JsonNode?> member) => (member.Key, member.Value) switch
    {
        ("Ref", JsonValue id) => $"${{{Short(id.GetValue<string>())}}}",
        ("Fn::GetAtt", JsonArray path) => $"${{{Short(path[0]!.GetValue<string>())}.{path[1]!.GetValue<string>()}}}",
        ("Fn::Join", JsonArray join) =>
            string.Join(join[0]!.GetValue<string>(), join[1]!.AsArray().Select(part => WriteOut(part)!.GetValue<string>())),
        ("Fn::Sub", JsonValue text) => text.GetValue<string>(),
        _ => null,
    };

    [GeneratedRegex("[0-9A-F]{8}$")]
    private static partial Regex Hash();
}
