using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Simulator.App.Control;

namespace EndToEnd.Tests;

/// <summary>Only programs of this machine and the simulator's own page work it; what other pages may do is link to it.</summary>
public sealed class AccessTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    /// <summary>A page's request by which it was let in, and the words that name the remedy.</summary>
    private static readonly (string Name, string Value, string Remedy)[] Foreign =
    [
        ("Host", "evil.example", "--allow-host"),
        ("Origin", "https://evil.example", "--allow-origin"),
        ("Origin", "null", "--allow-origin"),
        ("Sec-Fetch-Site", "cross-site", "--allow-origin"),
        ("Sec-Fetch-Site", "same-site", "--allow-origin"),
    ];

    [Fact]
    public async Task No_route_of_the_control_API_is_open_to_a_page_of_somebody_elses()
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        JsonNode api = JsonNode.Parse(await http.GetStringAsync(new Uri("_wab/openapi.json", UriKind.Relative)))!;
        var routes = from path in api["paths"]!.AsObject()
                     from method in path.Value!.AsObject()
                     select (Method: method.Key.ToUpperInvariant(), Path: path.Key.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
        (string Method, string Path)[] all = [.. routes, ("GET", "/_wab/"), ("GET", "/_wab/openapi.json"), ("GET", "/health"), ("GET", "/alive"), ("GET", "/nothing")];

        Assert.InRange(all.Length, 30, int.MaxValue);
        foreach ((string method, string path) in all)
        {
            foreach ((string name, string value, string remedy) in Foreign)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
                request.Headers.TryAddWithoutValidation(name, value);
                using HttpResponseMessage answer = await http.SendAsync(request);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} with {name}: {value} is answered with {answer.StatusCode}.");
                Assert.Contains(remedy, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/_wab/", HttpStatusCode.OK)]
    [InlineData("/_wab/openapi.json", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.NotFound)]
    public async Task A_link_on_the_Aspire_dashboard_leads_here_but_no_frame_does(string path, HttpStatusCode status)
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        using HttpResponseMessage linked = await NavigateAsync(http, path, "document");
        using HttpResponseMessage framed = await NavigateAsync(http, path, "iframe");

        Assert.Equal((status, HttpStatusCode.Forbidden), (linked.StatusCode, framed.StatusCode));
        Assert.Contains("frame-ancestors 'none'", linked.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_browser_a_page_elsewhere_changes_nothing_reads_nothing_and_shows_nothing_of_it()
    {
        await using Browser browser = await Browser.StartAsync("--host-resolver-rules=MAP evil.example 127.0.0.1");
        await using WebApplication site = await SiteAsync($$"""
            <!doctype html><title>waiting</title>
            <a id=link href="{{simulator.Uri}}_wab/">free beer</a>
            <iframe name=nowhere></iframe>
            <form id=form method=post target=nowhere action="{{simulator.Uri}}_wab/burst?customer=Form"></form>
            <iframe id=frame src="{{simulator.Uri}}_wab/"></iframe>
            <img src="{{simulator.Uri}}?Action=Publish&TopicArn=arn:aws:sns:us-east-1:123456789012:whatsapp_in&Message=img&X-Amz-Credential=a/b/us-east-1/sns/aws4_request">
            <script type=module>
              const at = '{{simulator.Uri}}';
              const post = (path, init) => fetch(at + path, { method: 'POST', mode: 'no-cors', ...init });
              const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=Publish&TopicArn=arn:aws:sns:us-east-1:123456789012:whatsapp_in&Message=fetch' };
              await new Promise(loaded => { window.onload = loaded; });
              document.getElementById('form').submit();
              await Promise.all([
                post('_wab/burst?customer=Fetch'), post('_wab/clock/freeze'), post('_wab/reset'), post('2015-03-31/functions/message_aggregator/invocations', { body: '{}' }),
                post('?X-Amz-Credential=a/b/us-east-1/sns/aws4_request', form),
                fetch(at + '_wab/chats').then(() => { window.read = true; }, () => {}),
                new Promise(sent => setTimeout(sent, 500)),
              ]);
              document.title = `done, read: ${window.read}`;
            </script>
            """);
        var here = new Uri(site.Urls.Single());
        StatisticsView before = await simulator.Control.GetStatisticsAsync(CancellationToken.None);

        await browser.OpenAsync(new UriBuilder(here) { Host = "evil.example" }.Uri);

        string title = await RunningSimulator.WhenAsync(() => browser.EvaluateAsync("document.title"), title => title.StartsWith("done", StringComparison.Ordinal));
        Assert.Equal("done, read: undefined", title);
        StatisticsView after = await simulator.Control.GetStatisticsAsync(CancellationToken.None);
        Assert.Equal(before.WhatsAppMessagesIn, after.WhatsAppMessagesIn);
        Assert.Equal(before.Calls.GetValueOrDefault("sns.Publish"), after.Calls.GetValueOrDefault("sns.Publish"));
        Assert.Equal(before.Functions["message_aggregator"].Invocations, after.Functions["message_aggregator"].Invocations);
        Assert.False((await simulator.Control.GetStatusAsync(CancellationToken.None)).Frozen);
        Assert.DoesNotContain("phone", await browser.FrameTextAsync(new Uri(simulator.Uri, "_wab/")), StringComparison.Ordinal);

        // The same page may link here.
        await browser.EvaluateAsync("document.getElementById('link').click()");
        await RunningSimulator.WhenAsync(browser.TextAsync, text => text.Contains("The agent’s desktop", StringComparison.Ordinal) && text.Contains("ready", StringComparison.Ordinal));

        // A name of somebody else's that leads to this machine (DNS rebinding) makes the page one of the same origin.
        await browser.OpenAsync(new UriBuilder(simulator.Uri) { Host = "evil.example", Path = "/_wab/chats" }.Uri);
        await RunningSimulator.WhenAsync(browser.TextAsync, text => text.Contains("--allow-host", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--allow-host", "http://host.docker.internal:4766", "is no host name")]
    [InlineData("--allow-origin", "localhost:3000", "is no origin")]
    public async Task What_cannot_be_allowed_is_said_at_the_start(string option, string value, string sentence)
    {
        using var program = SimulatorProgram.Start("up", "--no-dashboard", "--port", "0", option, value);

        Assert.NotEqual(0, await program.WhenExitedAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains($"{option} '{value}' {sentence}", program.Output, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> NavigateAsync(HttpClient http, string path, string destination)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "cross-site");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "navigate");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Dest", destination);
        return await http.SendAsync(request);
    }

    /// <summary>Somebody's web site, of one page.</summary>
    private static async Task<WebApplication> SiteAsync(string page)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication site = builder.Build();
        site.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(page, Encoding.UTF8);
        });
        await site.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }
}
