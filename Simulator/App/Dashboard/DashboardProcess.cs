using System.Diagnostics;

namespace WhatsAppBuffer.Simulator.App.Dashboard;

/// <summary>A running <c>aspire dashboard run</c>.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private string _lastLine = "";

    private DashboardProcess(Process process) => _process = process;

    /// <summary>What it wrote last: its reason when it ended.</summary>
    public string LastLine => _lastLine;

    public static DashboardProcess Start(string aspire, DashboardOptions options)
    {
        var start = new ProcessStartInfo(aspire,
        [
            "dashboard", "run", "--allow-anonymous", "--non-interactive", "--nologo",
            "--frontend-url", options.Url.OriginalString,
            "--otlp-grpc-url", $"http://127.0.0.1:{options.OtlpPort - 1}",
            "--otlp-http-url", $"http://127.0.0.1:{options.OtlpPort}",
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        var dashboard = new DashboardProcess(new Process { StartInfo = start });
        dashboard._process.OutputDataReceived += dashboard.Keep;
        dashboard._process.ErrorDataReceived += dashboard.Keep;
        dashboard._process.Start();
        dashboard._process.StandardInput.Close();
        dashboard._process.BeginOutputReadLine();
        dashboard._process.BeginErrorReadLine();
        return dashboard;
    }

    /// <summary>Waits until it answers. False: it ended instead, or did not answer within the limit.</summary>
    public async Task<bool> WhenHealthyAsync(Uri url, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        for (long began = clock.GetTimestamp(); clock.GetElapsedTime(began) < limit && !_process.HasExited;)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri(url, "health"), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // Not listening yet.
            }

            await Task.Delay(Poll, clock, cancellationToken);
        }

        if (_process.HasExited)
        {
            // Its last words may still be on their way.
            await _process.WaitForExitAsync(cancellationToken);
        }

        return false;
    }

    /// <summary>Ends it and the dashboard beneath it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        // The last line of an error names the log file; the reason stands before it.
        if (!string.IsNullOrWhiteSpace(e.Data) && !e.Data.Contains("See logs at", StringComparison.Ordinal))
        {
            _lastLine = e.Data.Trim();
        }
    }
}
