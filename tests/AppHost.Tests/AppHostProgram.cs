using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AppHost.Tests;

/// <summary>The AppHost in a process of its own, as a developer starts it, but on ports of its own and unseen by Aspire's CLI.</summary>
internal sealed class AppHostProgram : IDisposable
{
    private const string Mark = "WHATSAPPBUFFER_TEST";

    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private AppHostProgram(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "AppHost.dll");
        // Tests started in the background inherit that Ctrl+C is ignored, and would hand it on.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", program] : ["dotnet", program];
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Mark] = _mark;
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        start.Environment["DcpPublisher__RandomizePorts"] = "true";
        string[] endpoints = ["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"];
        foreach ((string endpoint, int port) in endpoints.Zip(FreePorts(endpoints.Length)))
        {
            start.Environment[endpoint] = $"http://127.0.0.1:{port}";
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Add(e.Data);
        _process.ErrorDataReceived += (_, e) => Add(e.Data);
    }

    /// <summary>What it has written.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public static AppHostProgram Start(params string[] arguments)
    {
        var program = new AppHostProgram(arguments);
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>The command lines of the processes that it has started, directly or not, and that still run; its own is not among them. Linux only.</summary>
    public string[] Descendants() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out int id) && id != _process.Id)
            .Where(folder => Read(folder, "environ").Contains($"{Mark}={_mark}", StringComparison.Ordinal))
            .Select(folder => Read(folder, "cmdline").Replace('\0', ' ').Trim())
            .Where(command => command.Length > 0),
    ];

    public async Task<int> WhenExitedAsync()
    {
        using var patience = new CancellationTokenSource(RunningAppHost.Patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ctrl+C.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static IEnumerable<int> FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }

    /// <summary>A file of a process; empty when the process is another user's or has ended.</summary>
    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private void Add(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
