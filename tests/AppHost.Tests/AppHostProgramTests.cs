using LocalAws.Testing;

namespace AppHost.Tests;

public class AppHostProgramTests
{
    [Fact]
    public async Task After_Ctrl_C_no_process_is_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which processes are whose is read from /proc.");
        using AppHostProgram program = AppHostProgram.Start("--storage", "embedded", "--lambda", "simulator");
        await Eventually.IsTrueAsync(
            () => Functions.All(function => program.Descendants().Any(command => command.Contains(function, StringComparison.Ordinal))),
            "Every function has a process.",
            limit: RunningAppHost.Patience);

        program.Interrupt();

        Assert.Equal(0, await program.WhenExitedAsync());
        await Eventually.IsTrueAsync(() => program.Descendants().Length == 0, "Every process has ended.", limit: RunningAppHost.Patience);
    }

    [Theory]
    [InlineData("--window", "0", "1 to 300")]
    [InlineData("--lambda", "docker", "simulator")]
    public async Task A_refused_choice_is_one_sentence_and_exit_code_2(string choice, string value, string remedy)
    {
        using AppHostProgram program = AppHostProgram.Start(choice, value);

        Assert.Equal(2, await program.WhenExitedAsync());
        Assert.StartsWith($"AppHost: {choice} {value}", program.Output, StringComparison.Ordinal);
        Assert.Contains(remedy, program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', program.Output);
    }

    [Fact]
    public async Task Deploying_is_refused_with_what_to_do_instead()
    {
        using AppHostProgram program = AppHostProgram.Start("--operation", "publish", "--step", "deploy");

        // The exit code is Aspire's: its CLI fails, which is told of the failed step, the AppHost's own process does not.
        await program.WhenExitedAsync();
        Assert.Contains("Deploy with `./wab.cs deploy`", program.Output, StringComparison.Ordinal);
    }

    private static readonly string[] Functions = ["OnRawMessages", "MessageAggregator", "WhatsAppEventHandler"];
}
