using System.Text.Json.Nodes;

namespace Infra.Tests.Synthesis;

/// <summary>A resource of a template.</summary>
/// <param name="Id">Its logical id without the CDK's hash, such as <c>RawMessagesTable</c>.</param>
/// <param name="Type">Its CloudFormation type.</param>
/// <param name="Json">The whole resource, references written as <c>${RawMessagesTable.Arn}</c>.</param>
internal sealed record Resource(string Id, string Type, JsonObject Json)
{
    public JsonObject Properties => Json[nameof(Properties)] as JsonObject ?? [];
}

/// <summary>A synthesized template in a form that can be read: references and joins are written out as <c>${Id}</c> and <c>${Id.Attribute}</c>.</summary>
internal sealed class Template
{
    public Template(string json)
    {
        Raw = JsonNode.Parse(json)!.AsObject();
        Readable = Intrinsics.WriteOut(Raw)!.AsObject();
        Resources = [.. Readable[nameof(Resources)]!.AsObject().Select(pair =>
            new Resource(Intrinsics.Short(pair.Key), pair.Value!["Type"]!.GetValue<string>(), pair.Value.AsObject()))];
    }

    /// <summary>As CloudFormation gets it.</summary>
    public JsonObject Raw { get; }

    /// <summary>With references written out.</summary>
    public JsonObject Readable { get; }

    public IReadOnlyList<Resource> Resources { get; }

    public IEnumerable<Resource> OfType(string type) => Resources.Where(resource => resource.Type == type);

    public Resource this[string id] => Resources.Single(resource => resource.Id == id);

    /// <summary>Asserts that a resource has (at least) these properties. Lists must match in full.</summary>
    public void ShouldHave(string id, string properties) => ShouldContain(id, this[id].Properties, properties);

    /// <summary>Asserts that a resource itself (deletion policy, dependencies …) has (at least) these members.</summary>
    public void ShouldBe(string id, string members) => ShouldContain(id, this[id].Json, members);

    /// <summary>All text of the template that people or AWS read as names, for tests on what must not occur.</summary>
    public string Text => Readable.ToJsonString(JsonText.Plain);

    private static void ShouldContain(string id, JsonObject actual, string expected)
    {
        if (JsonText.FirstDifference(actual, JsonNode.Parse(expected), "") is { } difference)
        {
            Assert.Fail($"{id}: {difference}\n{actual.ToJsonString(JsonText.Indented)}");
        }
    }
}
