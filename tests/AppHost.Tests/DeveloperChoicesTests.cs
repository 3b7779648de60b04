using Microsoft.Extensions.Configuration;
using WhatsAppBuffer.AppHost.Choices;
using WhatsAppBuffer.Topology;

namespace AppHost.Tests;

public class DeveloperChoicesTests
{
    private static Task<DeveloperChoices> ReadAsync(string? runtime, params (string Name, string Value)[] settings) => DeveloperChoices.ReadAsync(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build(),
        new Runtime(runtime),
        TestContext.Current.CancellationToken);

    private static async Task<string> RefusalAsync(string? runtime, params (string Name, string Value)[] settings) =>
        (await Assert.ThrowsAsync<ChoiceException>(() => ReadAsync(runtime, settings))).Message;

    [Fact]
    public async Task Where_a_container_runtime_answers_LocalStack_is_the_home()
    {
        DeveloperChoices choices = await ReadAsync("podman");

        Assert.Equal((StorageKind.LocalStack, LambdaKind.Attached, 20, 1.0), (choices.Storage, choices.Lambda, choices.WindowSeconds, choices.Speed));
    }

    [Fact]
    public async Task Where_none_answers_the_embedded_home_is_taken_without_a_word() =>
        Assert.Equal(StorageKind.Embedded, (await ReadAsync(null)).Storage);

    [Theory]
    [InlineData("localstack")]
    [InlineData("dynamodb-local")]
    public async Task A_container_home_without_a_runtime_is_refused_with_what_to_install_or_choose(string home)
    {
        string refusal = await RefusalAsync(null, ("storage", home));

        Assert.Contains(home, refusal, StringComparison.Ordinal);
        Assert.Contains("Docker or Podman", refusal, StringComparison.Ordinal);
        Assert.Contains("--storage embedded", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_home_without_a_container_does_not_ask_for_a_runtime() =>
        Assert.Equal(StorageKind.Embedded, (await DeveloperChoices.ReadAsync(
            new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("storage", (string?)"embedded")]).Build(),
            new NeverAsked(),
            TestContext.Current.CancellationToken)).Storage);

    [Fact]
    public async Task A_parameter_of_Aspire_counts_where_the_command_line_says_nothing()
    {
        DeveloperChoices choices = await ReadAsync(null, ("Parameters:window", "7"), ("Parameters:speed", "3"), ("speed", "2.5"));

        Assert.Equal((7, 2.5), (choices.WindowSeconds, choices.Speed));
    }

    [Fact]
    public async Task The_customer_ends_a_burst_unless_a_window_is_chosen()
    {
        Assert.Equal(ReleaseChoice.Quiet, (await ReadAsync(null)).Release);
        Assert.Equal(ReleaseChoice.Window, (await ReadAsync(null, ("window", "7"))).Release);
        Assert.Equal(ReleaseChoice.Window, (await ReadAsync(null, ("release", "window"))).Release);
        Assert.Contains("--window and --release quiet exclude each other", await RefusalAsync(null, ("release", "quiet"), ("window", "7")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_home_that_lives_by_the_real_clock_is_neither_taken_nor_accepted_with_another_speed()
    {
        Assert.Equal(StorageKind.Embedded, (await ReadAsync("docker", ("speed", "10"))).Storage);
        Assert.Contains("--speed", await RefusalAsync("docker", ("speed", "10"), ("storage", "localstack")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_own_account_is_taken_only_with_a_name_prefix_and_a_region()
    {
        Assert.Contains("--prefix", await RefusalAsync(null, ("storage", "aws"), ("AWS_REGION", "eu-west-1")), StringComparison.Ordinal);
        Assert.Contains("--prefix", await RefusalAsync(null, ("storage", "aws"), ("prefix", "Not-This")), StringComparison.Ordinal);
        Assert.Contains("AWS_REGION", await RefusalAsync(null, ("storage", "aws"), ("prefix", "trial")), StringComparison.Ordinal);

        DeveloperChoices choices = await ReadAsync(null, ("storage", "aws"), ("prefix", "trial"), ("AWS_REGION", "eu-west-1"));

        Assert.Equal(new OwnAccount("eu-west-1", "trial"), choices.Account);
    }

    [Theory]
    [InlineData("storage", "mongo", "localstack")]
    [InlineData("lambda", "docker", "emulator")]
    [InlineData("window", "0", "1 to 300")]
    [InlineData("window", "301", "1 to 300")]
    [InlineData("window", "2.5", "1 to 300")]
    [InlineData("window", "soon", "1 to 300")]
    [InlineData("port", "0", "1 to 65535")]
    [InlineData("port", "4766.5", "1 to 65535")]
    [InlineData("speed", "0", "above 0")]
    [InlineData("speed", "Infinity", "above 0")]
    public async Task A_choice_that_does_not_exist_is_refused_by_name_with_those_that_do(string name, string value, string remedy)
    {
        string refusal = await RefusalAsync("docker", (name, value));

        Assert.Contains($"--{name} {value}", refusal, StringComparison.Ordinal);
        Assert.Contains(remedy, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_package_of_the_test_tool_it_is_refused_with_what_to_choose()
    {
        Assert.SkipWhen(typeof(DeveloperChoices).Assembly.GetType("WhatsAppBuffer.AppHost.TestTool.LambdaTestToolExtensions") is not null, "This build has the test tool.");

        string refusal = await RefusalAsync(null, ("lambda", "emulator"));

        Assert.Contains("Aspire.Hosting.AWS", refusal, StringComparison.Ordinal);
        Assert.Contains("--lambda attached", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runtime_whose_command_does_not_exist_does_not_answer()
    {
        var runtime = new ContainerRuntime(name => name == "ASPIRE_CONTAINER_RUNTIME" ? "no-such-container-runtime" : null, TimeProvider.System);

        Assert.Null(await runtime.FindAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Runtime(string? name) : IContainerRuntime
    {
        public Task<string?> FindAsync(CancellationToken cancellationToken) => Task.FromResult(name);
    }

    private sealed class NeverAsked : IContainerRuntime
    {
        public Task<string?> FindAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("Nobody needs to know.");
    }
}
