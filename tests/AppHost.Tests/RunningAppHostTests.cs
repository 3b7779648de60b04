using System.Text.Json;

namespace AppHost.Tests;

/// <summary>The composition under Aspire's real orchestrator, without containers: that works wherever this is built.</summary>
public class RunningAppHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    [Theory]
    [InlineData("emulator", "simulator", "LambdaServiceEmulator", "on-raw-messages", "message-aggregator", "whatsapp-event-handler")]
    [InlineData("simulator", "simulator")]
    public async Task Everything_gets_healthy_and_the_guides_burst_arrives(string lambda, params string[] resources)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await using DistributedApplication app = await StartAsync(patience.Token, "--storage", "embedded", "--lambda", lambda, "--window", "5");
        foreach (string resource in resources)
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, patience.Token);
        }

        ExecuteCommandResult sent = await app.ResourceCommands.ExecuteCommandAsync("simulator", "send-burst", Arguments("customer", "Kike"), patience.Token);

        Assert.True(sent.Success, sent.Message);
        using HttpClient http = app.CreateHttpClient("simulator", "http");
        // Two messages when the end of a window fell into the burst.
        string[] messages = await WhenAsync(() => FromCustomerAsync(http, patience.Token), seen => seen.Any(message => message.EndsWith("P12345", StringComparison.Ordinal)), patience.Token);
        Assert.Equal("Hello\nI need help\nwith my order\nP12345", string.Join('\n', messages));
    }

    [Fact]
    public async Task A_scenario_is_played_and_judged_the_chat_ended_and_everything_forgotten_by_commands()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await using DistributedApplication app = await StartAsync(patience.Token, "--storage", "embedded", "--lambda", "simulator", "--window", "2");
        await app.ResourceNotifications.WaitForResourceHealthyAsync("simulator", patience.Token);

        ExecuteCommandResult played = await app.ResourceCommands.ExecuteCommandAsync("simulator", "run-scenario", Arguments("scenario", "rapid-burst"), patience.Token);
        ExecuteCommandResult ended = await app.ResourceCommands.ExecuteCommandAsync("simulator", "end-chats", Arguments("customer", ""), patience.Token);
        ExecuteCommandResult reset = await app.ResourceCommands.ExecuteCommandAsync("simulator", "reset", patience.Token);

        Assert.Contains("verdicts", played.Data?.Value ?? played.Message, StringComparison.Ordinal);
        Assert.Contains("1", ended.Data?.Value ?? ended.Message, StringComparison.Ordinal);
        Assert.True(reset.Success, reset.Message);
        using HttpClient http = app.CreateHttpClient("simulator", "http");
        Assert.Empty(await FromCustomerAsync(http, patience.Token));
    }

    [Fact]
    public async Task The_clock_is_frozen_stepped_made_faster_and_let_go_on_by_commands()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await using DistributedApplication app = await StartAsync(patience.Token, "--storage", "embedded", "--lambda", "simulator");
        await app.ResourceNotifications.WaitForResourceHealthyAsync("simulator", patience.Token);

        JsonElement frozen = await ClockAsync(app, "freeze-clock", null, patience.Token);
        JsonElement stepped = await ClockAsync(app, "step-clock", Arguments("seconds", "30"), patience.Token);
        JsonElement next = await ClockAsync(app, "step-clock", Arguments("seconds", ""), patience.Token);
        JsonElement faster = await ClockAsync(app, "set-speed", Arguments("factor", "10"), patience.Token);
        JsonElement running = await ClockAsync(app, "go-on", null, patience.Token);

        Assert.True(frozen.GetProperty("frozen").GetBoolean());
        Assert.Equal(TimeSpan.FromSeconds(30), stepped.GetProperty("now").GetDateTimeOffset() - frozen.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(stepped.GetProperty("nextTimer").GetDateTimeOffset(), next.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(10, faster.GetProperty("speed").GetDouble());
        Assert.False(running.GetProperty("frozen").GetBoolean());
    }

    private static async Task<JsonElement> ClockAsync(DistributedApplication app, string command, InteractionInputCollection? arguments, CancellationToken cancellationToken)
    {
        ExecuteCommandResult result = arguments is null
            ? await app.ResourceCommands.ExecuteCommandAsync("simulator", command, cancellationToken)
            : await app.ResourceCommands.ExecuteCommandAsync("simulator", command, arguments, cancellationToken);
        Assert.True(result.Success, result.Message);
        using JsonDocument answer = JsonDocument.Parse(result.Data!.Value);
        return answer.RootElement.Clone();
    }

    private static async Task<DistributedApplication> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(arguments, cancellationToken);
        DistributedApplication app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static InteractionInputCollection Arguments(string name, string value) =>
        new([new InteractionInput { Name = name, InputType = InputType.Text, Value = value }]);

    /// <summary>What the agent sees of the customer, over all chats.</summary>
    private static async Task<string[]> FromCustomerAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using JsonDocument chats = JsonDocument.Parse(await http.GetStringAsync(new Uri("/_wab/chats", UriKind.Relative), cancellationToken));
        return
        [
            .. chats.RootElement.EnumerateArray()
                .SelectMany(chat => chat.GetProperty("transcript").EnumerateArray())
                .Where(item => item.GetProperty("role").GetString() == "CUSTOMER" && item.GetProperty("contentType").GetString() == "text/plain")
                .Select(item => item.GetProperty("content").GetString()!),
        ];
    }

    private static async Task<T> WhenAsync<T>(Func<Task<T>> look, Predicate<T> holds, CancellationToken cancellationToken)
    {
        while (true)
        {
            T seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        }
    }
}
