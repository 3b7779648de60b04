namespace Launcher.Tests;

[Collection(nameof(Launcher))]
public sealed class ArgumentTests(Launcher launcher)
{
    [Theory]
    [InlineData("help")]
    [InlineData("")]
    public async Task Help_lists_the_commands(string argument)
    {
        Ended help = await launcher.RunAsync(argument.Length == 0 ? [] : [argument]);

        Assert.Equal(0, help.ExitCode);
        Assert.All(["up", "scenario", "test", "mutation", "bench", "publish", "feed"], command => Assert.Contains($"./wab.cs {command}", help.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'pu' is not a command of wab.cs. `./wab.cs help` lists them.", "pu")]
    [InlineData("'clocks' is not a room of the mutation run: clock, windows, aggregation.", "mutation", "clock", "clocks")]
    [InlineData("--architecture is x64 or arm64.", "publish", "--architecture", "riscv64")]
    [InlineData("--architecture is x64 or arm64.", "publish", "--architecture")]
    [InlineData("--managed functions run on x64 and arm64 alike: leave --architecture out.", "publish", "--managed", "--architecture", "x64")]
    public async Task What_cannot_be_done_is_one_sentence_and_exit_code_2(string sentence, params string[] arguments)
    {
        Ended refused = await launcher.RunAsync(arguments);

        Assert.Equal(2, refused.ExitCode);
        Assert.Equal($"wab: {sentence}", refused.Errors.Trim());
        Assert.Empty(refused.Output);
    }
}
