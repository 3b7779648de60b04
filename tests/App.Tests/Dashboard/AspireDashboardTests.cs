using System.Net;
using System.Net.Sockets;
using WhatsAppBuffer.Simulator.App.Dashboard;
using LocalAws.Testing;

namespace App.Tests.Dashboard;

/// <summary>With stand-ins for the Aspire CLI: whatever keeps the dashboard from running, the system starts, and says so in one sentence.</summary>
public sealed class AspireDashboardTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dashboard");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Switched_off_nothing_is_exported()
    {
        await using AspireDashboard dashboard = await StartAsync(Options with { Enabled = false });

        Assert.Contains("--no-dashboard", dashboard.Status, StringComparison.Ordinal);
        Assert.Empty(dashboard.Environment);
    }

    [Fact]
    public async Task A_missing_CLI_is_said_and_the_system_runs_without()
    {
        await using AspireDashboard dashboard = await StartAsync(Options);

        Assert.Contains("the Aspire CLI was not found", dashboard.Status, StringComparison.Ordinal);
        Assert.Null(dashboard.Url);
        Assert.Empty(dashboard.Environment);
    }

    [Fact]
    public async Task A_used_port_is_named_with_the_remedy()
    {
        WriteCli("exit 0");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using AspireDashboard dashboard = await StartAsync(Options with { Port = port });

        Assert.Contains($"port {port}", dashboard.Status, StringComparison.Ordinal);
        Assert.Contains("--dashboard-port", dashboard.Status, StringComparison.Ordinal);
        Assert.Empty(dashboard.Environment);
    }

    [Fact]
    public async Task A_CLI_that_fails_is_quoted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        WriteCli("echo 'no room on this disk' >&2; exit 3");

        await using AspireDashboard dashboard = await StartAsync(Options);

        Assert.Contains("no room on this disk", await dashboard.Settled, StringComparison.Ordinal);
        Assert.Null(dashboard.Url);
    }

    [Fact]
    public async Task A_dashboard_that_takes_its_time_does_not_hold_up_the_start_and_is_ended_with_the_system()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        string running = Path.Combine(_folder.FullName, "running");
        WriteCli($"echo $$ > {running}; exec sleep 60");

        AspireDashboard dashboard = await StartAsync(Options with { Patience = TimeSpan.FromMilliseconds(200) });

        Assert.False(dashboard.Settled.IsCompleted);
        Assert.Equal(dashboard.OtlpEndpoint!.OriginalString, dashboard.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        await Eventually.IsTrueAsync(() => File.Exists(running) && File.ReadAllText(running).EndsWith('\n'), "the CLI runs");
        int process = int.Parse(File.ReadAllText(running).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        await dashboard.DisposeAsync();
        Assert.False(IsRunning(process));
    }

    private DashboardOptions Options => new() { Port = 1, OtlpPort = 3, SearchPath = _folder.FullName, ToolFolder = Path.Combine(_folder.FullName, "tools") };

    private static Task<AspireDashboard> StartAsync(DashboardOptions options) =>
        AspireDashboard.TryStartAsync(options, TimeProvider.System, CancellationToken.None);

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private void WriteCli(string script) => ShellScript.Write(Path.Combine(_folder.FullName, OperatingSystem.IsWindows() ? "aspire.cmd" : "aspire"), script);
}
