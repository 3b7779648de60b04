using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

public sealed class DashboardTests
{
    /// <summary>Spans of the stages, and how the dashboard shows them.</summary>
    private static readonly string[] Stages = ["customer sends", "on_raw_messages", "window raw_messages", "process raw_messages", "ConnectParticipant.SendMessage"];
    private static readonly string[] Shown = ["customer sends", "on_raw_messages", "window raw_messages", "MSG aws.dynamodb_streams raw_messages", "RPC ConnectParticipant/SendMessage"];

    /// <summary>npm may have to fetch the CLI, which then unpacks the dashboard.</summary>
    private static readonly TimeSpan FirstStart = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_burst_is_one_trace_in_the_Aspire_dashboard_with_all_five_stages()
    {
        await using Browser browser = await Browser.StartAsync();
        // OTLP over gRPC takes the port before.
        (int page, int otlp) = (FreePairOfPorts(), FreePairOfPorts());
        using var simulator = SimulatorProgram.Start("up", "--port", "0", "--window", "15", "--dashboard-port", $"{page}", "--otlp-port", $"{otlp}");
        IReadOnlyList<string> lines = await RunningSimulator.WhenAsync(
            () => Task.FromResult(simulator.Lines), lines => lines.Any(line => line.StartsWith("Aspire dashboard: ready") || line.StartsWith("Aspire dashboard: off"))
                && lines.Any(line => line.StartsWith("local cloud: ready")),
            FirstStart);
        Needs.Have(!lines.Any(line => line.StartsWith("Aspire dashboard: off")), "the Aspire CLI, installed or from npm");
        try
        {
            var dashboard = new Uri($"http://127.0.0.1:{page}");
            string trace = await SendBurstAsync(new Uri(lines.First(line => line.StartsWith("local cloud: ready")).Split('(', ')')[1]), dashboard);

            await browser.OpenAsync(new Uri(dashboard, $"/traces/detail/{trace}"));
            await RunningSimulator.WhenAsync(browser.TextAsync, text => Shown.All(text.Contains));

            string picture = Path.Combine(AppContext.BaseDirectory, "TestResults", "dashboard.png");
            Directory.CreateDirectory(Path.GetDirectoryName(picture)!);
            await File.WriteAllBytesAsync(picture, await browser.ScreenshotAsync());
        }
        finally
        {
            simulator.Interrupt();
            await simulator.WhenExitedAsync(TimeSpan.FromSeconds(60));
        }

        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://127.0.0.1:{page}/health")));
    }

    /// <summary>Sends a burst and gives the id of its trace, once the dashboard has the last stage.</summary>
    private static async Task<string> SendBurstAsync(Uri simulator, Uri dashboard)
    {
        using var http = new HttpClient { BaseAddress = simulator };
        (await http.PostAsync(new Uri("/_wab/burst?customer=Ana", UriKind.Relative), null)).EnsureSuccessStatusCode();
        JsonNode[] spans = await RunningSimulator.WhenAsync(
            async () => SpansIn(JsonNode.Parse(await http.GetStringAsync(new Uri(dashboard, "/api/telemetry/traces")))!),
            spans => Stages.All(stage => spans.Any(span => (string?)span["name"] == stage)));
        return spans.First(span => (string?)span["name"] == Stages[0])["traceId"]!.GetValue<string>();
    }

    private static JsonNode[] SpansIn(JsonNode answer) =>
    [
        .. answer["data"]!["resourceSpans"]!.AsArray()
            .SelectMany(resource => resource!["scopeSpans"]!.AsArray())
            .SelectMany(scope => scope!["spans"]!.AsArray())
            .Select(span => span!),
    ];

    /// <summary>The second of two free ports, below those that systems hand out: until the dashboard takes them, much else asks for any port.</summary>
    private static int FreePairOfPorts()
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            int port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var first = new TcpListener(IPAddress.Loopback, port - 1);
                first.Start();
                using var second = new TcpListener(IPAddress.Loopback, port);
                second.Start();
                return port;
            }
            catch (SocketException)
            {
                // In use; another pair.
            }
        }

        throw new InvalidOperationException("No two free ports in a row.");
    }
}
