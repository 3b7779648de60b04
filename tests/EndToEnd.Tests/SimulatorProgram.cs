using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>The simulator's program in a process of its own, as `wab.cs` starts it.</summary>
internal sealed class SimulatorProgram : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private SimulatorProgram(Process process) => _process = process;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public string Output => string.Join('\n', Lines);

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public static SimulatorProgram Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    /// <summary>With more in its environment.</summary>
    public static SimulatorProgram Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "WhatsAppBuffer.Simulator.Page.dll");
        // Tests started in the background inherit that Ctrl+C is ignored, and would hand it on.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", program] : ["dotnet", program];
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        var simulator = new SimulatorProgram(new Process { StartInfo = start });
        simulator._process.OutputDataReceived += (_, e) => simulator.Add(e.Data);
        simulator._process.ErrorDataReceived += (_, e) => simulator.Add(e.Data);
        simulator._process.Start();
        simulator._process.BeginOutputReadLine();
        simulator._process.BeginErrorReadLine();
        return simulator;
    }

    public async Task<int> WhenExitedAsync(TimeSpan within)
    {
        using var timeout = new CancellationTokenSource(within, TimeProvider.System);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>Types a line.</summary>
    public void Say(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>Ctrl+C.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
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
