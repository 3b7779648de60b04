using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.Page.Hosting;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

/// <summary>
/// Takes the pictures of the page that the documents show. They are taken only where <c>PAGE_PICTURES</c> names the folder to put them into, such as <c>docs/images</c>: a picture is for people to look at.
/// </summary>
public sealed class PagePictureTests
{
    private const int Width = 1440;
    private const int Height = 900;

    private static string Folder
    {
        get
        {
            string? folder = Environment.GetEnvironmentVariable("PAGE_PICTURES");
            Assert.SkipWhen(string.IsNullOrEmpty(folder), "PAGE_PICTURES names no folder.");
            return folder;
        }
    }

    [Fact]
    public async Task Pictures_of_a_simulator_where_the_customer_ends_a_burst()
    {
        string folder = Folder;
        await using SimulatorHost host = await StartAsync(new SimulatorOptions { Port = 0, Release = ReleaseChoice.Quiet, Page = new BlazorPage() });
        using var http = new HttpClient { BaseAddress = host.Uri };
        var control = new ControlClient(http);
        await using Browser browser = await Browser.StartAsync();
        await browser.ResizeAsync(Width, Height);
        await OpenAsync(browser, host, "");
        await TakeAsync(browser, folder, "page-empty");

        await browser.ClickAsync(".below .mud-switch");
        await browser.ClickAsync("#burst");
        List<byte[]> frames = [];
        while (await browser.EvaluateAsync("document.querySelector('#saved').innerText.includes('saved')") != "true")
        {
            frames.Add(await browser.ScreenshotAsync(0.5));
            await PauseAsync(0.45);
        }

        await PauseAsync(0.6);
        frames.Add(await browser.ScreenshotAsync(0.5));
        await File.WriteAllBytesAsync(Path.Combine(folder, "page-burst.png"), AnimatedPicture.Of(frames, 550));

        await control.SendAsync(new SendMessageRequest { Customer = "Ana", Type = "image", Text = "my broken hat" }, CancellationToken.None);
        await control.SendAsync(new SendMessageRequest { Customer = "Ana", Type = "audio", Text = "" }, CancellationToken.None);
        await control.SendAsync(new SendMessageRequest { Customer = "Mei", Text = "is the blue one back?" }, CancellationToken.None);
        await AnswerAsync(control, "Kike", "Hi Kike! Let me look that up.");
        await AnswerAsync(control, "Ana", "What a pity! Can you send a photo from the side?");
        await RunningSimulator.WhenAsync(() => control.GetChatsAsync(CancellationToken.None), chats => chats.Count == 3);
        await control.SendAsync(new SendMessageRequest { Customer = "Omar", Text = "are you open on Sunday?" }, CancellationToken.None);
        await control.SendAsync(new SendMessageRequest { Customer = "Kike", Text = "It should have come today" }, CancellationToken.None);
        await PauseAsync(1.4);
        await control.SendAsync(new SendMessageRequest { Customer = "Kike", Text = "can you check?" }, CancellationToken.None);
        await PauseAsync(1.2);
        await TakeAsync(browser, folder, "page");
        await browser.ClickAsync(".top .theme");
        await PauseAsync(0.4);
        await TakeAsync(browser, folder, "page-dark");
        await browser.ClickAsync(".top .theme");

        await browser.ClickTextAsync("#bursts .row", "4 → 1");
        await browser.WhenAsync("document.querySelector('#stage-json') !== null");
        await PauseAsync(0.4);
        await TakeAsync(browser, folder, "page-drawer");
        await OpenAsync(browser, host, "compare/Kike");
        await TakeAsync(browser, folder, "page-compare");
        await OpenAsync(browser, host, "?customer=Ana");
        await browser.ResizeAsync(390, 844, isPhone: true);
        await browser.ClickTextAsync(".tabs-bottom button", "Phone");
        await PauseAsync(0.5);
        await TakeAsync(browser, folder, "page-phone");
    }

    [Fact]
    public async Task Pictures_of_a_simulator_where_the_clock_ends_a_burst_and_something_goes_wrong()
    {
        string folder = Folder;
        await using SimulatorHost host = await StartAsync(new SimulatorOptions { Port = 0, BufferSeconds = 20, Speed = 10, Page = new BlazorPage() });
        using var http = new HttpClient { BaseAddress = host.Uri };
        var control = new ControlClient(http);
        await using Browser browser = await Browser.StartAsync();
        await browser.ResizeAsync(Width, Height);
        await OpenAsync(browser, host, "");

        await http.PostAsync(new Uri("/_wab/clock/freeze", UriKind.Relative), null);
        DateTimeOffset now = (await control.GetStatusAsync(CancellationToken.None)).Now;
        host.Simulation.Clock.Step(TimeSpan.FromSeconds(20 - (now.ToUnixTimeMilliseconds() / 1000.0 % 20) + 15.2));
        foreach ((string text, double pause) in new[] { ("Hello", 1.5), ("I need help", 1.7), ("with my order", 1.9), ("P12345", 0.3) })
        {
            await control.SendAsync(new SendMessageRequest { Customer = "Kike", Text = text }, CancellationToken.None);
            await PauseAsync(0.4);
            host.Simulation.Clock.Step(TimeSpan.FromSeconds(pause));
        }

        await RunningSimulator.WhenAsync(
            async () =>
            {
                host.Simulation.Clock.Step(TimeSpan.FromSeconds(0.3));
                return await control.GetChatsAsync(CancellationToken.None);
            },
            chats => chats.Count > 0);
        await PauseAsync(1);
        await browser.WhenAsync("document.querySelectorAll('.chip.warn').length === 2");
        await TakeAsync(browser, folder, "page-cut");

        host.Simulation.Clock.GoOn();
        await OpenAsync(browser, host, "operations");
        await browser.ClickAsync("[aria-label=Refusal]");
        await control.SendAsync(new SendMessageRequest { Customer = "Ana", Text = "can you mend it?" }, CancellationToken.None);
        await browser.WhenAsync("document.querySelector('.letter') !== null");
        await browser.ClickAsync(".letter summary");
        await PauseAsync(0.5);
        await TakeAsync(browser, folder, "page-operations");
        host.Simulation.SetFaults(LocalAws.Faults.FaultPlan.None);

        await OpenAsync(browser, host, "scenarios/rapid-burst");
        await browser.ClickAsync("#run");
        await browser.WhenAsync("document.querySelector('#verdict') !== null");
        await TakeAsync(browser, folder, "page-scenarios");

        // Sixty customers, each with a rhythm of their own.
        var random = new Random(1);
        host.Simulation.Clock.Freeze();
        for (int moment = 0; moment < 60; moment++)
        {
            for (int message = random.Next(1, 7); message > 0; message--)
            {
                await control.SendAsync(new SendMessageRequest { Customer = $"Customer {moment}", Text = $"message {message}" }, CancellationToken.None);
            }

            host.Simulation.Clock.Step(TimeSpan.FromSeconds(random.NextDouble()));
            await PauseAsync(0.05);
        }

        host.Simulation.Clock.GoOn();
        await RunningSimulator.WhenAsync(() => control.GetStatusAsync(CancellationToken.None), status => status.Idle);
        await OpenAsync(browser, host, "numbers");
        await TakeAsync(browser, folder, "page-numbers");
    }

    private static async Task<SimulatorHost> StartAsync(SimulatorOptions options)
    {
        SimulatorHost host = await SimulatorHost.StartAsync(options, TimeProvider.System, CancellationToken.None);
        await host.WhenReadyAsync(CancellationToken.None);
        return host;
    }

    private static async Task OpenAsync(Browser browser, SimulatorHost host, string address)
    {
        await browser.OpenAsync(new Uri(host.Uri, $"/_wab/{address}"));
        await browser.WhenAsync("document.querySelector('main section') !== null");
        await PauseAsync(1.2);
    }

    private static async Task TakeAsync(Browser browser, string folder, string name) => await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.png"), await browser.ScreenshotAsync());

    private static async Task AnswerAsync(ControlClient control, string customer, string text)
    {
        IReadOnlyList<ChatView> chats = await RunningSimulator.WhenAsync(() => control.GetChatsAsync(CancellationToken.None), chats => chats.Any(chat => chat.CustomerName == customer));
        await control.SendAsAgentAsync(chats.Last(chat => chat.CustomerName == customer).ContactId, new AgentMessageRequest { Text = text }, CancellationToken.None);
    }

    private static Task PauseAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
}
