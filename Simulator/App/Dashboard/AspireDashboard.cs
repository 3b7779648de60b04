using System.Net.NetworkInformation;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Dashboard;

/// <summary>
/// The Aspire dashboard beside the simulator. It is a convenience: whatever keeps it from running is said in one sentence, and the system
/// runs without it.
/// </summary>
internal sealed class AspireDashboard : IAsyncDisposable
{
    private const string EndpointVariable = Variables.OtlpEndpoint;

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly DashboardOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _end = new();
    private DashboardProcess? _process;
    private bool _failed;

    private AspireDashboard(DashboardOptions options, TimeProvider clock, string status)
    {
        (_options, _clock, Status) = (options, clock, status);
        Settled = Task.FromResult(status);
    }

    /// <summary>For the user: where it is, or one sentence on why it is not.</summary>
    public string Status { get; private set; }

    /// <summary>The sentence once nothing can change any more: the dashboard answers, or never will.</summary>
    public Task<string> Settled { get; private set; }

    /// <summary>The page; null when there is none.</summary>
    public Uri? Url => OtlpEndpoint is null || _failed ? null : _options.Url;

    /// <summary>Where the system's processes export to; null when nothing is exported to this dashboard.</summary>
    public Uri? OtlpEndpoint { get; private set; }

    /// <summary>Variables for every process of the system, this one included: endpoint and protocol, and signals sent within a second.</summary>
    public IReadOnlyDictionary<string, string> Environment => OtlpEndpoint is null
        ? new Dictionary<string, string>()
        : new Dictionary<string, string>
        {
            [EndpointVariable] = OtlpEndpoint.OriginalString,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        };

    /// <summary>
    /// Starts the dashboard if it can be had, within <see cref="DashboardOptions.Patience"/>. When it takes longer (the first start unpacks
    /// it, npm may have to fetch it) it comes up in the background: <see cref="Settled"/>. Never throws but when cancelled.
    /// </summary>
    public static async Task<AspireDashboard> TryStartAsync(DashboardOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var cli = new AspireCli(options.SearchPath, options.ToolFolder);
        if (WhyNot(options, cli) is { } reason)
        {
            return new AspireDashboard(options, clock, reason);
        }

        string pending = cli.Find() is null
            ? $"Its CLI is being fetched from npm (once, about 150 MB); it will be at {options.Url}."
            : $"It will be at {options.Url}.";
        var dashboard = new AspireDashboard(options, clock, pending)
        {
            OtlpEndpoint = new Uri($"http://127.0.0.1:{options.OtlpPort}"),
        };
        dashboard.Settled = dashboard.RunAsync(cli);
        await Task.WhenAny(dashboard.Settled, Task.Delay(options.Patience, clock, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (dashboard._failed)
        {
            dashboard.OtlpEndpoint = null;
        }

        return dashboard;
    }

    /// <summary>Ends the dashboard.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Settled;
        if (_process is not null)
        {
            await _process.DisposeAsync();
            await WhenPortIsFreeAsync();
        }

        _end.Dispose();
    }

    private static string? WhyNot(DashboardOptions options, AspireCli cli)
    {
        if (System.Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 } endpoint)
        {
            return $"Not started, because telemetry goes to {endpoint} ({EndpointVariable}).";
        }

        if (!options.Enabled)
        {
            return "Not started (--no-dashboard); no telemetry is exported.";
        }

        if (cli.Find() is null && !cli.CanInstall)
        {
            return "Not started, because the Aspire CLI was not found. Install it (https://aspire.dev) to see traces; everything else works without.";
        }

        int[] used = [.. new[] { options.Port, options.OtlpPort - 1, options.OtlpPort }.Where(IsUsed)];
        return used.Length == 0
            ? null
            : $"Not started, because port {string.Join(" and ", used)} of 127.0.0.1 is in use, perhaps by another dashboard. Stop that one, or choose other ports (--dashboard-port, --otlp-port); everything else works without.";
    }

    private async Task<string> RunAsync(AspireCli cli)
    {
        try
        {
            string? aspire = cli.Find() ?? await cli.InstallAsync(_end.Token);
            if (aspire is null)
            {
                return Failed("npm could not fetch the Aspire CLI. Install it (https://aspire.dev) to see traces");
            }

            _process = DashboardProcess.Start(aspire, _options);
            return await _process.WhenHealthyAsync(_options.Url, LongestStart, _clock, _end.Token)
                ? Status = $"{_options.Url}"
                : Failed($"it says '{_process.LastLine}'");
        }
        catch (OperationCanceledException)
        {
            return Failed("the system was stopped first");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
        {
            return Failed(e.Message);
        }
    }

    private string Failed(string reason)
    {
        _failed = true;
        return Status = $"Not started: {reason}; everything else works without.";
    }

    /// <summary>The CLI has ended; the dashboard beneath it ends a moment later, and the next start needs its ports.</summary>
    private async Task WhenPortIsFreeAsync()
    {
        for (long began = _clock.GetTimestamp(); IsUsed(_options.Port) && _clock.GetElapsedTime(began) < LongestEnd;)
        {
            await Task.Delay(Poll, _clock);
        }
    }

    private static bool IsUsed(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port);
}
