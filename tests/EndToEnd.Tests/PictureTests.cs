using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using WhatsAppBuffer.Simulator.App.Control;

namespace EndToEnd.Tests;

/// <summary>
/// What a telemetry backend gets to see: the messages, and nothing of the simulator's page and the health checks, which look on all the time.
/// The clock is frozen while messages are sent, so that they leave the buffer together on a machine of any speed.
/// </summary>
public sealed partial class PictureTests
{
    private const string Window = "20";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_burst_sent_by_one_command_is_one_trace_and_at_most_seven_log_lines()
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync();

        await PlayAsync(collector, 4, async (http, _) => (await http.PostAsync(new Uri("/_wab/burst?customer=Ana", UriKind.Relative), null)).EnsureSuccessStatusCode(), withPage: true);

        string trace = Assert.Single(collector.Spans.Select(span => span.TraceId).Distinct());
        Assert.Equal("simulator: customer sends", Assert.Single(RootsOf(collector)));
        // Calls aside, which bear the name of an operation or a method of HTTP. What its queue gives on_raw_messages at once is one invocation.
        int invocations = collector.Spans.Count(span => span.Name == "on_raw_messages");
        Assert.InRange(invocations, 1, 4);
        Assert.Equal(
            [
                ("customer sends", 1), ("message_aggregator", 1), ("on_raw_messages", invocations), ("process outbox", 1), ("process raw_messages", 1), ("process whatsapp_in", 4),
                ("send whatsapp_in", 4), ("whatsapp_event_handler", 1), ("window raw_messages", 1),
            ],
            collector.Spans.Where(span => span.Name.Any(char.IsLower) && !span.Name.Contains('.', StringComparison.Ordinal))
                .CountBy(span => span.Name).Select(count => (count.Key, count.Value)).OrderBy(count => count.Key, StringComparer.Ordinal));
        Assert.Equal(
            [
                .. Enumerable.Repeat("on_raw_messages: Stored N, duplicates 0, failed 0; not stored by design: 0 statuses, 0 errors, 0 other fields", invocations),
                "message_aggregator: Records 4: 0 no inserts, 0 handed over before, 0 duplicates; conversations 1, failed 0; events 1",
                "whatsapp_event_handler: Started chat ID, number 1 of its conversation, for aggregate ID",
                "whatsapp_event_handler: Delivered aggregate ID in 1 Connect message(s)",
            ],
            StoryOf(collector).Select(line => $"{line.Service}: {Stored().Replace(Id().Replace(line.Text, "ID"), "Stored N")}"));
        Assert.Equal(4, StoryOf(collector).Sum(line => Stored().Match(line.Text) is { Success: true } stored ? int.Parse(stored.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) : 0));
        Assert.All(StoryOf(collector), line => Assert.Equal(trace, line.TraceId));
    }

    [Fact]
    public async Task Messages_typed_one_by_one_begin_a_trace_each_and_their_aggregate_continues_the_first_and_links_to_all()
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync();

        await PlayAsync(collector, 3, async (http, _) =>
        {
            foreach (string text in new[] { "one", "two", "three" })
            {
                await new ControlClient(http).SendAsync(new SendMessageRequest { Customer = "Ana", Text = text }, CancellationToken.None);
            }
        });

        Assert.Equal(Enumerable.Repeat("simulator: customer sends", 3), RootsOf(collector));
        AssertThatTheAggregateContinuesTheFirstAndLinksToAll(collector, 3);
        Assert.Equal(
            ["message_aggregator Records", "on_raw_messages Stored", "whatsapp_event_handler Delivered", "whatsapp_event_handler Started"],
            StoryOf(collector).Select(line => $"{line.Service} {line.Text.Split(' ')[0]}").Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(StoryOf(collector).Count, 4, 6);
    }

    [Fact]
    public async Task Messages_of_the_real_WhatsApp_which_sends_no_trace_context_begin_their_traces_where_they_are_stored()
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync();

        await PlayAsync(collector, 4, async (_, uri) =>
        {
            using var sns = new AmazonSimpleNotificationServiceClient(
                new BasicAWSCredentials("any", "any"), new AmazonSimpleNotificationServiceConfig { ServiceURL = uri.ToString(), AuthenticationRegion = "us-east-1" });
            for (int part = 1; part <= 4; part++)
            {
                JsonNode sample = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Samples", $"sns-burst-{part}.json")))!;
                await sns.PublishAsync(new PublishRequest { TopicArn = "arn:aws:sns:us-east-1:123456789012:whatsapp_in", Message = (string)sample["Records"]![0]!["Sns"]!["Message"]! });
            }
        });

        // Four, or fewer where the queue gave the function several at once.
        Assert.All(RootsOf(collector), root => Assert.Equal("on_raw_messages: on_raw_messages", root));
        Assert.InRange(RootsOf(collector).Count, 1, 4);
        AssertThatTheAggregateContinuesTheFirstAndLinksToAll(collector, RootsOf(collector).Count);
    }

    private static void AssertThatTheAggregateContinuesTheFirstAndLinksToAll(OtlpCollector collector, int count)
    {
        string[] traces = [.. collector.Spans.Where(span => span.Name == "process whatsapp_in").Select(span => span.TraceId).Distinct()];
        Assert.Equal(count, traces.Length);
        Assert.Equal(traces.Order(), collector.Spans.Select(span => span.TraceId).Distinct().Order());
        CollectedSpan window = Assert.Single(collector.Spans, span => span.Name == "window raw_messages");
        CollectedSpan handOver = Assert.Single(collector.Spans, span => span.Name == "process raw_messages");
        CollectedSpan delivery = Assert.Single(collector.Spans, span => span.Name == "process outbox");
        Assert.All([window, handOver, delivery], span => Assert.Equal(traces.Order(), span.LinkedTraces.Distinct().Order()));
        string continued = Assert.Single(collector.Spans.Where(span => span.Service != "simulator" && span.Service != "on_raw_messages").Select(span => span.TraceId).Distinct());
        Assert.Contains(window.ParentId, collector.Spans.Where(span => span.Name == "process whatsapp_in" && span.TraceId == continued).Select(span => span.SpanId));
        Assert.All(StoryOf(collector).Where(line => line.Service != "on_raw_messages"), line => Assert.Equal(continued, line.TraceId));
    }

    private static List<string> RootsOf(OtlpCollector collector) => [.. collector.Spans.Where(span => span.ParentId.Length == 0).Select(span => $"{span.Service}: {span.Name}")];

    /// <summary>Everything but what a host says of itself when it starts and ends, and a sweep that found nothing, which AWS's alarm looks for.</summary>
    private static List<CollectedLine> StoryOf(OtlpCollector collector) =>
        [.. collector.Lines.Where(line => line.Category != "Microsoft.Hosting.Lifetime" && !line.Text.StartsWith("Swept: 0 ", StringComparison.Ordinal))];

    /// <summary>Sends, until the last closing call of the windows; returns when the simulator has ended and with it all exports.</summary>
    private static async Task PlayAsync(OtlpCollector collector, int messages, Func<HttpClient, Uri, Task> send, bool withPage = false)
    {
        using var simulator = SimulatorProgram.Start(collector.Environment, "up", "--no-dashboard", "--port", "0", "--window", Window);
        IReadOnlyList<string> lines = await RunningSimulator.WhenAsync(
            () => Task.FromResult(simulator.Lines), lines => lines.Any(line => line.StartsWith("local cloud: ready", StringComparison.Ordinal)));
        var uri = new Uri(lines.First(line => line.StartsWith("local cloud: ready", StringComparison.Ordinal)).Split('(', ')')[1]);
        using var http = new HttpClient { BaseAddress = uri };
        var control = new ControlClient(http);
        using var end = new CancellationTokenSource();
        Task lookers = LookOnAsync(http, end.Token);
        await using Browser? browser = withPage ? await Browser.StartAsync() : null;
        if (browser is not null)
        {
            await browser.OpenAsync(new Uri(uri, "/_wab/?customer=Ana"));
            await browser.ClickAsync(".compose button");
        }

        await ClockAsync(http, "freeze");
        await send(http, uri);
        await RunningSimulator.WhenAsync(() => control.GetTimesAsync(CancellationToken.None), times => times.Count(message => message.StoredAt is not null) == messages);
        // The batching window begins when the stream is read first.
        await ClockAsync(http, "step?seconds=40");
        await RunningSimulator.WhenAsync(() => control.GetChatsAsync(CancellationToken.None), chats => chats.Count == 1);
        await ClockAsync(http, "go-on");
        await ClockAsync(http, "speed?factor=100");
        // The windows are closed by calls of their own.
        await RunningSimulator.WhenAsync(() => control.GetStatisticsAsync(CancellationToken.None), statistics => statistics.Functions["message_aggregator"].Invocations > 1);
        await RunningSimulator.WhenAsync(() => control.GetStatusAsync(CancellationToken.None), status => status.Idle && status.Shards.All(shard => shard.OpenWindow is null));

        await end.CancelAsync();
        await lookers;
        simulator.Interrupt();
        Assert.Equal(0, await simulator.WhenExitedAsync(Patience));
    }

    private static async Task ClockAsync(HttpClient http, string command) =>
        (await http.PostAsync(new Uri($"/_wab/clock/{command}", UriKind.Relative), null)).EnsureSuccessStatusCode();

    /// <summary>The simulator's page and whoever checks its health.</summary>
    private static async Task LookOnAsync(HttpClient http, CancellationToken cancellationToken)
    {
        string[] seen = ["/_wab/", "/_wab/assets/page.js", "/_wab/status", "/_wab/chats", "/_wab/phones/Ana", "/_wab/health", "/health", "/alive"];
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (string path in seen)
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative), CancellationToken.None);
                // Unhealthy for a while on a slow machine, where functions take long to start.
                Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{path}: {answer.StatusCode}");
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    [GeneratedRegex("[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();

    [GeneratedRegex("Stored (?<count>[0-9]+)")]
    private static partial Regex Stored();
}
