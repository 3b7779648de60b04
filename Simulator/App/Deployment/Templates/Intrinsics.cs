using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>
/// Works out CloudFormation's functions: <c>Ref</c>, <c>Fn::GetAtt</c>, <c>Fn::Sub</c>, <c>Fn::Join</c>, <c>Fn::Select</c>, <c>Fn::Split</c>. Any
/// other is an error, and so is a reference to what does not exist here.
/// </summary>
internal sealed partial class Intrinsics
{
    private const string NoValue = "AWS::NoValue";

    public Intrinsics(Template template, AwsAccount account, Uri endpoint) => Ids = new PhysicalIds(template, account, endpoint, Evaluate);

    public PhysicalIds Ids { get; }

    /// <summary>A value with all functions worked out.</summary>
    /// <param name="node">The value as it is written.</param>
    /// <param name="where">Where it stands, for errors.</param>
    /// <returns>The value; null for <c>AWS::NoValue</c>.</returns>
    /// <exception cref="UserErrorException">A function cannot be worked out.</exception>
    public JsonNode? Evaluate(JsonNode? node, string where) => node switch
    {
        JsonObject { Count: 1 } call when call.First() is var (name, argument) && IsFunction(name) => Call(name, argument, where),
        JsonObject members => new JsonObject(members
            .Select(member => KeyValuePair.Create(member.Key, Evaluate(member.Value, $"{where}.{member.Key}")))
            .Where(member => member.Value is not null)),
        JsonArray items => new JsonArray([.. items.Select((item, index) => Evaluate(item, $"{where}[{index}]")).Where(item => item is not null)]),
        _ => node?.DeepClone(),
    };

    private static bool IsFunction(string name) => name is "Ref" or "Condition" || name.StartsWith("Fn::", StringComparison.Ordinal);

    private JsonNode? Call(string function, JsonNode? argument, string where) => (function, argument) switch
    {
        ("Ref", JsonValue id) when id.ToString() == NoValue => null,
        ("Ref", JsonValue id) => Ids.Ref(id.ToString(), where),
        ("Fn::GetAtt", JsonValue path) => Attribute(path.ToString(), where),
        ("Fn::GetAtt", JsonArray { Count: 2 } path) => Ids.Attribute(Text(path[0], where), Text(path[1], where), where),
        ("Fn::Sub", JsonValue text) => Substitute(text.ToString(), [], where),
        ("Fn::Sub", JsonArray { Count: 2 } pair) when pair[1] is JsonObject values => Substitute(Text(pair[0], where), values, where),
        ("Fn::Join", JsonArray { Count: 2 } join) => string.Join(Text(join[0], where), Texts(join[1], where)),
        ("Fn::Split", JsonArray { Count: 2 } split) => new JsonArray([.. Text(split[1], where).Split(Text(split[0], where)).Select(part => (JsonNode)part)]),
        ("Fn::Select", JsonArray { Count: 2 } select) => Select(Text(select[0], where), Texts(select[1], where), where),
        _ => throw new UserErrorException($"{where} uses {function} in a way that is not worked out here: {argument?.ToJsonString()}."),
    };

    private string Attribute(string path, string where) => path.Split('.', 2) is [var id, var attribute]
        ? Ids.Attribute(id, attribute, where)
        : throw new UserErrorException($"{where}: '{path}' names no attribute; Fn::GetAtt takes 'LogicalId.Attribute'.");

    private string Substitute(string text, JsonObject values, string where) => Placeholder().Replace(text, match => match.Groups["name"].Value switch
    {
        ['!', .. var literal] => $"${{{literal}}}",
        var name when values.ContainsKey(name) => Text(values[name], where),
        var name when name.Contains('.', StringComparison.Ordinal) => Attribute(name, where),
        var name => Ids.Ref(name, where),
    });

    private static string Select(string index, List<string> items, string where) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int at) && at < items.Count
            ? items[at]
            : throw new UserErrorException($"{where} selects item {index} of {items.Count}.");

    private string Text(JsonNode? node, string where) => Evaluate(node, where) is JsonValue value
        ? value.ToString()
        : throw new UserErrorException($"{where} needs a text where it has {node?.ToJsonString() ?? "nothing"}.");

    private List<string> Texts(JsonNode? node, string where) => Evaluate(node, where) is JsonArray items
        ? [.. items.Select(item => Text(item, where))]
        : throw new UserErrorException($"{where} needs a list where it has {node?.ToJsonString() ?? "nothing"}.");

    [GeneratedRegex(@"\$\{(?<name>[^}]+)\}")]
    private static partial Regex Placeholder();
}
