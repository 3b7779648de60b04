namespace Launcher.Tests;

/// <summary>What the launcher runs ends with it.</summary>
[Collection(nameof(Launcher))]
public sealed class SignalTests(Launcher launcher) : IDisposable
{
    private readonly DirectoryInfo _tools = Directory.CreateTempSubdirectory("wab-tools-");

    [Fact]
    public async Task Who_terminates_the_launcher_terminates_what_it_runs_and_gets_its_exit_code()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        AddTool("node", "echo v20.0.0");
        AddTool("npx", "trap 'echo told to end; exit 7' TERM; echo ready; i=0; while [ $i -lt 1200 ]; do sleep 0.05; i=$((i+1)); done");

        Ended ended = await launcher.RunUntilReadyAsync(_tools.FullName, "synth", "--help");

        Assert.True(ended.Output.Contains("told to end", StringComparison.Ordinal), ended.ToString());
        Assert.Equal(7, ended.ExitCode);
    }

    public void Dispose() => _tools.Delete(recursive: true);

    private void AddTool(string name, string script)
    {
        string file = Path.Combine(_tools.FullName, name);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
