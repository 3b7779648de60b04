using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

/// <summary>The customer ends a burst, however fast the simulator's clock is: time is that of events, and not of processes.</summary>
public class QuietTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task A_burst_is_one_message_at_any_speed(double speed)
    {
        await using SimulatorHost host = await StartAsync(speed);
        using var http = new HttpClient { BaseAddress = host.Uri };
        var control = new ControlClient(http);

        // A fast clock must not go on while a slow machine sends.
        host.Simulation.Clock.Freeze();
        foreach (string text in new[] { "Hello", "I need help", "with my order" })
        {
            await control.SendAsync(new SendMessageRequest { Customer = "Kike", Text = text }, TestContext.Current.CancellationToken);
        }

        await RunningSimulator.WhenAsync(() => control.GetTimesAsync(TestContext.Current.CancellationToken), times => times.Count(message => message.StoredAt is not null) == 3);
        host.Simulation.Clock.GoOn();

        Assert.Equal(["Hello\nI need help\nwith my order"], await SeenAsync(control, 1));
    }

    [Fact]
    public async Task Stepped_by_hand_it_goes_when_the_customer_has_been_quiet_and_not_before()
    {
        await using SimulatorHost host = await StartAsync(speed: 1);
        using var http = new HttpClient { BaseAddress = host.Uri };
        var control = new ControlClient(http);
        host.Simulation.Clock.Freeze();
        await WriteAsync("Hello", 1);
        await WriteAsync("I need help", 2);
        host.Simulation.Clock.Step(TimeSpan.FromSeconds(2));
        Assert.Empty(await SeenAsync(control, 0));

        await RunningSimulator.WhenAsync(
            async () =>
            {
                host.Simulation.Clock.Step(TimeSpan.FromSeconds(1));
                return await SeenAsync(control, 0);
            },
            seen => seen.Count > 0);

        Assert.Equal(["Hello\nI need help"], await SeenAsync(control, 1));

        // The clock goes on only until the message waits in the outbox: a slow machine must not make the customer look quiet.
        async Task WriteAsync(string text, int messages)
        {
            await control.SendAsync(new SendMessageRequest { Customer = "Kike", Text = text }, TestContext.Current.CancellationToken);
            await RunningSimulator.WhenAsync(() => control.GetTimesAsync(TestContext.Current.CancellationToken), times => times.Count(message => message.StoredAt is not null) == messages);
            host.Simulation.Clock.Step(TimeSpan.FromSeconds(1.5));
            await RunningSimulator.WhenAsync(
                () => control.GetStatisticsAsync(TestContext.Current.CancellationToken), statistics => statistics.Functions[FunctionSpecs.WhatsAppEventHandler.Name].Invocations >= messages);
        }
    }

    private static async Task<SimulatorHost> StartAsync(double speed)
    {
        SimulatorHost host = await SimulatorHost.StartAsync(new SimulatorOptions { Port = 0, Speed = speed, Release = ReleaseChoice.Quiet }, TimeProvider.System, CancellationToken.None);
        await host.WhenReadyAsync(CancellationToken.None);
        return host;
    }

    private static Task<IReadOnlyList<string>> SeenAsync(ControlClient control, int atLeast) => RunningSimulator.WhenAsync<IReadOnlyList<string>>(
        async () => [.. (await control.GetChatsAsync(TestContext.Current.CancellationToken)).SelectMany(chat => chat.Transcript).Where(item => item is { Role: "CUSTOMER", ContentType: "text/plain" }).Select(item => item.Content)],
        seen => seen.Count >= atLeast);
}
