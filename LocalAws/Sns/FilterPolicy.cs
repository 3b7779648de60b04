using System.Text.Json;
using LocalAws.Delivery;

namespace LocalAws.Sns;

/// <summary>A filter policy on message attributes or on the body: every name must match, each by at least one of its conditions.</summary>
/// <remarks>Source: SNS developer guide, "Filter policy constraints", "String value matching" and "Payload-based message filtering".</remarks>
internal sealed class FilterPolicy
{
    private const int MaxKeys = 5;
    private const int MaxCombinations = 150;

    private readonly IReadOnlyList<Rule> _rules;

    private FilterPolicy(string json, IReadOnlyList<Rule> rules)
    {
        Json = json;
        _rules = rules;
    }

    /// <summary>The policy as it was given.</summary>
    public string Json { get; }

    /// <summary>Whether it names members of members, which only a body has.</summary>
    public bool IsNested => _rules.Any(rule => rule.Path.Length > 1);

    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: not JSON, too large, or a way of matching that is not imitated.</exception>
    public static FilterPolicy Parse(string json)
    {
        try
        {
            using JsonDocument document = ForeignJson.Document(json);
            Rule[] rules = [.. ParseRules(document.RootElement, [])];
            if (rules.Length > MaxKeys)
            {
                throw SnsError.InvalidParameter($"FilterPolicy: Filter policy can not have more than {MaxKeys} keys");
            }

            return rules.Aggregate(1L, (product, rule) => product * Math.Max(1, rule.Conditions.Length)) <= MaxCombinations
                ? new FilterPolicy(json, rules)
                : throw SnsError.InvalidParameter("FilterPolicy: Filter policy is too complex");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw SnsError.InvalidParameter("FilterPolicy: failed to parse JSON.");
        }
    }

    public bool Matches(IReadOnlyDictionary<string, DeliveryAttribute> attributes) =>
        _rules.All(rule => rule.Conditions.Any(condition => condition.Matches(attributes.GetValueOrDefault(rule.Path[0]))));

    /// <summary>Whether a body satisfies it; one that is no JSON object never does.</summary>
    public bool MatchesBody(string body)
    {
        try
        {
            using JsonDocument document = ForeignJson.Document(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && _rules.All(rule => Matches(rule, document.RootElement));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Matches(Rule rule, JsonElement body)
    {
        DeliveryAttribute[] values = [.. ValuesAt(body, rule.Path).Select(ToAttribute)];
        return rule.Conditions.Any(condition => values.Length == 0 ? condition.Matches(null) : values.Any(condition.Matches));
    }

    private static IEnumerable<JsonElement> ValuesAt(JsonElement element, ReadOnlyMemory<string> path) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => ValuesAt(item, path)),
        _ when path.IsEmpty => [element],
        JsonValueKind.Object when element.TryGetProperty(path.Span[0], out JsonElement member) => ValuesAt(member, path[1..]),
        _ => [],
    };

    private static DeliveryAttribute ToAttribute(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new DeliveryAttribute("String", value.GetString()!),
        JsonValueKind.Number => new DeliveryAttribute("Number", value.GetRawText()),
        JsonValueKind.Object => new DeliveryAttribute("Binary", ""),
        _ => new DeliveryAttribute("String", value.GetRawText()),
    };

    private static IEnumerable<Rule> ParseRules(JsonElement element, string[] path) => element.EnumerateObject().SelectMany(member => (member.Name, member.Value.ValueKind) switch
    {
        (not "$or", JsonValueKind.Array) => [new Rule([.. path, member.Name], [.. member.Value.EnumerateArray().Select(FilterCondition.Parse)])],
        (_, JsonValueKind.Object) => ParseRules(member.Value, [.. path, member.Name]),
        _ => throw SnsError.InvalidParameter($"FilterPolicy: \"{member.Name}\" must be an array of conditions, or an object of such."),
    });

    private sealed record Rule(string[] Path, FilterCondition[] Conditions);
}
