using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Deployment;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.App.Storage;
using LocalAws.Endpoint;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

public class StorageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static async Task<T> OrSkipAsync<T>(Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (UserErrorException e) when (e.Message.Contains("npm", StringComparison.Ordinal) || e.Message.Contains("DynamoDB Local", StringComparison.Ordinal))
        {
            Needs.Have(false, e.Message);
            throw;
        }
    }

    private static async Task<SimulatorHost> StartAsync(StorageOptions storage, int window)
    {
        SimulatorHost simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Port = 0, BufferSeconds = window, Storage = storage }, TimeProvider.System, TestContext.Current.CancellationToken);
        await simulator.WhenReadyAsync(TestContext.Current.CancellationToken);
        return simulator;
    }

    private static async Task<ChatView> SendAndReadAsync(SimulatorHost simulator, string customer, string text)
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        var control = new ControlClient(http);
        await control.SendAsync(new SendMessageRequest { Customer = customer, Text = text }, CancellationToken.None);
        IReadOnlyList<ChatView> chats = await RunningSimulator.WhenAsync(
            () => control.GetChatsAsync(CancellationToken.None), chats => chats.Any(c => c.Transcript.Any(i => i.Content == text)));
        return Assert.Single(chats);
    }

    [Fact]
    public async Task A_home_that_runs_already_keeps_its_items_but_an_earlier_runs_messages_are_not_delivered_again()
    {
        DynamoDbLocalPackage package = await OrSkipAsync(() => DynamoDbLocalPackage.GetAsync(TestContext.Current.CancellationToken));
        await using DynamoDbLocalProcess running = await OrSkipAsync(() => DynamoDbLocalProcess.StartAsync(package, TimeProvider.System, TestContext.Current.CancellationToken));
        var storage = new StorageOptions { Home = StorageOptions.DynamoDbLocal, Endpoint = running.Uri, Prefix = "mine-" };
        await using (SimulatorHost yesterday = await StartAsync(storage, window: 1))
        {
            await SendAndReadAsync(yesterday, "Kike", "yesterday");
        }

        await using SimulatorHost today = await StartAsync(storage, window: 1);
        ChatView chat = await SendAndReadAsync(today, "Ana", "today");

        Assert.DoesNotContain(chat.Transcript, i => i.Content == "yesterday");
        using AmazonDynamoDBClient direct = CloudDeployer.DynamoDbAt(running.Uri, new AwsAccount());
        Assert.Equal(2, (await direct.ScanAsync(new ScanRequest("mine-raw_messages"))).Count);
    }

    [Fact]
    public async Task A_reset_empties_the_systems_tables_and_no_others()
    {
        DynamoDbLocalPackage package = await OrSkipAsync(() => DynamoDbLocalPackage.GetAsync(TestContext.Current.CancellationToken));
        await using DynamoDbLocalProcess running = await OrSkipAsync(() => DynamoDbLocalProcess.StartAsync(package, TimeProvider.System, TestContext.Current.CancellationToken));
        using AmazonDynamoDBClient direct = CloudDeployer.DynamoDbAt(running.Uri, new AwsAccount());
        await TableSetup.RunAsync(direct, TimeProvider.System, TestContext.Current.CancellationToken);
        var item = new Dictionary<string, AttributeValue> { [Tables.RawMessages.PartitionKey] = new("someone"), [Tables.RawMessages.SortKey] = new("else's") };
        await direct.PutItemAsync(Tables.RawMessages.Name, item);
        await using SimulatorHost simulator = await StartAsync(new StorageOptions { Home = StorageOptions.DynamoDbLocal, Endpoint = running.Uri, Prefix = "mine-" }, window: 1);
        await SendAndReadAsync(simulator, "Kike", "Hello");

        await simulator.Simulation.ResetAsync(word: null, TestContext.Current.CancellationToken);

        Assert.Empty(simulator.Simulation.Chats());
        Assert.Equal(0, (await direct.ScanAsync(new ScanRequest("mine-raw_messages"))).Count);
        Assert.Equal(0, (await direct.ScanAsync(new ScanRequest("mine-active_connections"))).Count);
        Assert.Equal(1, (await direct.ScanAsync(new ScanRequest(Tables.RawMessages.Name))).Count);
    }

    [Fact]
    public async Task The_guides_burst_becomes_one_message_with_the_tables_in_DynamoDB_Local()
    {
        await using SimulatorHost simulator = await OrSkipAsync(() => StartAsync(new StorageOptions { Home = StorageOptions.DynamoDbLocal, Prefix = "wab-test-" }, window: 10));
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        var control = new ControlClient(http);

        ScenarioRun run = await new ScenarioRunner(control, TimeProvider.System).PlayAsync(ScenarioFile.Read("rapid-burst"), CancellationToken.None);

        Assert.All(Judgement.Of(run), verdict => Assert.True(verdict.Holds, verdict.ToString()));
        StatusView status = await control.GetStatusAsync(CancellationToken.None);
        Assert.Contains(status.Parts, part => part.Name == "storage" && part.Detail.StartsWith("dynamodb-local at http://127.0.0.1:", StringComparison.Ordinal));
        StatisticsView statistics = await control.GetStatisticsAsync(CancellationToken.None);
        // Four messages, and whose the chat is.
        Assert.Equal(5, statistics.Calls["dynamodb.PutItem"]);
        Assert.Equal(0, statistics.WriteRequestUnits);
    }

    [Fact]
    public async Task Tables_in_an_AWS_account_are_reached_with_signed_requests_in_the_users_region()
    {
        DynamoDbLocalPackage package = await OrSkipAsync(() => DynamoDbLocalPackage.GetAsync(TestContext.Current.CancellationToken));
        await using DynamoDbLocalProcess inPlaceOfAws = await OrSkipAsync(() => DynamoDbLocalProcess.StartAsync(package, TimeProvider.System, TestContext.Current.CancellationToken));
        var user = new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "secret", ["AWS_SESSION_TOKEN"] = "token", ["AWS_REGION"] = "eu-west-1" };
        using var simulator = SimulatorProgram.Start(
            user, "up", "--no-dashboard", "--port", "0", "--window", "1", "--storage", "aws", "--storage-endpoint", inPlaceOfAws.Uri.ToString(), "--storage-prefix", "mine-");
        IReadOnlyList<string> lines = await RunningSimulator.WhenAsync(
            () => Task.FromResult(simulator.Lines), lines => lines.Any(line => line.StartsWith("local cloud: ready", StringComparison.Ordinal)));
        using var http = new HttpClient { BaseAddress = new Uri(lines.First(line => line.StartsWith("local cloud: ready", StringComparison.Ordinal)).Split('(', ')')[1]) };
        var control = new ControlClient(http);

        await control.SendAsync(new SendMessageRequest { Customer = "Kike", Text = "Hello" }, CancellationToken.None);

        await RunningSimulator.WhenAsync(() => control.GetChatsAsync(CancellationToken.None), chats => chats.Any(c => c.Transcript.Any(i => i.Content == "Hello")));
        using AmazonDynamoDBClient direct = CloudDeployer.DynamoDbAt(inPlaceOfAws.Uri, new AwsAccount());
        TableDescription table = (await direct.DescribeTableAsync("mine-raw_messages")).Table;
        Assert.Equal(1, table.ItemCount);

        // What a reset deletes in an account cannot be had again: a page must not be able to ask for it.
        string word = Assert.Single(simulator.Lines, line => line.Contains("reset?word=", StringComparison.Ordinal)).Split("word=")[1].TrimEnd('\'');
        using HttpResponseMessage refused = await http.PostAsync(new Uri("_wab/reset", UriKind.Relative), null);
        int left = (await direct.ScanAsync(new ScanRequest("mine-raw_messages"))).Count ?? 0;
        using HttpResponseMessage done = await http.PostAsync(new Uri($"_wab/reset?word={word}", UriKind.Relative), null);
        Assert.Equal((HttpStatusCode.BadRequest, 1, HttpStatusCode.NoContent), (refused.StatusCode, left, done.StatusCode));
        Assert.Equal(0, (await direct.ScanAsync(new ScanRequest("mine-raw_messages"))).Count);
    }

    [Theory]
    [InlineData("--storage-prefix", "--storage", "aws")]
    [InlineData("--storage-endpoint", "--storage", "embedded", "--storage-endpoint", "http://127.0.0.1:8000")]
    [InlineData("leave --storage-endpoint out", "--storage", "dynamodb-local", "--storage-endpoint", "http://127.0.0.1:9")]
    [InlineData("--speed 1", "--storage", "localstack", "--speed", "2")]
    [InlineData("wab!", "--storage", "aws", "--storage-prefix", "wab!")]
    [InlineData("localstack start", "--storage", "localstack", "--storage-endpoint", "http://127.0.0.1:9")]
    public async Task A_home_that_cannot_be_used_says_why(string named, params string[] arguments)
    {
        using var simulator = SimulatorProgram.Start(["up", "--no-dashboard", "--port", "0", .. arguments]);

        Assert.Equal(2, await simulator.WhenExitedAsync(Patience));
        Assert.Contains(named, simulator.Output, StringComparison.Ordinal);
    }
}
