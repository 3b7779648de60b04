using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.Faults;

namespace App.Tests.Scenarios;

public class ScenarioFileTests
{
    public static TheoryData<string> Shipped => [.. ScenarioFile.Names];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_scenario_is_valid_and_named_like_its_file(string name) =>
        Assert.Equal(name, ScenarioFile.Read(name).Name);

    [Fact]
    public void The_guides_example_is_among_them()
    {
        Assert.Contains("rapid-burst", ScenarioFile.Names);
        Assert.Contains("cost-example", ScenarioFile.Names);
    }

    [Fact]
    public void A_name_that_is_no_scenario_lists_those_that_are()
    {
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Read("rapid-brust"));
        Assert.Contains("rapid-brust", error.Message, StringComparison.Ordinal);
        Assert.Contains("rapid-burst", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "name": "x", "description": "x" }""", "it sends nothing")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "text": "a" } ], "window": 0 }""", "'window' must be 1 to 300")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "text": "a" } ], "sped": 3 }""", "sped")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A" } ] }""", "neither 'text' nor 'content'")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "type": "hologram", "text": "a" } ] }""", "needs 'content'")]
    [InlineData("""{ "name": "x", "description": "x", "bursts": [ { "duplicates": 2 } ] }""", "shares from 0 to 1")]
    [InlineData("""{ "name": "x", "description": "x", "bursts": [ { "types": { "fax": 1 } } ] }""", "fax")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "text": "a" } ], "agent": [ { "customer": "A", "action": "wave" } ] }""", "wave")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "text": "a" } ], "faults": { "rules": [ { "effect": "kill" } ] } }""", "'kill' strikes functions")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "text": "a" } ], "faults": { "rules": [ { "effect": "explode" } ] } }""", "rules[0].effect")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "text": "a" } ], "quotas": "some" }""", "quotas")]
    [InlineData("""{ "description": "x" }""", "name")]
    [InlineData("{", "not a valid scenario")]
    public void What_is_wrong_with_a_file_is_said_by_name(string json, string part)
    {
        var error = Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(json, "my.json"));
        Assert.Contains("my.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", typeof(Scenario))]
    [InlineData("message", typeof(ScriptedMessage))]
    [InlineData("burst", typeof(BurstSpec))]
    [InlineData("agentAction", typeof(AgentAction))]
    [InlineData("faults", typeof(FaultPlan))]
    [InlineData("fault", typeof(FaultRule))]
    [InlineData("expect", typeof(Expectations))]
    public void The_schema_names_exactly_the_members_that_scenarios_have(string definition, Type type)
    {
        JsonNode schema = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "scenarios", "scenario.schema.json")))!;
        JsonObject properties = (definition.Length == 0 ? schema : schema["$defs"]![definition]!)["properties"]!.AsObject();

        JsonTypeInfo members = ScenarioJsonContext.Default.GetTypeInfo(type)!;

        Assert.Equal(
            members.Properties.Select(p => p.Name).Order(StringComparer.Ordinal),
            properties.Select(p => p.Key).Where(name => name != "$schema").Order(StringComparer.Ordinal));
    }
}
