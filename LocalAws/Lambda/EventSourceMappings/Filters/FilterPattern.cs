using System.Text.Json;
using LocalAws.Endpoint;

namespace LocalAws.Lambda.EventSourceMappings.Filters;

/// <summary>
/// One pattern of a FilterCriteria, in EventBridge's language: keys are ANDed, the values of one key ORed, <c>$or</c> ORs whole objects.
/// A record is matched as it would stand in the event, DynamoDB's type letters included.
/// </summary>
internal sealed class FilterPattern
{
    private readonly Func<JsonElement?, bool> _matches;

    private FilterPattern(Func<JsonElement?, bool> matches) => _matches = matches;

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="AwsException"><c>InvalidParameterValueException</c> "Invalid filter pattern definition.", as AWS answers.</exception>
    public static FilterPattern Parse(string pattern)
    {
        try
        {
            using JsonDocument json = ForeignJson.Document(pattern);
            return new FilterPattern(FieldsOf(json.RootElement.Clone()));
        }
        catch (JsonException)
        {
            throw Invalid();
        }
    }

    /// <summary>Whether the record, a JSON object, passes.</summary>
    public bool Matches(JsonElement record) => _matches(record);

    internal static AwsException Invalid() => new("InvalidParameterValueException", "Invalid filter pattern definition.");

    private static Func<JsonElement?, bool> FieldsOf(JsonElement pattern)
    {
        if (pattern.ValueKind != JsonValueKind.Object || !pattern.EnumerateObject().Any())
        {
            throw Invalid();
        }

        List<Func<JsonElement?, bool>> all = [.. pattern.EnumerateObject().Select(FieldOf)];
        return value => all.TrueForAll(matches => matches(value));
    }

    private static Func<JsonElement?, bool> FieldOf(JsonProperty field)
    {
        if (field.Name == "$or")
        {
            List<Func<JsonElement?, bool>> any = field.Value is { ValueKind: JsonValueKind.Array } alternatives && alternatives.GetArrayLength() > 0
                ? [.. alternatives.EnumerateArray().Select(FieldsOf)]
                : throw Invalid();
            return value => any.Exists(matches => matches(value));
        }

        Func<JsonElement?, bool> inner = field.Value.ValueKind switch
        {
            JsonValueKind.Object => FieldsOf(field.Value),
            JsonValueKind.Array when field.Value.GetArrayLength() > 0 => ValuesOf(field.Value),
            _ => throw Invalid(),
        };
        string name = field.Name;
        return value => inner(Member(value, name));
    }

    private static Func<JsonElement?, bool> ValuesOf(JsonElement values)
    {
        List<Func<JsonElement?, bool>> any = [.. values.EnumerateArray().Select(FilterRule.Parse)];
        return value => value is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Any(item => any.Exists(matches => matches(item)))
            : any.Exists(matches => matches(value));
    }

    private static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out JsonElement member) ? member : null;
}
