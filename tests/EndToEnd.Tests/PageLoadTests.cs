using System.Diagnostics;
using System.Globalization;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.Page.Hosting;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

/// <summary>
/// The page with a day of a contact centre in it: how soon it shows something, and whether typing lags. A benchmark in a browser: it runs only where <c>PAGE_LOAD</c> is set, and prints what it measured.
/// </summary>
public sealed class PageLoadTests(ITestOutputHelper output)
{
    private const int Customers = 500;
    private const int MessagesOfEach = 20;
    private const int Keys = 60;
    private static readonly TimeSpan FirstPaint = TimeSpan.FromSeconds(2);
    private const double LongestLag = 100;

    [Fact]
    public async Task Ten_thousand_messages_of_five_hundred_conversations_are_shown_at_once_and_typing_does_not_lag()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PAGE_LOAD")), "PAGE_LOAD is not set.");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using SimulatorHost host = await SimulatorHost.StartAsync(
            new SimulatorOptions { Port = 0, Release = ReleaseChoice.Window, BufferSeconds = 5, Page = new BlazorPage() }, TimeProvider.System, CancellationToken.None);
        await host.WhenReadyAsync(cancellation);
        using var http = new HttpClient { BaseAddress = host.Uri };
        var control = new ControlClient(http);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Customers * MessagesOfEach),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation },
            async (i, stop) => await control.SendAsync(new SendMessageRequest { Customer = $"Customer {i % Customers}", Text = $"message {i / Customers}" }, stop));
        await RunningSimulator.WhenAsync(() => control.GetStatusAsync(cancellation), status => status.Idle);

        await using Browser browser = await Browser.StartAsync();
        var watch = Stopwatch.StartNew();
        await browser.OpenAsync(new Uri(host.Uri, "/_wab/?customer=Customer%207"));
        await browser.WhenAsync("document.querySelectorAll('#phone .bubble').length > 5");
        TimeSpan first = watch.Elapsed;

        using var writing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task others = WriteAsync(control, writing.Token);
        await browser.EvaluateAsync("""
            (window.lags = [], document.querySelector('#text').addEventListener('keydown', key =>
                requestAnimationFrame(() => setTimeout(() => window.lags.push(performance.now() - key.timeStamp), 0))), document.querySelector('#text').focus())
            """);
        for (int key = 0; key < Keys; key++)
        {
            await browser.PressAsync("a");
            await Task.Delay(TimeSpan.FromMilliseconds(60), TimeProvider.System, cancellation);
        }

        await browser.WhenAsync($"window.lags.length === {Keys}");
        await writing.CancelAsync();
        await others;
        double[] lags = [.. (await browser.EvaluateAsync("window.lags.join(' ')")).Split(' ').Select(lag => double.Parse(lag, CultureInfo.InvariantCulture)).Order()];
        output.WriteLine($"first content after {first.TotalSeconds:0.0} s; a key shows after {lags[Keys / 2]:0} ms (median), {lags[^1]:0} ms (worst of {Keys})");
        Assert.InRange(first, TimeSpan.Zero, FirstPaint);
        Assert.InRange(lags[^1], 0, LongestLag);
    }

    /// <summary>Others go on writing while somebody types.</summary>
    private static async Task WriteAsync(ControlClient control, CancellationToken cancellation)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                await control.SendAsync(new SendMessageRequest { Customer = $"Customer {i % 20}", Text = $"more {i}" }, cancellation);
                await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody types any more.
        }
    }
}
