using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using LocalAws.Clock;
using LocalAws.Endpoint;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Simulator.App.Scenarios;

namespace EndToEnd.Tests;

/// <summary>What messages mean: the cases of tests/Fixtures/Cases are played side by side, and agents read of each exactly what stands in it.</summary>
public sealed class CaseTests(CaseTests.Stage stage) : IClassFixture<CaseTests.Stage>
{
    public static TheoryData<string> Names => [.. Case.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agents_read_what_was_meant(string name)
    {
        Case played = stage.Cases.Single(played => played.Name == name);

        string[] read = [.. stage.Chats.Where(chat => played.Ids.Contains(chat.CustomerKey)).Select(InWords).Order(StringComparer.Ordinal)];

        string[] expected = [.. played.Chats.Select(chat => InWords(chat.Name, chat.Texts)).Order(StringComparer.Ordinal)];
        string[] or = [.. played.Or.Select(chat => InWords(chat.Name, chat.Texts)).Order(StringComparer.Ordinal)];
        Assert.True(expected.SequenceEqual(read) || (or.Length > 0 && or.SequenceEqual(read)), $"Agents should read\n{string.Join('\n', expected)}\nbut read\n{string.Join('\n', read)}");
    }

    [Fact]
    public void Nothing_fails_and_agents_read_nothing_else()
    {
        Assert.Empty(stage.DeadLetters);
        Assert.All(stage.Functions, function => Assert.Equal(0, function.Value.Errors));
        Assert.DoesNotContain(stage.Chats, chat => !stage.Cases.Any(played => played.Ids.Contains(chat.CustomerKey)));
    }

    [Fact]
    public void No_two_cases_are_about_the_same_people() => Assert.Distinct(stage.Cases.SelectMany(played => played.Ids));

    private static string InWords(ChatView chat) =>
        InWords(chat.CustomerName, chat.Transcript.Where(item => item.Role == "CUSTOMER" && (item.ContentType == "text/plain" || item.File is not null)).Select(item => item.Content));

    private static string InWords(string name, IEnumerable<string> texts) => $"{name}\n  {string.Join("\n  ", texts.Select(text => text.Replace("\n", "\n    ", StringComparison.Ordinal)))}";

    /// <summary>What was sent, and what agents must read.</summary>
    /// <param name="Name">Of its file.</param>
    /// <param name="Steps">Webhook values.</param>
    /// <param name="Chats">Each chat's name, and the customers' side of it.</param>
    internal sealed record Case(string Name, IReadOnlyList<JsonElement> Steps, IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> Chats)
    {
        private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases");

        public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

        /// <summary>What agents may read as well; empty where nothing else is right.</summary>
        public IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> Or { get; init; } = [];

        /// <summary>What its conversations may be known by.</summary>
        public IReadOnlySet<string> Ids => field ??= Steps.SelectMany(IdsIn).ToHashSet();

        public static Case Read(string name)
        {
            JsonElement file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json"))).RootElement;
            return new Case(
                name,
                [.. file.GetProperty("steps").EnumerateArray()],
                ChatsIn(file.GetProperty("chats")))
            { Or = file.TryGetProperty("or", out JsonElement or) ? ChatsIn(or) : [] };
        }

        private static IReadOnlyList<(string Name, IReadOnlyList<string> Texts)> ChatsIn(JsonElement chats) =>
            [.. chats.EnumerateArray().Select(chat => (chat.GetProperty("name").GetString()!, (IReadOnlyList<string>)[.. chat.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)]))];

        private static IEnumerable<string> IdsIn(JsonElement json) => json.ValueKind switch
        {
            JsonValueKind.Array => json.EnumerateArray().SelectMany(IdsIn),
            JsonValueKind.Object => json.EnumerateObject().SelectMany(member => member.Name switch
            {
                "context" => [],
                "group_id" => [$"group:{member.Value.GetString()}"],
                "from" or "from_user_id" or "wa_id" or "user_id" or "previous_user_id" => [member.Value.GetString()!],
                _ => IdsIn(member.Value),
            }),
            _ => [],
        };
    }

    /// <summary>A simulator whose clock waits for a slow machine, so that no burst is cut where AWS would not cut it.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        private const int WindowSeconds = 5;
        private const int QuietPolls = 10;

        internal IReadOnlyList<Case> Cases { get; } = [.. Case.Names.Select(Case.Read)];

        internal IReadOnlyList<ChatView> Chats { get; private set; } = [];

        internal IReadOnlyList<DeadLetterView> DeadLetters { get; private set; } = [];

        internal IReadOnlyDictionary<string, FunctionUsage> Functions { get; private set; } = new Dictionary<string, FunctionUsage>();

        public async ValueTask InitializeAsync()
        {
            await using SimulatorHost host = await SimulatorHost.StartAsync(new SimulatorOptions { Port = 0, BufferSeconds = WindowSeconds, Speed = 5 }, TimeProvider.System, CancellationToken.None);
            await host.WhenReadyAsync(CancellationToken.None);
            using var http = new HttpClient { BaseAddress = host.Uri };
            var control = new ControlClient(http);
            var machine = new SlowMachine(host.Simulation.Clock, host.Simulation.IsBehind, TimeSpan.FromSeconds(WindowSeconds), TimeProvider.System);
            using var end = new CancellationTokenSource();
            Task watching = machine.WatchAsync(end.Token);
            try
            {
                await PlayAsync(host, machine, control);
            }
            finally
            {
                await end.CancelAsync();
                await watching;
            }

            Chats = await control.GetChatsAsync(CancellationToken.None);
            DeadLetters = await control.GetDeadLettersAsync(CancellationToken.None);
            Functions = (await control.GetStatisticsAsync(CancellationToken.None)).Functions;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>The same step of all cases is published just after a window's begin, and the next one when agents have all of it.</summary>
        private async Task PlayAsync(SimulatorHost host, SlowMachine machine, ControlClient control)
        {
            using var sns = new AmazonSimpleNotificationServiceClient(
                new BasicAWSCredentials("any", "any"), new AmazonSimpleNotificationServiceConfig { ServiceURL = host.Uri.ToString(), AuthenticationRegion = "us-east-1" });
            for (int step = 0; step < Cases.Max(played => played.Steps.Count); step++)
            {
                CloudClock clock = machine.Clock;
                clock.Step(TimeSpan.FromSeconds(WindowSeconds - ((clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds % WindowSeconds)));
                using (machine.Begin())
                {
                    foreach (JsonElement value in Cases.Where(played => played.Steps.Count > step).SelectMany(played => played.Steps[step].EnumerateArray()))
                    {
                        await sns.PublishAsync("arn:aws:sns:us-east-1:123456789012:whatsapp_in", Envelope(value, host.Simulation.WhatsApp));
                    }
                }

                await SettleAsync(control);
            }
        }

        private static async Task SettleAsync(ControlClient control)
        {
            int quiet = 0;
            await RunningSimulator.WhenAsync(
                async () =>
                {
                    StatusView status = await control.GetStatusAsync(CancellationToken.None);
                    quiet = status.Idle ? quiet + 1 : 0;
                    return status;
                },
                _ => quiet >= QuietPolls,
                TimeSpan.FromMinutes(4));
        }

        /// <summary>As End User Messaging publishes a webhook's value; the files that it names are there.</summary>
        private static string Envelope(JsonElement value, WhatsApp whatsApp)
        {
            JsonObject webhook = JsonNode.Parse(value.GetRawText())!.AsObject();
            webhook["messaging_product"] = "whatsapp";
            webhook["metadata"] ??= new JsonObject { ["display_phone_number"] = BusinessNumber.Default.DisplayPhoneNumber, ["phone_number_id"] = BusinessNumber.Default.PhoneNumberId };
            foreach (JsonNode message in webhook["messages"]!.AsArray().OfType<JsonObject>())
            {
                string type = (string?)message["type"] ?? "";
                if (SampleFiles.Of(type) is { } file && message[type]?["id"] is not null)
                {
                    message[type]!["id"] = whatsApp.Keep(BusinessNumber.Default, file);
                }
            }

            var entry = new JsonObject { ["id"] = BusinessNumber.Default.WabaId, ["changes"] = new JsonArray(new JsonObject { ["value"] = webhook, ["field"] = "messages" }) };
            var envelope = new JsonObject
            {
                ["context"] = new JsonObject
                {
                    ["MetaPhoneNumberIds"] = new JsonArray(
                        new JsonObject { ["metaPhoneNumberId"] = BusinessNumber.Default.PhoneNumberId, ["arn"] = BusinessNumber.Default.PhoneNumberArn(new AwsAccount()) }),
                },
                ["whatsAppWebhookEntry"] = entry.ToJsonString(),
                ["message_timestamp"] = GotAt(value).ToString("yyyy-MM-dd'T'HH:mm:ss'.000000000Z'", CultureInfo.InvariantCulture),
            };
            return envelope.ToJsonString();
        }

        /// <summary>When the newest of its messages was written, or else the day of all cases.</summary>
        private static DateTimeOffset GotAt(JsonElement value) => DateTimeOffset.FromUnixTimeSeconds(Math.Max(
            1_796_000_000, value.GetProperty("messages").EnumerateArray().Max(message => long.Parse(message.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture))));
    }
}
