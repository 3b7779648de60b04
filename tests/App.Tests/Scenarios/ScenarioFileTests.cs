using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using WhatsAppBuffer.Simulator.App.Scenarios;
using LocalAws.Faults;

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
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A" } ] }""", "neither 'text', 'content' nor 'message'")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "type": "hologram", "text": "a" } ] }""", "needs 'content'")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "message": { "id": "wamid.mine" } } ] }""", "messages[0]: 'message' has an 'id'; give the 'id' beside it, so that the message can be found again.")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "type": "hologram", "text": "a", "message": {} } ] }""", "needs 'content'")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "message": { "a": 1, "a": 2 } } ] }""", "messages[0]: The message cannot be written as JSON")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "text": "a", "number": "123" } ] }""", "messages[0]: 'number' is 123; the business has 56227607895 and 56227607896.")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "text": "a" } ], "expect": { "transcripts": [ { "customer": "A", "number": "123", "messages": [] } ] } }""", "transcripts[0]: 'number' is 123; the business has 56227607895 and 56227607896.")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "text": "a" } ], "answers": { "perMessage": 11 } }""", "in 'answers', 'perMessage' is 11; it must be 0 to 10.")]
    [InlineData("""{ "name": "x", "description": "x", "messages": [ { "customer": "A", "text": "a" } ], "answers": { "longestPause": -1 } }""", "in 'answers', 'longestPause' is -1; it must be 0 to 3,600 seconds.")]
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
    [InlineData("{\n \"messages\": [\n { \"customer\": \"A\", \"txt\": \"a\" } ] }", "my.json is not a valid scenario: line 3: unknown member 'txt' in messages[0]; did you mean 'text'?")]
    [InlineData("{ \"wat\": 1 }", "line 1: unknown member 'wat'; there are name, description, release, window, speed,")]
    [InlineData("{ \"messages\": [ { \"at\": \"1\", \"customer\": \"A\", \"text\": \"a\" } ] }", "line 1: messages[0].at is the text \"1\"; it takes a number.")]
    [InlineData("{ \"window\": 1.5 }", "line 1: window is the number 1.5; it takes a whole number.")]
    [InlineData("{ \"start\": \"Window\" }", "line 1: start is the text \"Window\"; it takes window or now; did you mean 'window'?")]
    [InlineData("{ \"quotas\": 1 }", "line 1: quotas is the number 1; it takes none or aws.")]
    [InlineData("{ \"messages\": [\n { \"customer\": \"A\", \"message\": \"hi\" } ] }", "line 2: messages[0].message is the text \"hi\"; it takes an object.")]
    [InlineData("{ \"messages\": [ { \"customer\": \"A\", \"contact\": [] } ] }", "line 1: messages[0].contact is a list; it takes an object.")]
    [InlineData("{ \"messages\": null }", "line 1: messages is null; it takes a list.")]
    [InlineData("{ \"bursts\": [ { \"types\": { \"text\": \"often\" } } ] }", "line 1: bursts[0].types.text is the text \"often\"; it takes a number.")]
    [InlineData("{ \"faults\": { \"rules\": [ { \"effect\": \"latency\", \"latency\": { \"median\": 1 } } ] } }", "line 1: 'p99' is missing in faults.rules[0].latency.")]
    [InlineData("{ \"$schema\": \"scenario.schema.json\", \"description\": \"x\" }", "line 1: 'name' is missing.")]
    [InlineData("[]", "line 1: it is a list; it takes an object.")]
    [InlineData("{\n  \"name\": }", "line 2, column 11: this is not JSON (")]
    [InlineData("{ \"name\": \"x\", \"description\": \"x\" } {}", "this is not JSON (")]
    [InlineData("", "this is not JSON (")]
    public void A_mistake_is_told_in_the_files_own_words_with_its_line(string json, string part) =>
        Assert.Contains(part, Assert.Throws<ScenarioException>(() => ScenarioFile.Parse(json, "my.json")).Message, StringComparison.Ordinal);

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
