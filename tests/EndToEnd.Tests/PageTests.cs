using WhatsAppBuffer.Simulator.App.Control;

namespace EndToEnd.Tests;

/// <summary>The simulator's page, as a person uses it.</summary>
public sealed class PageTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    [Theory]
    [InlineData("", "text/html")]
    [InlineData("simulator.js", "text/javascript")]
    [InlineData("simulator.css", "text/css")]
    public async Task The_page_is_there_with_all_it_needs(string file, string type)
    {
        using var http = new HttpClient { BaseAddress = new Uri(simulator.Uri, "/_wab/") };

        using HttpResponseMessage answer = await http.GetAsync(new Uri(file, UriKind.Relative));

        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task On_a_frozen_clock_a_burst_is_sent_and_stepped_to_the_agent_by_hand()
    {
        await using Browser browser = await Browser.StartAsync();
        await browser.OpenAsync(new Uri(simulator.Uri, "/_wab/"));
        await RunningSimulator.WhenAsync(browser.TextAsync, text => text.Contains("ready", StringComparison.Ordinal));

        await ClickAsync(browser, "freeze");
        await RunningSimulator.WhenAsync(browser.TextAsync, text => text.Contains("frozen", StringComparison.Ordinal));
        int before = (await simulator.Control.GetTimesAsync(CancellationToken.None)).Count;
        await ClickAsync(browser, "burst");
        await RunningSimulator.WhenAsync(
            () => simulator.Control.GetTimesAsync(CancellationToken.None), times => times.Count(message => message.StoredAt is not null) == before + 4);
        await browser.EvaluateAsync("document.getElementById('seconds').value = 10");
        await ClickAsync(browser, "step");

        await RunningSimulator.WhenAsync(() => browser.EvaluateAsync("document.getElementById('chats').innerText"), text => text.Contains("with my order\nP12345", StringComparison.Ordinal));
        await ClickAsync(browser, "freeze");
        await RunningSimulator.WhenAsync(browser.TextAsync, text => !text.Contains("frozen", StringComparison.Ordinal));

        // Also in a browser that was not there when it was sent.
        await browser.OpenAsync(new Uri(simulator.Uri, "/_wab/"));
        await RunningSimulator.WhenAsync(
            () => browser.EvaluateAsync("document.getElementById('phone').innerText"),
            text => text.Contains("Hello", StringComparison.Ordinal) && text.Contains("· read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_typed_as_the_agent_is_on_the_customers_phone()
    {
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Caller", Text = "Anybody there?" }, CancellationToken.None);
        await simulator.WhenChatAsync("Caller", chat => chat.Transcript.Any(item => item.Content == "Anybody there?"));
        await using Browser browser = await Browser.StartAsync();
        await browser.OpenAsync(new Uri(simulator.Uri, "/_wab/"));
        await RunningSimulator.WhenAsync(browser.TextAsync, text => text.Contains("ready", StringComparison.Ordinal));

        await browser.EvaluateAsync("document.getElementById('customer').value = 'Caller'");
        await browser.EvaluateAsync("document.getElementById('words').value = 'Here I am'");
        await browser.EvaluateAsync("document.getElementById('answer').requestSubmit()");

        await RunningSimulator.WhenAsync(() => browser.EvaluateAsync("document.getElementById('phone').innerText"), text => text.Contains("Here I am", StringComparison.Ordinal));
    }

    private static Task ClickAsync(Browser browser, string id) => browser.EvaluateAsync($"document.getElementById('{id}').click()");
}
