namespace EndToEnd.Tests;

/// <summary>The page where the clock ends a burst.</summary>
public sealed class PageOfWindowsTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    [Fact]
    public async Task A_burst_that_the_windows_end_cuts_is_shown_as_cut_and_explained()
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        await using Browser browser = await Browser.StartAsync();
        await browser.OpenAsync(new Uri(simulator.Uri, "/_wab/?customer=Cut"));
        await browser.WhenAsync("document.querySelector('#text') !== null");
        // The boundary falls between the two, and both are one to whoever wrote them.
        await ClockAsync(http, "freeze");
        DateTimeOffset now = (await simulator.Control.GetStatusAsync(CancellationToken.None)).Now;
        double toBoundary = 5 - (now.ToUnixTimeMilliseconds() / 1000.0 % 5);
        await ClockAsync(http, FormattableString.Invariant($"step?seconds={toBoundary + 3.5:0.000}"));
        await SendAsync(browser, "Hello", 1);
        await browser.WhenAsync("document.querySelector('.notch') !== null && document.querySelector('.ring').innerText.includes('window’s end')");
        await ClockAsync(http, "step?seconds=2");
        await SendAsync(browser, "P12345", 2);

        await ClockAsync(http, "step?seconds=1");
        await browser.WhenAsync("document.querySelector('#transcript')?.innerText.includes('Hello')");
        await ClockAsync(http, "go-on");

        await browser.WhenAsync("[...document.querySelectorAll('#bursts .row')].filter(row => row.innerText.includes('cut by the window’s end')).length === 2");
        await browser.ClickAsync("#bursts button.row ~ button.row");
        await browser.WhenAsync("document.querySelector('#drawer .why').innerText.includes('a burst of its own') && document.querySelector('#drawer .why').innerText.includes('Quiet time cuts less often')");
        await browser.ClickTextAsync("#drawer [role=tab]", "SNS");
        await browser.WhenAsync("document.querySelector('#stage-json').innerText.includes('\"body\": \"Hello\"')");
    }

    private async Task SendAsync(Browser browser, string text, int count)
    {
        await browser.TypeAsync("#text", text);
        await browser.PressAsync("Enter");
        await RunningSimulator.WhenAsync(() => simulator.Control.GetTimesAsync(CancellationToken.None), times => times.Count(message => message.StoredAt is not null) == count);
    }

    private static async Task ClockAsync(HttpClient http, string command) =>
        (await http.PostAsync(new Uri($"/_wab/clock/{command}", UriKind.Relative), null)).EnsureSuccessStatusCode();
}
