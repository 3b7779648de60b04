using System.Globalization;
using System.Text.Json;
using LocalAws.Delivery;

namespace LocalAws.Sns;

/// <summary>One condition of a filter policy on one attribute.</summary>
internal abstract record FilterCondition
{
    public abstract bool Matches(DeliveryAttribute? attribute);

    public static FilterCondition Parse(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new OneOf([json.GetString()!]),
        JsonValueKind.Number => new InRange(json.GetDecimal(), json.GetDecimal(), true, true),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => new OneOf([json.GetRawText()]),
        JsonValueKind.Object => ParseOperator(json.EnumerateObject().Single()),
        _ => throw SnsError.InvalidParameter("FilterPolicy: Match value must be String, number, true, false, or null"),
    };

    private static FilterCondition ParseOperator(JsonProperty json) => json.Name switch
    {
        "prefix" => new Prefix(json.Value.GetString()!),
        "exists" => new Exists(json.Value.GetBoolean()),
        "anything-but" => new AnythingBut(ParseAnythingBut(json.Value)),
        "numeric" => InRange.Parse([.. json.Value.EnumerateArray()]),
        _ => throw SnsError.InvalidParameter($"FilterPolicy: this local cloud does not imitate the match type {json.Name}"),
    };

    private static FilterCondition[] ParseAnythingBut(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(Parse)] : [Parse(json)];

    /// <summary>The values an attribute offers for matching: the elements of an array, or the value itself; Binary offers none.</summary>
    private static IReadOnlyList<string> ValuesOf(DeliveryAttribute? attribute)
    {
        if (attribute is null or { DataType: "Binary" })
        {
            return [];
        }

        if (attribute.DataType != "String.Array")
        {
            return [attribute.Value];
        }

        using JsonDocument array = ForeignJson.Document(attribute.Value);
        return [.. array.RootElement.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())];
    }

    private sealed record OneOf(string[] Allowed) : FilterCondition
    {
        public override bool Matches(DeliveryAttribute? attribute) => ValuesOf(attribute).Any(value => Allowed.Contains(value, StringComparer.Ordinal));
    }

    private sealed record Prefix(string Start) : FilterCondition
    {
        public override bool Matches(DeliveryAttribute? attribute) => ValuesOf(attribute).Any(value => value.StartsWith(Start, StringComparison.Ordinal));
    }

    private sealed record Exists(bool Wanted) : FilterCondition
    {
        public override bool Matches(DeliveryAttribute? attribute) => (attribute is not null) == Wanted;
    }

    private sealed record AnythingBut(FilterCondition[] Unwanted) : FilterCondition
    {
        public override bool Matches(DeliveryAttribute? attribute) => attribute is not null
            && ValuesOf(attribute).Any(value => !Array.Exists(Unwanted, c => c.Matches(attribute with { DataType = Scalar(attribute), Value = value })));

        private static string Scalar(DeliveryAttribute attribute) => attribute.DataType == "String.Array" ? "String" : attribute.DataType;
    }

    private sealed record InRange(decimal Low, decimal High, bool LowIncluded, bool HighIncluded) : FilterCondition
    {
        public static InRange Parse(JsonElement[] json)
        {
            if (json.Length is not (2 or 4))
            {
                throw SnsError.InvalidParameter("FilterPolicy: numeric takes one or two pairs of operator and number");
            }

            return json.Chunk(2).Aggregate(new InRange(decimal.MinValue, decimal.MaxValue, true, true), (range, pair) =>
            {
                decimal bound = pair[1].GetDecimal();
                return pair[0].GetString() switch
                {
                    "=" => new InRange(bound, bound, true, true),
                    ">" => range with { Low = bound, LowIncluded = false },
                    ">=" => range with { Low = bound },
                    "<" => range with { High = bound, HighIncluded = false },
                    "<=" => range with { High = bound },
                    var other => throw SnsError.InvalidParameter($"FilterPolicy: Unrecognized numeric range operator: {other}"),
                };
            });
        }

        public override bool Matches(DeliveryAttribute? attribute) => attribute is { DataType: "Number" or "String.Array" }
            && ValuesOf(attribute).Any(text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && Contains(value));

        private bool Contains(decimal value) =>
            (LowIncluded ? value >= Low : value > Low) && (HighIncluded ? value <= High : value < High);
    }
}
