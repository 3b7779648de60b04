using FsCheck.Xunit;
using WhatsAppBuffer.Simulator.App.Scenarios;

namespace App.Tests.Scenarios;

public class ScenarioScriptTests
{
    private static Scenario With(BurstSpec burst) => new() { Name = "test", Description = "test", Bursts = [burst] };

    [Fact]
    public void The_cost_example_is_1000_messages_of_250_customers_within_one_window()
    {
        var script = ScenarioScript.Write(ScenarioFile.Read("cost-example"));

        Assert.Equal(1000, script.Count);
        Assert.All(script.GroupBy(line => line.Request.Customer), customer => Assert.Equal(4, customer.Count()));
        Assert.Equal(250, script.Select(line => line.Request.Customer).Distinct().Count());
        Assert.InRange(script[^1].At, 0, 19);
    }

    [Theory]
    [InlineData("""{ "customer": "Ana", "text": "hi" }""", "hi", true, null)]
    [InlineData("""{ "customer": "Ana", "text": "hi", "contact": null }""", "hi", true, null)]
    [InlineData("""{ "customer": "Ana", "text": "hi", "message": { "from": null, "timestamp": "1500000000" } }""", "hi", true, 1_500_000_000L)]
    [InlineData("""{ "customer": "Ana", "text": "hi", "message": { "group_id": "G" } }""", "hi", true, null)]
    [InlineData("""{ "customer": "Ana", "text": "hi", "contact": { "profile": { "name": "Bo" } } }""", "hi", true, null)]
    [InlineData("""{ "customer": "Ana", "text": "hi", "contact": { "profile": { "name": "Bo" } }, "message": { "group_id": "G" } }""", "hi", false, null)]
    [InlineData("""{ "customer": "Ana", "text": "hi", "contact": null, "message": { "group_id": "G" } }""", "hi", false, null)]
    [InlineData("""{ "customer": "Ana", "text": "hi", "repeat": 2, "context": { "forwarded": true } }""", "hihi", false, null)]
    [InlineData("""{ "customer": "Ana", "content": { "body": "ho" } }""", "ho", true, null)]
    [InlineData("""{ "customer": "Ana", "type": "system", "message": { "system": { "type": "user_changed_number" } } }""", null, false, null)]
    public void What_must_be_seen_of_a_message_is_the_text_that_it_comes_to(string message, string? expected, bool isPlain, long? timestamp)
    {
        ScriptLine line = Assert.Single(ScenarioScript.Write(ScenarioFile.Parse($$"""{ "name": "x", "description": "x", "messages": [ {{message}} ] }""", "my.json")));

        Assert.Equal((expected, isPlain, timestamp), (line.ExpectedText, line.IsPlain, line.Timestamp));
    }

    [Property(MaxTest = 50)]
    public void The_same_scenario_gives_the_same_script_but_for_ids(int seed)
    {
        var scenario = With(new BurstSpec { Customers = 5, MessagesPerCustomer = 5, Spread = 10, Duplicates = 0.3, Disorder = 0.3, Seed = seed });

        Assert.Equal(
            ScenarioScript.Write(scenario).Select(line => (line.At, line.WrittenAt, line.Request.Customer, line.ExpectedText, line.Request.Copies)),
            ScenarioScript.Write(scenario).Select(line => (line.At, line.WrittenAt, line.Request.Customer, line.ExpectedText, line.Request.Copies)));
    }

    [Property(MaxTest = 50)]
    public void Late_arrivals_can_always_be_put_right_by_WhatsApps_timestamps(int seed)
    {
        var scenario = With(new BurstSpec { Customers = 3, MessagesPerCustomer = 8, MinimumGap = 0.4, MaximumGap = 3, Disorder = 0.5, Seed = seed });

        foreach (var customer in ScenarioScript.Write(scenario).GroupBy(line => line.Request.Customer))
        {
            var written = customer.OrderBy(line => line.WrittenAt).Select(line => line.ExpectedText);
            var byTimestampThenArrival = customer.OrderBy(line => Math.Floor(line.WrittenAt)).ThenBy(line => line.At).Select(line => line.ExpectedText);
            Assert.Equal(written, byTimestampThenArrival);
        }
    }

    [Fact]
    public void Disorder_moves_arrivals_but_not_the_moment_of_writing()
    {
        var script = ScenarioScript.Write(With(new BurstSpec { MessagesPerCustomer = 10, MinimumGap = 1.1, MaximumGap = 2, Disorder = 1 }));

        Assert.Contains(script, line => line.At > line.WrittenAt);
        Assert.NotEqual(script.Select(line => line.ExpectedText), script.OrderBy(line => line.WrittenAt).Select(line => line.ExpectedText));
    }

    [Fact]
    public void A_share_of_messages_is_delivered_twice()
    {
        var script = ScenarioScript.Write(With(new BurstSpec { Customers = 100, MessagesPerCustomer = 10, Duplicates = 0.25 }));

        Assert.InRange(script.Count(line => line.Request.Copies == 2), 200, 300);
    }
}
