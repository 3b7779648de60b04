using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Storage;

namespace EndToEnd.Tests;

/// <summary>The clock's commands over the control API, with real function processes, which live in real time.</summary>
public sealed class ClockTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = simulator.Uri };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task On_a_frozen_clock_a_burst_waits_in_the_buffer_until_a_step_goes_past_its_end()
    {
        JsonElement frozen = await ClockAsync("freeze");
        DateTimeOffset at = frozen.GetProperty("now").GetDateTimeOffset();
        CustomerMessage sent = await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Frozen", Text = "still here" }, CancellationToken.None);
        await WhenAsync(sent.Id, times => times.StoredAt is not null);

        JsonElement early = await ClockAsync("step?seconds=4");
        Assert.Equal(at.AddSeconds(4), early.GetProperty("now").GetDateTimeOffset());
        Assert.Null((await TimesAsync(sent.Id)).HandedOverAt);

        JsonElement late = await ClockAsync("step?seconds=2");
        await simulator.WhenChatAsync("Frozen", chat => chat.Transcript.Any(item => item.Content == "still here"));

        Assert.True(late.GetProperty("fired").GetInt32() > 0);
        Assert.Equal(at.AddSeconds(6), (await ClockAsync("freeze")).GetProperty("now").GetDateTimeOffset());
        MessageTimes times = await WhenAsync(sent.Id, times => times.HandedOverAt is not null);
        Assert.InRange(times.HandedOverAt!.Value, at.AddSeconds(5), at.AddSeconds(6));
        await ClockAsync("go-on");
    }

    [Fact]
    public async Task A_reset_lets_the_clock_run_on_at_the_speed_it_began_with()
    {
        await ClockAsync("speed?factor=200");
        await ClockAsync("freeze");

        (await _http.PostAsync(new Uri("/_wab/reset", UriKind.Relative), null)).EnsureSuccessStatusCode();

        Assert.Equal((2, false), await SpeedAsync());
    }

    [Fact]
    public async Task A_step_without_a_span_goes_to_the_next_timer()
    {
        await ClockAsync("freeze");
        // Timers that were due when the clock stopped come first.
        DateTimeOffset frozen = (await ClockAsync("step?seconds=0.001")).GetProperty("now").GetDateTimeOffset();

        JsonElement stepped = await ClockAsync("step");

        // The stream is polled every 250 ms; which of its timers is next, what was under way when the clock stopped may still change.
        Assert.InRange(stepped.GetProperty("now").GetDateTimeOffset() - frozen, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(251));
        Assert.InRange(stepped.GetProperty("fired").GetInt32(), 1, int.MaxValue);
        await ClockAsync("go-on");
    }

    [Fact]
    public async Task The_speed_is_changed_while_the_clock_runs_and_the_status_tells()
    {
        await ClockAsync("speed?factor=200");
        Assert.Equal((200, false), await SpeedAsync());

        await ClockAsync("freeze");
        await ClockAsync("speed?factor=2");
        Assert.Equal((2, true), await SpeedAsync());

        await ClockAsync("go-on");
        Assert.Equal((2, false), await SpeedAsync());
    }

    [Theory]
    [InlineData("step?seconds=-1", "86,400")]
    [InlineData("step?seconds=1e300", "86,400")]
    [InlineData("step?seconds=NaN", "86,400")]
    [InlineData("speed?factor=0", "0.001")]
    public async Task What_cannot_be_is_refused_with_what_can(string command, string hint)
    {
        using HttpResponseMessage answer = await _http.PostAsync(new Uri($"_wab/clock/{command}", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(hint, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_is_refused_while_the_clock_stands_still()
    {
        await ClockAsync("freeze");

        using HttpResponseMessage answer = await _http.PostAsync(new Uri("_wab/scenarios/rapid-burst", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("go-on", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ClockAsync("go-on");
    }

    [Fact]
    public async Task With_tables_that_live_elsewhere_the_clock_stays_the_real_one()
    {
        var storage = new StorageOptions { Home = StorageOptions.LocalStack, Endpoint = simulator.Uri, Prefix = "elsewhere-" };
        await using SimulatorHost other = await SimulatorHost.StartAsync(new SimulatorOptions { Port = 0, Storage = storage }, TimeProvider.System, CancellationToken.None);

        using HttpResponseMessage answer = await _http.PostAsync(new Uri(other.Uri, "_wab/clock/freeze"), null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("--storage localstack", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(other.Simulation.Clock.Read().IsFrozen);
    }

    [Fact]
    public async Task The_commands_are_described()
    {
        JsonElement paths = (await _http.GetFromJsonAsync<JsonElement>("_wab/openapi.json")).GetProperty("paths");

        Assert.All(
            ["", "/freeze", "/go-on", "/step", "/speed"],
            command => Assert.True(paths.TryGetProperty($"/_wab/clock{command}", out _), $"{command} is missing."));
    }

    private async Task<JsonElement> ClockAsync(string command)
    {
        using HttpResponseMessage answer = await _http.PostAsync(new Uri($"_wab/clock/{command}", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<(double Speed, bool Frozen)> SpeedAsync()
    {
        StatusView status = await simulator.Control.GetStatusAsync(CancellationToken.None);
        return (status.Speed, status.Frozen);
    }

    private async Task<MessageTimes> TimesAsync(string id) => (await simulator.Control.GetTimesAsync(CancellationToken.None)).First(times => times.Id == id);

    private Task<MessageTimes> WhenAsync(string id, Predicate<MessageTimes> holds) => RunningSimulator.WhenAsync(() => TimesAsync(id), holds);
}
