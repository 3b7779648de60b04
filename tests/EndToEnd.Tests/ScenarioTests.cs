namespace EndToEnd.Tests;

/// <summary>Scenarios as users play them: the simulator's program, its function processes, its exit code.</summary>
public class ScenarioTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_guides_burst_reaches_the_agent_as_one_message()
    {
        using var simulator = SimulatorProgram.Start("scenario", "rapid-burst", "--rights");

        int exitCode = await simulator.WhenExitedAsync(Patience);

        Assert.True(exitCode == 0, simulator.Output);
        Rights.ShouldBeAllowedAndNeeded(Rights.In(simulator.Output), "rapid-burst");
        Assert.Contains("batch handed", simulator.Output, StringComparison.Ordinal);
        Assert.Contains("P12345", simulator.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent-replies")]
    [InlineData("agent-files")]
    [InlineData("quiet")]
    [InlineData("all-types")]
    [InlineData("media-album")]
    [InlineData("cost-example")]
    [InlineData("duplicates")]
    [InlineData("ended-chat")]
    [InlineData("long-text")]
    [InlineData("who-and-where")]
    [InlineData("outside-the-window")]
    [InlineData("two-numbers")]
    [InlineData("voice-note")]
    [InlineData("template-first")]
    public async Task The_scenario_holds(string name)
    {
        using var simulator = SimulatorProgram.Start("scenario", name, "--rights");

        int exitCode = await simulator.WhenExitedAsync(Patience);

        Assert.True(exitCode == 0, simulator.Output);
        Rights.ShouldBeAllowedAndNeeded(Rights.In(simulator.Output), name);
    }

    [Fact]
    public async Task Without_queues_the_guides_burst_holds_too()
    {
        using var simulator = SimulatorProgram.Start("scenario", "rapid-burst", "--wiring", "guide", "--rights");

        int exitCode = await simulator.WhenExitedAsync(Patience);

        Assert.True(exitCode == 0, simulator.Output);
        Rights.ShouldBeAllowedAndNeeded(Rights.In(simulator.Output), "rapid-burst without queues");
    }

    [Fact]
    public async Task A_scenario_that_does_not_hold_exits_with_1_and_says_what_did_not()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "two.json");
        await File.WriteAllTextAsync(file, """
            { "name": "two", "description": "expects too much", "window": 1, "speed": 1,
              "messages": [ { "customer": "Kike", "text": "one message only" } ], "expect": { "agentMessages": 2 } }
            """);
        using var simulator = SimulatorProgram.Start("scenario", file);

        int exitCode = await simulator.WhenExitedAsync(Patience);

        Assert.True(exitCode == 1, simulator.Output);
        Assert.Contains("2 messages on the agent's screen (there were 1)", simulator.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_scenario_exits_with_2_and_lists_the_known_ones()
    {
        using var simulator = SimulatorProgram.Start("scenario", "rapid-brust");

        Assert.Equal(2, await simulator.WhenExitedAsync(Patience));
        Assert.Contains("rapid-burst", simulator.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--window", "301")]
    [InlineData("--window", "0")]
    [InlineData("--speed", "0")]
    [InlineData("--speed", "fast")]
    public async Task An_option_out_of_range_is_refused_by_name(string option, string value)
    {
        using var simulator = SimulatorProgram.Start("scenario", "rapid-burst", option, value);

        Assert.NotEqual(0, await simulator.WhenExitedAsync(Patience));
        Assert.Contains(option, simulator.Output, StringComparison.Ordinal);
    }
}
