using WhatsAppBuffer.Simulator.App.Cli;

namespace App.Tests.Cli;

public class CommandLineTests
{
    [Theory]
    [InlineData("up --port 99999", "--port 99999 is not a port: 0 to 65535.")]
    [InlineData("up --port many", "--port many is not a port: 0 to 65535.")]
    [InlineData("up --dashboard-port 0", "--dashboard-port 0 is not a port: 1 to 65535.")]
    [InlineData("up --otlp-port 1", "--otlp-port 1 is not a port: 2 to 65535.")]
    [InlineData("up --window 0", "--window 0 is not 1 to 300 seconds: AWS allows no other batching window.")]
    [InlineData("up --release quiet --window 5", "--window and --release quiet exclude each other: quiet has no window; quiet_seconds and quiet_max_seconds of the parameter say how long it is waited.")]
    [InlineData("up --release quiet --wiring guide", "--release quiet needs --wiring queues: what may not go yet waits in the queue.")]
    [InlineData("up --release quiet --from-template x.json", "--release and --from-template exclude each other: the template has its own. Synthesize it with another: ./wab.cs synth -c release=quiet")]
    [InlineData("scenario x --speed fast", "--speed fast is not 0.001 to 10,000 seconds of the simulator's clock per real second.")]
    [InlineData("up --quotas asw", "--quotas asw is not none or aws; did you mean 'aws'?")]
    [InlineData("up --quotas AWS!", "--quotas AWS! is not none or aws; did you mean 'aws'?")]
    [InlineData("up --prot 5", "'--prot' is not an option of ./wab.cs up; did you mean '--port'? All there are: ./wab.cs up --help")]
    [InlineData("up --utter-nonsense", "'--utter-nonsense' is not an option of ./wab.cs up. All there are: ./wab.cs up --help")]
    [InlineData("scenari", "'scenari' is not a command of ./wab.cs; did you mean 'scenario'? All there are: ./wab.cs --help")]
    public void What_is_wrong_is_said_in_one_line(string arguments, string problem) =>
        Assert.Equal(problem, CommandLine.Problem(CommandLine.Create(TimeProvider.System).Parse(arguments)));

    [Theory]
    [InlineData("up --port 0 --window 300 --speed 0.5 --quotas aws")]
    [InlineData("up --release window --window 5")]
    [InlineData("up --wiring guide")]
    [InlineData("scenario rapid-burst --quotas none --release quiet")]
    [InlineData("up --help")]
    public void Nothing_is_wrong_with_what_is_in_range(string arguments) => Assert.Null(CommandLine.Problem(CommandLine.Create(TimeProvider.System).Parse(arguments)));

    [Fact]
    public void A_home_of_the_tables_that_there_is_not_is_named_in_one_line_with_those_there_are()
    {
        string problem = CommandLine.Problem(CommandLine.Create(TimeProvider.System).Parse("up --storage mongo"))!;

        Assert.DoesNotContain('\n', problem);
        Assert.Contains("mongo", problem, StringComparison.Ordinal);
        Assert.Contains("dynamodb-local", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "Usage:", "./wab.cs [command]")]
    [InlineData("up --help", "./wab.cs up [options]", "--quotas <none|aws>")]
    public async Task Help_shows_the_launchers_name_and_choices_as_they_are_typed(string arguments, params string[] parts)
    {
        using var output = new StringWriter();

        await CommandLine.Create(TimeProvider.System).Parse(arguments).InvokeAsync(new() { Output = output });

        Assert.All(parts, part => Assert.Contains(part, output.ToString(), StringComparison.Ordinal));
    }
}
