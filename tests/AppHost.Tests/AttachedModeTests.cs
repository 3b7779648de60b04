using System.Text.Json;

namespace AppHost.Tests;

/// <summary><c>--lambda attached</c>, the default: every resource is healthy, the burst arrives, and each command of the dashboard does what it says.</summary>
public sealed class AttachedModeTests(AttachedModeTests.Running running) : IClassFixture<AttachedModeTests.Running>, IAsyncLifetime
{
    /// <summary>No test relies on what another has left: nothing is stored, and the clock stands. What is on its way has a customer of its own.</summary>
    public async ValueTask InitializeAsync()
    {
        await running.CommandAsync("reset");
        await running.CommandAsync("set-speed", "factor", "1");
        await running.CommandAsync("freeze-clock");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_guides_burst_is_one_message_for_the_agent()
    {
        await running.WriteBurstAsync("Kike");

        Assert.Equal(["Hello\nI need help\nwith my order\nP12345"], await running.SeenOnceTheBufferEndsAsync("Kike"));
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

        ExecuteCommandResult played = await running.TryCommandAsync("run-scenario", ("scenario", "rapid-burst"));

        Assert.Contains("verdicts", played.Data?.Value ?? played.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_chats_are_ended_and_everything_forgotten()
    {
        await running.WriteBurstAsync("Ana");
        await running.SeenOnceTheBufferEndsAsync("Ana");

        Assert.Equal(0, (await running.CommandAsync("end-chats", "customer", "Nobody")).GetProperty("ended").GetInt32());
        Assert.Equal(1, (await running.CommandAsync("end-chats", "customer", "Ana")).GetProperty("ended").GetInt32());

        await running.CommandAsync("reset");

        Assert.Empty(await running.SeenAsync("Ana"));
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
        ExecuteCommandResult refused = await running.TryCommandAsync("set-speed", ("factor", "0"));

        Assert.False(refused.Success);
        Assert.Contains("A speed of 0 cannot be", refused.Data!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_a_function_is_listed_and_sent_again_under_another_request_id()
    {
        await running.WriteBurstAsync("Bea");
        JsonElement before = (await running.CommandAsync("list-events", "function", "on_raw_messages"))[0];

        JsonElement answer = await running.CommandAsync("resend", ("function", "on_raw_messages"), ("event", before.GetProperty("id").GetString()!));

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("functionError").ValueKind);
        JsonElement after = (await running.CommandAsync("list-events", "function", "on_raw_messages"))[0];
        Assert.Equal(answer.GetProperty("requestId").GetString(), after.GetProperty("id").GetString());
        Assert.Equal(before.GetProperty("payload").GetRawText(), after.GetProperty("payload").GetRawText());
    }

    [Fact]
    public async Task A_function_without_an_event_has_none_to_send_again()
    {
        ExecuteCommandResult refused = await running.TryCommandAsync("resend", ("function", "on_raw_messages"), ("event", ""));

        Assert.False(refused.Success);
        Assert.Contains("no event yet", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_function_gets_its_work_when_it_is_started_again()
    {
        await running.OfFunctionAsync("message-aggregator", "stop");
        await running.WriteBurstAsync("Carlos");
        await running.CommandAsync("step-clock", "seconds", "10");
        Assert.Empty(await running.SeenAsync("Carlos"));

        await running.OfFunctionAsync("message-aggregator", "start");

        Assert.Equal(["Hello\nI need help\nwith my order\nP12345"], await running.SeenOnceTheBufferEndsAsync("Carlos"));
        await running.WhenHealthyAsync("message-aggregator");
    }

    public sealed class Running() : RunningAppHost(["simulator", "on-raw-messages", "message-aggregator", "whatsapp-event-handler", "connect-event-handler", "send-whatsapp-message"], "--storage", "embedded", "--window", "7");
}
