using System.Text.Json;

namespace LocalAws.Lambda.EventSourceMappings.Filters;

/// <summary>One value of a pattern's leaf: a literal or an operator. A rule is handed null where the record has no such member.</summary>
internal static class FilterRule
{
    public static Func<JsonElement?, bool> Parse(JsonElement rule) => rule.ValueKind switch
    {
        JsonValueKind.Object => Operator(rule),
        JsonValueKind.Array => throw FilterPattern.Invalid(),
        _ => value => IsEqual(value, rule),
    };

    private static Func<JsonElement?, bool> Operator(JsonElement rule)
    {
        if (rule.EnumerateObject().ToList() is not [var (name, operand)])
        {
            throw FilterPattern.Invalid();
        }

        return (name, operand.ValueKind) switch
        {
            ("prefix", JsonValueKind.String) => Text(operand, (text, part) => text.StartsWith(part, StringComparison.Ordinal)),
            ("suffix", JsonValueKind.String) => Text(operand, (text, part) => text.EndsWith(part, StringComparison.Ordinal)),
            ("equals-ignore-case", JsonValueKind.String) => Text(operand, (text, other) => text.Equals(other, StringComparison.OrdinalIgnoreCase)),
            ("exists", JsonValueKind.True) => value => value is { ValueKind: not JsonValueKind.Object },
            ("exists", JsonValueKind.False) => value => value is null,
            ("numeric", JsonValueKind.Array) => Numeric(operand),
            ("anything-but", _) => AnythingBut(operand),
            _ => throw FilterPattern.Invalid(),
        };
    }

    private static void Deconstruct(this JsonProperty property, out string name, out JsonElement value) => (name, value) = (property.Name, property.Value);

    private static Func<JsonElement?, bool> Text(JsonElement operand, Func<string, string, bool> test)
    {
        string other = operand.GetString()!;
        return value => value is { ValueKind: JsonValueKind.String } text && test(text.GetString()!, other);
    }

    private static Func<JsonElement?, bool> AnythingBut(JsonElement operand)
    {
        Func<JsonElement?, bool> excluded = operand.ValueKind switch
        {
            JsonValueKind.Object => Operator(operand),
            JsonValueKind.Array when operand.EnumerateArray().All(IsLiteral) => value => operand.EnumerateArray().Any(o => IsEqual(value, o)),
            _ when IsLiteral(operand) => value => IsEqual(value, operand),
            _ => throw FilterPattern.Invalid(),
        };
        return value => value is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) } && !excluded(value);
    }

    private static Func<JsonElement?, bool> Numeric(JsonElement operand)
    {
        List<JsonElement> parts = [.. operand.EnumerateArray()];
        if (parts.Count is not (2 or 4))
        {
            throw FilterPattern.Invalid();
        }

        List<Func<decimal, bool>> tests = [.. parts.Chunk(2).Select(pair => Comparison(pair[0], pair[1]))];
        return value => value is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out decimal n) && tests.TrueForAll(test => test(n));
    }

    private static Func<decimal, bool> Comparison(JsonElement comparison, JsonElement operand)
    {
        if (comparison.ValueKind != JsonValueKind.String || operand.ValueKind != JsonValueKind.Number || !operand.TryGetDecimal(out decimal other))
        {
            throw FilterPattern.Invalid();
        }

        return comparison.GetString() switch
        {
            "=" => n => n == other,
            "<" => n => n < other,
            "<=" => n => n <= other,
            ">" => n => n > other,
            ">=" => n => n >= other,
            _ => throw FilterPattern.Invalid(),
        };
    }

    private static bool IsLiteral(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    private static bool IsEqual(JsonElement? value, JsonElement literal) =>
        value is { } v && v.ValueKind == literal.ValueKind && literal.ValueKind switch
        {
            JsonValueKind.String => v.ValueEquals(literal.GetString()),
            JsonValueKind.Number => v.TryGetDecimal(out decimal a) && literal.TryGetDecimal(out decimal b) && a == b,
            _ => true,
        };
}
