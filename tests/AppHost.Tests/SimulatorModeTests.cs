using System.Text.Json;

namespace AppHost.Tests;

/// <summary><c>--lambda simulator</c>: every resource is healthy, the burst arrives, and each command of the dashboard does what it says.</summary>
public sealed class SimulatorModeTests(SimulatorModeTests.Running running) : IClassFixture<SimulatorModeTests.Running>, IAsyncLifetime
{
    /// <summary>No test relies on what another has left: nothing is on its way, nothing stored, the clock stands.</summary>
    public async ValueTask InitializeAsync()
    {
        await running.CommandAsync("set-speed", "factor", "1");
        await running.CommandAsync("freeze-clock");
        await running.CommandAsync("reset");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_guides_burst_is_one_message_for_the_agent()
    {
        await running.CommandAsync("send-burst", "customer", "Kike");
        await running.WhenStoredAsync(4);

        Assert.Equal(["Hello\nI need help\nwith my order\nP12345"], await running.FromCustomersOnceTheBufferEndsAsync());
    }

    [Fact]
    public async Task What_was_chosen_is_what_the_simulator_runs_with()
    {
        JsonElement status = await running.GetAsync("status");

        Assert.Equal((7, 1.0), (status.GetProperty("bufferSeconds").GetInt32(), status.GetProperty("speed").GetDouble()));
        Assert.Equal("7", await running.ParameterAsync("window"));
    }

    [Fact]
    public async Task A_scenario_is_played_and_judged()
    {
        await running.CommandAsync("set-speed", "factor", "10");
        await running.CommandAsync("go-on");

        ExecuteCommandResult played = await running.TryCommandAsync("run-scenario", "scenario", "rapid-burst");

        Assert.Contains("verdicts", played.Data?.Value ?? played.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_chats_are_ended_and_everything_forgotten()
    {
        await running.CommandAsync("send-burst", "customer", "Kike");
        await running.WhenStoredAsync(4);
        await running.FromCustomersOnceTheBufferEndsAsync();

        Assert.Equal(0, (await running.CommandAsync("end-chats", "customer", "Nobody")).GetProperty("ended").GetInt32());
        Assert.Equal(1, (await running.CommandAsync("end-chats", "customer", "")).GetProperty("ended").GetInt32());

        await running.CommandAsync("reset");

        Assert.Empty(await running.FromCustomersAsync());
    }

    [Fact]
    public async Task Dead_letters_are_redriven() => Assert.Equal(JsonValueKind.Object, (await running.CommandAsync("redrive")).ValueKind);

    [Fact]
    public async Task The_clock_is_stepped_made_faster_and_let_go_on()
    {
        JsonElement frozen = await running.CommandAsync("freeze-clock");
        JsonElement stepped = await running.CommandAsync("step-clock", "seconds", "30");
        JsonElement next = await running.CommandAsync("step-clock", "seconds", "");
        JsonElement faster = await running.CommandAsync("set-speed", "factor", "10");
        JsonElement going = await running.CommandAsync("go-on");

        Assert.True(frozen.GetProperty("frozen").GetBoolean());
        Assert.Equal(TimeSpan.FromSeconds(30), stepped.GetProperty("now").GetDateTimeOffset() - frozen.GetProperty("now").GetDateTimeOffset());
        Assert.True(next.GetProperty("now").GetDateTimeOffset() >= stepped.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(10, faster.GetProperty("speed").GetDouble());
        Assert.False(going.GetProperty("frozen").GetBoolean());
    }

    [Fact]
    public async Task What_the_simulator_refuses_is_a_failed_command_with_its_sentence()
    {
        ExecuteCommandResult refused = await running.TryCommandAsync("set-speed", "factor", "0");

        Assert.False(refused.Success);
        Assert.Contains("A speed of 0 cannot be", refused.Data!.Value, StringComparison.Ordinal);
    }

    public sealed class Running() : RunningAppHost(["simulator"], "--storage", "embedded", "--lambda", "simulator", "--window", "7");
}
