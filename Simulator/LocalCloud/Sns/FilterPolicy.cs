using System.Text.Json;
using WhatsAppBuffer.Simulator.Delivery;

namespace WhatsAppBuffer.Simulator.Sns;

/// <summary>A filter policy on message attributes: every name must match, each by at least one of its conditions.</summary>
/// <remarks>Source: SNS developer guide, "Filter policy constraints" and "String value matching".</remarks>
internal sealed class FilterPolicy
{
    private readonly IReadOnlyList<(string Name, FilterCondition[] Conditions)> _rules;

    private FilterPolicy(string json, IReadOnlyList<(string Name, FilterCondition[] Conditions)> rules)
    {
        Json = json;
        _rules = rules;
    }

    /// <summary>The policy as it was given.</summary>
    public string Json { get; }

    /// <exception cref="Endpoint.AwsException"><c>InvalidParameter</c>: not JSON, or a way of matching that is not imitated.</exception>
    public static FilterPolicy Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return new FilterPolicy(json, [.. document.RootElement.EnumerateObject().Select(rule => (rule.Name, ParseConditions(rule)))]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw SnsError.InvalidParameter("FilterPolicy: failed to parse JSON.");
        }
    }

    public bool Matches(IReadOnlyDictionary<string, DeliveryAttribute> attributes) =>
        _rules.All(rule => rule.Conditions.Any(condition => condition.Matches(attributes.GetValueOrDefault(rule.Name))));

    private static FilterCondition[] ParseConditions(JsonProperty rule) => rule.Value.ValueKind == JsonValueKind.Array && rule.Name != "$or"
        ? [.. rule.Value.EnumerateArray().Select(FilterCondition.Parse)]
        : throw SnsError.InvalidParameter($"FilterPolicy: \"{rule.Name}\" must be an array of conditions.");
}
