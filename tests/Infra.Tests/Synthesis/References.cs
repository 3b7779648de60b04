using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Tests.Synthesis;

/// <summary>What parts of a template refer to, by logical id.</summary>
internal static partial class References
{
    /// <summary>Every logical id that a node names: by Ref, Fn::GetAtt, Fn::Sub or DependsOn.</summary>
    public static IEnumerable<string> In(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => (member.Key, member.Value) switch
        {
            ("Ref", JsonValue id) => [id.GetValue<string>()],
            ("Fn::GetAtt", JsonArray path) => [path[0]!.GetValue<string>()],
            ("Fn::Sub", JsonValue text) => Placeholder().Matches(text.GetValue<string>()).Select(match => match.Groups["id"].Value),
            ("DependsOn", JsonArray ids) => ids.Select(id => id!.GetValue<string>()),
            ("DependsOn", JsonValue id) => [id.GetValue<string>()],
            _ => In(member.Value),
        }),
        JsonArray items => items.SelectMany(In),
        _ => [],
    };

    /// <summary>A way from a resource back to itself, or null.</summary>
    public static string? FindCycle(JsonObject resources)
    {
        Dictionary<string, string[]> edges = resources.ToDictionary(
            resource => resource.Key, resource => In(resource.Value).Where(resources.ContainsKey).Distinct().ToArray());
        var done = new HashSet<string>();
        return edges.Keys.Select(id => Walk(id, [])).FirstOrDefault(cycle => cycle is not null);

        string? Walk(string id, List<string> path)
        {
            if (path.Contains(id))
            {
                return string.Join(" → ", [.. path.SkipWhile(step => step != id), id]);
            }

            if (done.Contains(id))
            {
                return null;
            }

            string? cycle = edges[id].Select(next => Walk(next, [.. path, id])).FirstOrDefault(found => found is not null);
            done.Add(id);
            return cycle;
        }
    }

    [GeneratedRegex(@"\$\{(?<id>[A-Za-z0-9:]+)(\.[A-Za-z0-9.]+)?\}")]
    private static partial Regex Placeholder();
}
