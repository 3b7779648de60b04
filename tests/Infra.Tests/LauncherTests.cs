using System.Diagnostics;
using Infra.Tests.Synthesis;

namespace Infra.Tests;

/// <summary>What a person types after <c>./wab.cs</c> must reach it; options such as <c>-c</c> and <c>--help</c> are dotnet's own too.</summary>
public class LauncherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Options_reach_the_launcher_and_not_dotnet()
    {
        (int exit, string output) = await RunAsync("--help");

        Assert.Equal(0, exit);
        Assert.Contains("./wab.cs synth [cdk arguments]", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wab: --architecture is x64 or arm64.", "publish", "-c", "Debug", "--architecture", "mips")]
    [InlineData("wab: --architecture is x64 or arm64.", "synth", "-c", "architecture=mips")]
    [InlineData("wab: --managed functions run on x64 and arm64 alike", "publish", "--managed", "--architecture", "arm64")]
    [InlineData("wab: 'dance' is not a command of wab.cs.", "dance")]
    public async Task What_cannot_be_is_said_before_anything_is_built(string sentence, params string[] arguments)
    {
        (int exit, string output) = await RunAsync(arguments);

        Assert.Equal(2, exit);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not read the file's first line.");
        var start = new ProcessStartInfo(Repository.Path("wab.cs"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
