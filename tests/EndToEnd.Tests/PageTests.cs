using System.Text.Json;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Storage;
using WhatsAppBuffer.Simulator.Page.Hosting;

namespace EndToEnd.Tests;

/// <summary>A simulator with its page: the customer ends a burst, at twice the speed of life.</summary>
public sealed class SimulatorWithPage : IAsyncLifetime
{
    private SimulatorHost? _host;
    private HttpClient? _http;
    private Browser? _browser;

    internal Uri Uri => _host!.Uri;

    internal Simulation Simulation => _host!.Simulation;

    internal ControlClient Control => new(_http!);

    public async ValueTask InitializeAsync()
    {
        var options = new SimulatorOptions { Port = 0, Release = WhatsAppBuffer.Topology.ReleaseChoice.Quiet, Speed = 2, Page = new BlazorPage() };
        _host = await SimulatorHost.StartAsync(options, TimeProvider.System, CancellationToken.None);
        await _host.WhenReadyAsync(CancellationToken.None);
        _http = new HttpClient { BaseAddress = _host.Uri };
    }

    /// <summary>One browser for all tests of the class; without one they are skipped.</summary>
    internal async Task<Browser> BrowserAsync() => _browser ??= await Browser.StartAsync();

    /// <summary>Opens an address of the page, with what it shows.</summary>
    internal async Task<Browser> OpenAsync(string address = "")
    {
        Browser browser = await BrowserAsync();
        await browser.OpenAsync(new Uri(Uri, $"/_wab/{address}"));
        await browser.WhenAsync("document.querySelector('main section') !== null");
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _http?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}

/// <summary>The simulator's page, as a person uses it.</summary>
public sealed class PageTests(SimulatorWithPage simulator) : IClassFixture<SimulatorWithPage>
{
    private const string Box = "#text";

    private static readonly NpmArchive Axe = new("axe-core@4.14.1", "package/", "axe.min.js", "axe-core");

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("assets/page.css", "text/css")]
    [InlineData("assets/page.js", "text/javascript")]
    [InlineData("assets/blazor.web.js", "text/javascript")]
    [InlineData("assets/MudBlazor.min.css", "text/css")]
    [InlineData("assets/fonts/inter-latin-wght-normal.woff2", "font/woff2")]
    public async Task The_page_is_there_with_all_it_needs(string file, string type)
    {
        using var http = new HttpClient { BaseAddress = new Uri(simulator.Uri, "/_wab/") };

        using HttpResponseMessage answer = await http.GetAsync(new Uri(file, UriKind.Relative));

        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/_wab")]
    public async Task Shorter_addresses_lead_to_it(string address)
    {
        Browser browser = await simulator.BrowserAsync();
        await browser.OpenAsync(new Uri(simulator.Uri, address));

        await browser.WhenAsync("location.pathname === '/_wab/' && document.querySelector('main section') !== null");
    }

    [Fact]
    public async Task The_guides_burst_typed_by_hand_arrives_as_one_message_and_the_counter_says_what_it_saved()
    {
        Browser browser = await simulator.OpenAsync("?customer=Typist");

        foreach (string text in new[] { "Hello", "I need help", "with my order", "P12345" })
        {
            await browser.TypeAsync(Box, text);
            await browser.PressAsync("Enter");
            await browser.WhenAsync($"document.querySelector('#phone').innerText.includes({Quoted(text)}) && document.querySelector('{Box}').value === ''");
        }

        await browser.WhenAsync("document.querySelector('#transcript')?.innerText.includes('Hello\\nI need help\\nwith my order\\nP12345')");
        await browser.WhenAsync("document.querySelector('#saved').innerText.includes('4 messages') && document.querySelector('#saved').innerText.includes('$0.012')");
        await browser.WhenAsync("document.querySelector('#transcript').innerText.includes('4 messages in one')");
        // The signs that it was read are on the phone, and no message was lost on the way to a browser that comes later.
        await simulator.OpenAsync("?customer=Typist");
        await browser.WhenAsync("document.querySelectorAll('#phone .ticks.read').length === 4");
    }

    [Fact]
    public async Task An_answer_and_a_file_reach_the_phone_and_a_chat_that_was_ended_takes_no_more()
    {
        Browser browser = await WithChatAsync("Caller", "Anybody there?");

        await browser.TypeAsync("#words", "Here I am");
        await browser.PressAsync("Enter");
        await browser.WhenAsync("document.querySelector('#phone').innerText.includes('Here I am')");
        await browser.ClickAsync(".answer .mud-icon-button");
        await browser.ClickTextAsync(".mud-popover-open .mud-menu-item, .mud-popover-open .mud-list-item", "Picture");
        await browser.WhenAsync("document.querySelector('#phone .theirs img')?.naturalWidth > 0");
        await browser.ClickTextAsync(".talk-top button", "End chat");
        await browser.ClickTextAsync(".talk-top button", "Really");

        await browser.WhenAsync("document.querySelector('.talk').innerText.includes('This chat has ended')");
        Assert.Equal("true", await browser.EvaluateAsync("document.querySelector('#words').disabled"));
    }

    [Fact]
    public async Task A_picture_goes_from_the_phone_to_the_agent()
    {
        Browser browser = await simulator.OpenAsync("?customer=Painter");

        await browser.ClickAsync(".compose .mud-icon-button");
        await browser.ClickTextAsync(".mud-popover-open .mud-menu-item, .mud-popover-open .mud-list-item", "Photo");

        await browser.WhenAsync("document.querySelector('#phone .mine img')?.naturalWidth > 0");
        await browser.WhenAsync("document.querySelector('#transcript .customer img')?.naturalWidth > 0");
    }

    [Fact]
    public async Task Two_customers_do_not_mix()
    {
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Left", Text = "from the left" }, CancellationToken.None);
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Right", Text = "from the right" }, CancellationToken.None);

        Browser browser = await simulator.OpenAsync("?customer=Left");
        await browser.WhenAsync("document.querySelector('#transcript')?.innerText.includes('from the left')");
        Assert.Equal("false", await browser.EvaluateAsync("document.querySelector('#phone').innerText.includes('from the right') || document.querySelector('#transcript').innerText.includes('from the right')"));
        await browser.WhenAsync("[...document.querySelectorAll('.contact')].some(contact => contact.innerText.includes('Right'))");
        await browser.ClickTextAsync(".contact", "Right");

        await browser.WhenAsync("document.querySelector('#transcript').innerText.includes('from the right') && document.querySelector('#phone').innerText.includes('from the right')");
        Assert.Equal("false", await browser.EvaluateAsync("document.querySelector('#transcript').innerText.includes('from the left')"));
    }

    [Fact]
    public async Task Hostile_text_is_text()
    {
        const string Hostile = "<img src=x onerror=\"document.title='caught'\"><script>document.title='caught'</script> {{7*7}} \u202Egnirts";
        Browser browser = await WithChatAsync("<b>Mallory</b>", Hostile);

        await browser.WhenAsync($"document.querySelector('#transcript').innerText.includes({Quoted(Hostile[..40])}) && document.querySelector('#phone').innerText.includes('{{{{7*7}}}}')");
        Assert.NotEqual("caught", await browser.EvaluateAsync("document.title"));
        Assert.Equal("0", await browser.EvaluateAsync("document.querySelectorAll('#phone script, #transcript script, #phone img, .who b b, .contact b b').length"));
    }

    [Fact]
    public async Task What_Connect_refuses_is_told_with_its_reason_and_redriven_when_the_fault_is_switched_off()
    {
        Browser browser = await simulator.OpenAsync("operations");
        await browser.ClickAsync("[aria-label=Refusal]");
        await browser.WhenAsync("document.querySelector('.faults').innerText.includes('0 struck')");

        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Unlucky", Text = "can you hear me?" }, CancellationToken.None);

        await browser.WhenAsync("document.querySelector('.letter')?.innerText.includes('Unlucky') && document.querySelector('.letter').innerText.includes('ValidationException')");
        await browser.WhenAsync("document.querySelector('.top nav').innerText.includes('1')");
        await browser.ClickTextAsync(".faults ~ *, .card-top button", "All off");
        await browser.WhenAsync("document.querySelector('[aria-label=Refusal]').checked === false");
        await browser.ClickAsync("#redrive");
        await browser.WhenAsync("document.querySelector('.letters').innerText.includes('No dead letters')");
        await simulator.OpenAsync("?customer=Unlucky");
        await browser.WhenAsync("document.querySelector('#transcript')?.innerText.includes('can you hear me?')");
    }

    [Fact]
    public async Task A_scenario_is_played_and_judged()
    {
        Browser browser = await simulator.OpenAsync("scenarios/agent-replies");

        await browser.ClickAsync("#run");
        await browser.WhenAsync("document.querySelector('.progress') !== null");
        await browser.ClickAsync("#cancel");
        await browser.WhenAsync("document.querySelector('#verdict').innerText.includes('Cancelled')");
        await browser.ClickTextAsync(".scenario-list a", "rapid-burst");
        await browser.WhenAsync("document.querySelector('.scenario h1').innerText === 'rapid-burst'");
        await browser.ClickAsync("#run");

        await browser.WhenAsync("document.querySelector('#verdict')?.innerText.includes('Held, all')");
    }

    [Fact]
    public async Task On_a_frozen_clock_a_burst_waits_until_it_is_stepped()
    {
        Browser browser = await simulator.OpenAsync("operations");
        await browser.ClickAsync("#freeze");
        await browser.WhenAsync("document.querySelector('#frozen') !== null");
        await simulator.OpenAsync("?customer=Patient");
        await browser.ClickAsync("#burst");
        await browser.WhenAsync("document.querySelector('.ring').innerText.includes('frozen') && document.querySelectorAll('.token').length === 4");
        await simulator.OpenAsync("operations");

        await browser.ClickAsync("#settle");

        await browser.WhenAsync("document.querySelector('#settle').disabled === false");
        await browser.ClickAsync("#freeze");
        await browser.WhenAsync("document.querySelector('#frozen') === null");
        await simulator.OpenAsync("?customer=Patient");
        await browser.WhenAsync("document.querySelector('#transcript')?.innerText.includes('with my order\\nP12345')");
    }

    [Fact]
    public async Task Everything_is_done_by_the_keyboard_alone()
    {
        Browser browser = await simulator.OpenAsync("?customer=Keys");
        await browser.PressAsync("Tab");
        await browser.WhenAsync("document.activeElement.className === 'skip'");
        await GoToAsync(browser, "text");
        await browser.TypeAsync(":focus", "typed");
        await browser.PressAsync("Enter");
        await browser.WhenAsync("document.querySelector('#transcript')?.innerText.includes('typed')");
        await GoToAsync(browser, "words");
        await browser.TypeAsync(":focus", "answered");
        await browser.PressAsync("Enter");
        await browser.WhenAsync("document.querySelector('#phone').innerText.includes('answered') && document.activeElement.id === 'words'");

        for (int stop = 0; stop < 4 && await browser.EvaluateAsync("document.activeElement.dataset.burst") == "undefined"; stop++)
        {
            await browser.PressAsync("F6");
        }

        string burst = await browser.EvaluateAsync("document.activeElement.dataset.burst");
        await browser.PressAsync("Enter");
        await browser.WhenAsync("document.activeElement.id === 'drawer-title'");
        await browser.PressAsync("Escape");
        await browser.WhenAsync($"document.querySelector('#drawer') === null && document.activeElement.dataset.burst === {Quoted(burst)}");
    }

    [Fact]
    public async Task A_draft_and_the_place_where_one_was_survive_a_reload()
    {
        Browser browser = await WithChatAsync("Drafter", "first");
        await browser.TypeAsync(Box, "not sent yet");
        await browser.WhenAsync($"document.querySelector('{Box}').value === 'not sent yet'");

        await browser.EvaluateAsync("(window.isBefore = true, location.reload())");

        await browser.WhenAsync($"window.isBefore === undefined && document.querySelector('{Box}')?.value === 'not sent yet' && document.querySelector('#phone').innerText.includes('first')");
        await browser.EvaluateAsync($"document.querySelector('{Box}').focus()");
        await browser.PressAsync("Enter");
        await browser.WhenAsync("document.querySelector('#phone').innerText.includes('not sent yet')");
    }

    [Fact]
    public async Task At_the_width_of_a_phone_every_page_fits_and_one_can_write_and_answer()
    {
        Browser browser = await WithChatAsync("Pocket", "from my pocket");
        await browser.ResizeAsync(390, 844, isPhone: true);
        try
        {
            foreach (string page in new[] { "compare/Pocket", "numbers", "scenarios/rapid-burst", "operations", "?customer=Pocket" })
            {
                await simulator.OpenAsync(page);
                Assert.Equal("390", await browser.EvaluateAsync("Math.max(390, document.documentElement.scrollWidth)"));
            }

            await browser.WhenAsync("document.querySelector('#saved').getClientRects().length > 0 && document.querySelector('.rail').getClientRects().length > 0");
            await browser.ClickTextAsync(".tabs-bottom button", "Phone");
            await browser.TypeAsync(Box, "and more");
            await browser.PressAsync("Enter");
            await browser.WhenAsync("document.querySelector('#phone').innerText.includes('and more')");
            await browser.ClickTextAsync(".tabs-bottom button", "Agent");
            await browser.TypeAsync("#words", "to your pocket");
            await browser.PressAsync("Enter");
            await browser.ClickTextAsync(".tabs-bottom button", "Phone");
            await browser.WhenAsync("document.querySelector('#phone').getClientRects().length > 0 && document.querySelector('#phone').innerText.includes('to your pocket')");
        }
        finally
        {
            await browser.ResizeAsync(1600, 1000);
        }
    }

    [Fact]
    public async Task Of_a_long_chat_the_newest_lines_are_drawn_and_the_earlier_ones_on_demand()
    {
        Browser browser = await WithChatAsync("Talkative", "let us talk");
        string chat = simulator.Simulation.Chats().Single(chat => chat.CustomerName == "Talkative").ContactId;
        for (int line = 1; line <= 250; line++)
        {
            simulator.Simulation.SendAsAgent(chat, new AgentMessageRequest { Text = $"line {line}." });
        }

        await browser.WhenAsync("document.querySelector('#transcript').innerText.includes('line 250.')");
        await browser.WhenAsync("!document.querySelector('#transcript').innerText.includes('line 1.') && document.querySelectorAll('#transcript .said').length === 200");
        await browser.ClickTextAsync("#transcript button", "Show earlier");
        await browser.WhenAsync("document.querySelector('#transcript').innerText.includes('let us talk') && document.querySelector('#transcript').innerText.includes('line 1.')");
        Assert.Equal("0", await browser.EvaluateAsync("document.querySelectorAll('#transcript .earlier').length"));
    }

    /// <summary>What axe-core finds of WCAG 2.2 AA, in light and dark, wide and narrow, with a conversation, a burst that is open, a letter and a verdict to look at.</summary>
    [Theory]
    [InlineData("light", 1600)]
    [InlineData("dark", 1600)]
    [InlineData("light", 390)]
    [InlineData("dark", 390)]
    public async Task Axe_finds_nothing_against_WCAG(string scheme, int width)
    {
        string folder = await StorageTests.OrSkipAsync(() => Axe.GetAsync(TestContext.Current.CancellationToken));
        string axe = (await File.ReadAllTextAsync(Path.Combine(folder, "axe.min.js"), TestContext.Current.CancellationToken)).TrimEnd().TrimEnd(';');
        Browser browser = await WithChatAsync($"Audited {scheme} {width}", "what is there to find");
        await browser.PreferAsync(scheme);
        await browser.ResizeAsync(width, 1000, isPhone: width < 500);
        try
        {
            List<string> found = [];
            foreach (string page in new[] { $"?customer=Audited {scheme} {width}", $"compare/Audited {scheme} {width}", "numbers", "scenarios/rapid-burst", "operations" })
            {
                await simulator.OpenAsync(page);
                await AuditAsync(page);
                if (page.StartsWith('?') && width > 500)
                {
                    await browser.ClickAsync("[data-burst]");
                    await browser.WhenAsync("document.activeElement.id === 'drawer-title'");
                    await AuditAsync("drawer");
                }
            }

            Assert.True(found.Count == 0, string.Join("\n", found));

            async Task AuditAsync(string page)
            {
                await browser.EvaluateAsync($"({axe}, window.found = undefined, axe.run({{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }}).then(done => window.found = done, error => window.found = {{ violations: [{{ id: String(error), nodes: [] }}] }}), 1)");
                await browser.WhenAsync("window.found !== undefined");
                string violations = await browser.EvaluateAsync("window.found.violations.map(rule => rule.id + ': ' + rule.nodes.map(node => node.html + ' ' + (node.any[0]?.message ?? '')).join(' | ')).join(' || ')");
                Assert.True(int.Parse(await browser.EvaluateAsync("window.found.passes?.length ?? 0"), System.Globalization.CultureInfo.InvariantCulture) > 5, $"{page}: axe looked at hardly anything.");
                if (violations.Length > 0)
                {
                    found.Add($"{page}: {violations}");
                }
            }
        }
        finally
        {
            await browser.PreferAsync("light");
            await browser.ResizeAsync(1600, 1000);
        }
    }

    private static async Task GoToAsync(Browser browser, string id)
    {
        for (int stop = 0; stop < 4 && await browser.EvaluateAsync("document.activeElement.id") != id; stop++)
        {
            await browser.PressAsync("F6");
        }

        Assert.Equal(id, await browser.EvaluateAsync("document.activeElement.id"));
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private async Task<Browser> WithChatAsync(string customer, string text)
    {
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = customer, Text = text }, CancellationToken.None);
        Browser browser = await simulator.OpenAsync($"?customer={Uri.EscapeDataString(customer)}");
        await browser.WhenAsync("document.querySelector('#transcript .said') !== null");
        return browser;
    }
}
