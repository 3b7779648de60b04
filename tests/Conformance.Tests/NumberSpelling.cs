using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WhatsAppBuffer.Conformance;

/// <summary>Numbers of DynamoDB's JSON in one spelling: digits without zeros at either end, and an exponent.</summary>
internal static partial class NumberSpelling
{
    public static JsonNode Usual(JsonNode node) => node switch
    {
        JsonObject { Count: 1 } number when number.First() is { Key: "N", Value: JsonValue value } => new JsonObject { ["N"] = Usual(value.GetValue<string>()) },
        JsonObject { Count: 1 } set when set.First() is { Key: "NS", Value: JsonArray members } =>
            new JsonObject { ["NS"] = new JsonArray([.. members.Select(m => (JsonNode)Usual(m!.GetValue<string>()))]) },
        JsonObject all => new JsonObject(all.Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Usual(m.Value)))),
        JsonArray all => new JsonArray([.. all.Select(m => m is null ? null : Usual(m))]),
        _ => node.DeepClone(),
    };

    private static string Usual(string number)
    {
        Match match = Parts().Match(number);
        string fraction = match.Groups["fraction"].Value;
        var digits = BigInteger.Parse(match.Groups["sign"].Value + match.Groups["whole"].Value + fraction + (match.Groups["whole"].Length + fraction.Length == 0 ? "0" : ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int exponent = (match.Groups["exponent"] is { Length: > 0 } e ? int.Parse(e.Value, CultureInfo.InvariantCulture) : 0) - fraction.Length;
        for (; !digits.IsZero && digits % 10 == 0; digits /= 10)
        {
            exponent++;
        }

        return digits.IsZero || exponent == 0 ? digits.ToString(CultureInfo.InvariantCulture) : $"{digits}e{exponent}";
    }

    [GeneratedRegex(@"^(?<sign>[+-]?)(?<whole>\d*)\.?(?<fraction>\d*)([eE](?<exponent>[+-]?\d+))?$")]
    private static partial Regex Parts();
}
