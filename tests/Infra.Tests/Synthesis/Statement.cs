using System.Text.Json.Nodes;

namespace Infra.Tests.Synthesis;

/// <summary>A statement of a policy document.</summary>
/// <param name="Owner">The resource it stands in.</param>
/// <param name="Json">The statement.</param>
internal sealed record Statement(string Owner, JsonObject Json)
{
    public bool Allows => Json["Effect"]!.GetValue<string>() == "Allow";

    /// <summary>Each action with each resource, as <c>action on resource</c>; a trust policy names no resource.</summary>
    public IEnumerable<string> Grants =>
        from action in Texts(Json["Action"])
        from resource in Json.ContainsKey("Resource") ? Texts(Json["Resource"]) : ["this role"]
        select $"{action} on {resource}";

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray items => items.Select(item => item!.GetValue<string>()),
        _ => [node!.GetValue<string>()],
    };
}

/// <summary>Finds policy documents.</summary>
internal static class Policies
{
    /// <summary>Every statement of every policy document, found by its shape so that none can hide.</summary>
    public static IEnumerable<Statement> Statements(this Template template) =>
        template.Resources.SelectMany(resource => Below(resource.Json).Select(json => new Statement(resource.Id, json)));

    private static IEnumerable<JsonObject> Below(JsonNode? node) => node switch
    {
        JsonObject statement when statement.ContainsKey("Effect") => [statement],
        JsonObject members => members.SelectMany(member => Below(member.Value)),
        JsonArray items => items.SelectMany(Below),
        _ => [],
    };
}
