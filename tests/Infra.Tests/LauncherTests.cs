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
    [InlineData("Context key architecture is 'mips': give x64 or arm64", "synth", "-c", "architecture=mips")]
    [InlineData("There is no stage 'prodction'", "synth", "--stage", "prodction")]
    [InlineData("wab: --stage needs the name of a file in deploy/", "diff", "--stage")]
    [InlineData("wab: --managed functions run on x64 and arm64 alike", "publish", "--managed", "--architecture", "arm64")]
    [InlineData("wab: 'dance' is not a command of wab.cs.", "dance")]
    public async Task What_cannot_be_is_said_before_anything_is_published(string sentence, params string[] arguments)
    {
        (int exit, string output) = await RunAsync(arguments);

        Assert.Equal(2, exit);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    /// <summary>Before it publishes, which takes minutes, and before the CDK is called.</summary>
    [Fact]
    public async Task A_deployment_that_takes_something_away_is_not_begun_without_a_word()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script that plays the AWS CLI is one for a shell.");
        using var bin = new TemporaryFolder();
        bin.Write("aws", """
            #!/bin/sh
            echo '{"Stacks":[{"StackName":"WhatsAppBuffer","Outputs":[{"OutputKey":"DeployedSettings","OutputValue":"{\\"stage\\":\\"production\\",\\"alarmEmail\\":\\"oncall@example.com\\"}"}]}]}'
            """u8.ToArray());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(bin.Path, "aws"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        (int exit, string output) = await RunAsync(["deploy", "--stage", "production", "-c", "bufferSeconds=5"], bin.Path);

        Assert.Equal(2, exit);
        Assert.Contains("By hand: bufferSeconds=5 (given by hand; production.json says 20)", output, StringComparison.Ordinal);
        Assert.Contains("Taken away: Alarms would go nowhere: the deployed stack has a target.", output, StringComparison.Ordinal);
        Assert.Contains("wab: Nothing was deployed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Publishing", output, StringComparison.Ordinal);
    }

    private static Task<(int Exit, string Output)> RunAsync(params string[] arguments) => RunAsync(arguments, bin: null);

    private static async Task<(int Exit, string Output)> RunAsync(string[] arguments, string? bin)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not read the file's first line.");
        var start = new ProcessStartInfo(Repository.Path("wab.cs"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        if (bin is not null)
        {
            start.Environment["PATH"] = $"{bin}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        }

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
