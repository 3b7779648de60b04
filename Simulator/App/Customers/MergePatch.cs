using System.Text.Json.Nodes;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>JSON Merge Patch (RFC 7396): objects are merged member by member, null removes a member, anything else replaces what was there.</summary>
internal static class MergePatch
{
    public static void Apply(JsonObject target, JsonObject? patch)
    {
        foreach ((string name, JsonNode? value) in patch ?? [])
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                if (target[name] is not JsonObject outer)
                {
                    target[name] = outer = [];
                }

                Apply(outer, inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
