using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using LocalAws.Endpoint;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Deployment;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.App.Storage;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

/// <summary>
/// The system as the synthesized template declares it. The template is the one in the tests of the CDK app, where a test fails when it is no longer
/// what the app synthesizes: what is deployed is what was tried here.
/// </summary>
public class TemplateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static string Synthesized { get; } = Path.Combine(AppContext.BaseDirectory, "Templates", "WhatsAppBuffer.template.json");

    [Fact]
    public async Task The_guides_burst_on_what_the_template_declares_reaches_the_agent_as_one_message()
    {
        Scenario burst = ScenarioFile.Read("rapid-burst");
        await using SimulatorHost simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Port = 0, Speed = burst.Speed, Template = Synthesized }, TimeProvider.System, CancellationToken.None);
        await simulator.WhenReadyAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        // On a busy machine the clock waits, as for `./wab.cs scenario`.
        var machine = new SlowMachine(simulator.Simulation.Clock, simulator.Simulation.IsBehind, TimeSpan.FromSeconds(burst.Window), TimeProvider.System);
        using var end = new CancellationTokenSource();
        Task watching = machine.WatchAsync(end.Token);

        ScenarioRun run = await new ScenarioRunner(new ControlClient(http), TimeProvider.System, machine).PlayAsync(burst, CancellationToken.None);

        await end.CancelAsync();
        await watching;
        Assert.All(Judgement.Of(run), verdict => Assert.True(verdict.Holds, verdict.ToString()));
        Assert.Contains(simulator.Notes, note => note.Contains("AWS::CloudWatch::Alarm: ", StringComparison.Ordinal));
    }

    /// <summary>Two deployments on one state: the tables stay where they are, everything else is set up by the second template.</summary>
    [Fact]
    public async Task A_second_deployment_with_another_release_policy_goes_on_with_what_the_first_left()
    {
        DynamoDbLocalPackage package = await StorageTests.OrSkipAsync(() => DynamoDbLocalPackage.GetAsync(TestContext.Current.CancellationToken));
        await using DynamoDbLocalProcess tables = await StorageTests.OrSkipAsync(() => DynamoDbLocalProcess.StartAsync(package, TimeProvider.System, TestContext.Current.CancellationToken));
        string first = Path.Combine(Directory.CreateTempSubdirectory().FullName, "first.template.json");
        // Nobody waits for twenty seconds here: the clock of tables that live elsewhere is the real one.
        await File.WriteAllTextAsync(first, (await File.ReadAllTextAsync(Synthesized))
            .Replace("\"TumblingWindowInSeconds\": 20", "\"TumblingWindowInSeconds\": 2", StringComparison.Ordinal)
            .Replace("\"MaximumBatchingWindowInSeconds\": 20", "\"MaximumBatchingWindowInSeconds\": 2", StringComparison.Ordinal));

        ChatView before = await TalkAsync(first, tables.Uri, "before");
        ChatView after = await TalkAsync(Path.Combine(Path.GetDirectoryName(Synthesized)!, "WhatsAppBuffer.quiet.template.json"), tables.Uri, "after");

        Assert.Equal("before", Assert.Single(TextsOf(before)));
        Assert.Equal("after", Assert.Single(TextsOf(after)));
        using AmazonDynamoDBClient direct = CloudDeployer.DynamoDbAt(tables.Uri, new AwsAccount());
        List<Dictionary<string, AttributeValue>> rows = (await direct.ScanAsync(new ScanRequest(Tables.ActiveConnections.Name))).Items;
        Assert.Single(rows, row => row[Tables.ActiveConnections.SortKey!].S == "chat");
        Assert.DoesNotContain(rows, row => row[Tables.ActiveConnections.SortKey!].S.StartsWith("outbox#", StringComparison.Ordinal));
    }

    private static IEnumerable<string> TextsOf(ChatView chat) => chat.Transcript.Where(item => item is { Role: "CUSTOMER", ContentType: "text/plain" }).Select(item => item.Content);

    private static async Task<ChatView> TalkAsync(string template, Uri tables, string text)
    {
        await using SimulatorHost simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Port = 0, Template = template, Storage = new StorageOptions { Home = StorageOptions.DynamoDbLocal, Endpoint = tables } }, TimeProvider.System, TestContext.Current.CancellationToken);
        await simulator.WhenReadyAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        var control = new ControlClient(http);
        await control.SendAsync(new SendMessageRequest { Customer = "Kike", Phone = "15550040001", Text = text }, CancellationToken.None);
        IReadOnlyList<ChatView> chats = await RunningSimulator.WhenAsync(
            () => control.GetChatsAsync(CancellationToken.None), chats => chats.Any(chat => chat.Transcript.Any(item => item.Content.Contains(text, StringComparison.Ordinal))));
        await RunningSimulator.WhenAsync(() => control.GetStatusAsync(CancellationToken.None), status => status.Idle);
        Assert.Empty(await control.GetDeadLettersAsync(CancellationToken.None));
        return Assert.Single(chats);
    }

    [Fact]
    public async Task A_setting_that_the_cloud_refuses_stops_up_and_names_the_resource_and_the_setting()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "changed.template.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(Synthesized)).Replace("\"BatchSize\": 10000,", "\"BatchSize\": 10000, \"ParallelizationFactor\": 2,", StringComparison.Ordinal));
        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", "0", "--from-template", file);

        Assert.Equal(2, await simulator.WhenExitedAsync(Patience));
        Assert.Contains("BufferMapping325D9B9E", simulator.Output, StringComparison.Ordinal);
        Assert.Contains("ParallelizationFactor", simulator.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buffer_time_beside_a_template_is_refused_because_the_template_has_its_own()
    {
        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", "0", "--window", "5", "--from-template", Synthesized);

        Assert.NotEqual(0, await simulator.WhenExitedAsync(Patience));
        Assert.Contains("--window and --from-template exclude each other", simulator.Output, StringComparison.Ordinal);
    }
}
