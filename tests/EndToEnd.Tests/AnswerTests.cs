using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using LocalAws.Endpoint;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Deployment;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

/// <summary>What agents write, on its way to the customers' phones.</summary>
public class AnswerTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private const string Markdown = "text/markdown";

    [Fact]
    public async Task An_answer_is_on_the_customers_phone_once_as_WhatsApp_formats_it_and_in_no_log()
    {
        const string phone = "5491155553333";
        ChatView chat = await OpenAsync(new SendMessageRequest { Customer = "Asker", Phone = phone, Text = "Where is my order?" });

        await AnswerAsync(chat, "It is **on its way**", Markdown);
        await RunningSimulator.WhenAsync(() => ReceivedAsync(simulator.Control, "Asker"), texts => texts.Length == 1);
        await AnswerAsync(chat, "Anything *else*?");

        Assert.Equal(["It is *on its way*", "Anything *else*?"], await OnThePhoneOnceIdleAsync(simulator.Control, "Asker", 2));
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        string log = await http.GetStringAsync(new Uri("_wab/functions/connect_event_handler/log", UriKind.Relative));
        Assert.Contains("Sent message", log, StringComparison.Ordinal);
        Assert.All(["on its way", phone], secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_a_day_after_the_customers_last_words_is_not_sent_and_the_agent_hears_why()
    {
        long dayBefore = (await NowAsync()).AddHours(-25).ToUnixTimeSeconds();
        ChatView chat = await OpenAsync(new SendMessageRequest { Customer = "Patient", Phone = "14150000077", Text = "Still there?", Timestamp = dayBefore });

        await AnswerAsync(chat, "Now we are");

        NoticeView told = await ToldAsync("Patient");
        Assert.Equal("Not delivered to Patient: \"Now we are\": more than 24 hours have passed since the customer last wrote", told.Words["en_US"]);
        Assert.Single(told.Recipients);
        Assert.Empty(await OnThePhoneOnceIdleAsync(simulator.Control, "Patient", 0));
        Assert.DoesNotContain((await simulator.Control.GetChatsAsync(CancellationToken.None)).Single(view => view.ContactId == chat.ContactId).Transcript, item => item.Content.Contains("Not delivered", StringComparison.Ordinal));

        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Patient", Phone = "14150000077", Text = "Hello again" }, CancellationToken.None);
        await simulator.WhenChatAsync("Patient", view => view.Transcript.Any(item => item.Content.Contains("Hello again", StringComparison.Ordinal)));
        await AnswerAsync(chat, "Here we are");
        Assert.Equal(["Here we are"], await OnThePhoneOnceIdleAsync(simulator.Control, "Patient", 1));
    }

    [Fact]
    public async Task That_a_customer_has_and_has_read_an_answer_is_a_sign_in_the_chat_and_no_line()
    {
        ChatView chat = await OpenAsync(new SendMessageRequest { Customer = "Reader", Phone = "14150000079", Text = "I read everything" });
        await AnswerAsync(chat, "Then read this");
        await OnThePhoneOnceIdleAsync(simulator.Control, "Reader", 1);
        string answer = (await simulator.WhenChatAsync("Reader", view => view.Transcript.Any(item => item.Content == "Then read this"))).Transcript.Single(item => item.Content == "Then read this").Id;

        foreach (string status in (string[])["sent", "delivered", "read"])
        {
            await PublishStatusAsync(new JsonObject { ["id"] = "wamid.read", ["status"] = status, ["recipient_id"] = "14150000079", ["biz_opaque_callback_data"] = $"reply:0:{answer}" });
        }

        ChatView shown = await simulator.WhenChatAsync("Reader", view => view.Transcript.Any(item => item is { Receipt: "read" }));
        Assert.Equal(answer, Assert.Single(shown.Transcript, item => item.Receipt is not null).Id);
        Assert.Equal(2, shown.Transcript.Count(item => item.ContentType.StartsWith("text/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task That_an_agent_writes_is_shown_on_the_customers_phone()
    {
        ChatView chat = await OpenAsync(new SendMessageRequest { Customer = "Waiting", Phone = "14150000080", Text = "Take your time" });
        await RunningSimulator.WhenAsync(() => simulator.Control.GetStatusAsync(CancellationToken.None), view => view.Idle);
        string message = (await simulator.Control.GetPhoneAsync("Waiting", CancellationToken.None)).Single(item => item.FromCustomer).Id;
        int marks = await MarksAsync();

        await simulator.Control.TypeAsAgentAsync(chat.ContactId, CancellationToken.None);

        await RunningSimulator.WhenAsync(MarksAsync, now => now == marks + 1);

        async Task<int> MarksAsync() => (await simulator.Control.GetPhonesAsync(CancellationToken.None)).Count(item => item.Kind == "read" && item.MessageId == message);
    }

    [Fact]
    public async Task Of_an_answer_that_WhatsApp_fails_to_deliver_later_the_agent_hears_once()
    {
        ChatView chat = await OpenAsync(new SendMessageRequest { Customer = "Unreachable", Phone = "14150000078", Text = "I lose my phone now" });
        await AnswerAsync(chat, "Do not");
        await OnThePhoneOnceIdleAsync(simulator.Control, "Unreachable", 1);
        string answer = (await simulator.Control.GetChatsAsync(CancellationToken.None)).Single(view => view.ContactId == chat.ContactId).Transcript.Single(item => item.Content == "Do not").Id;
        var status = new JsonObject
        {
            ["id"] = "wamid.lost",
            ["status"] = "failed",
            ["recipient_id"] = "14150000078",
            ["biz_opaque_callback_data"] = $"reply:0:{answer}",
            ["errors"] = new JsonArray(new JsonObject { ["code"] = 131026, ["title"] = "Message undeliverable" }),
        };

        await PublishStatusAsync(status);
        await PublishStatusAsync(status);

        Assert.EndsWith("\"Do not\": WhatsApp cannot reach the customer", (await ToldAsync("Unreachable")).Words["en_US"], StringComparison.Ordinal);
        await RunningSimulator.WhenAsync(() => simulator.Control.GetStatusAsync(CancellationToken.None), view => view.Idle);
        await ToldAsync("Unreachable");
    }

    [Fact]
    public async Task Somebody_without_a_phone_number_is_answered_by_user_id()
    {
        ChatView chat = await OpenAsync(new SendMessageRequest { Customer = "Nameless", UserId = "US.nameless", Text = "No number here" });

        await AnswerAsync(chat, "None needed");

        Assert.Equal(["None needed"], await OnThePhoneOnceIdleAsync(simulator.Control, "Nameless", 1));
    }

    [Fact]
    public async Task A_group_is_answered_as_a_whole()
    {
        var inGroup = new JsonObject { ["group_id"] = "12036304@g.us" };
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Ana of the group", Text = "We are two", Message = inGroup }, CancellationToken.None);
        ChatView chat = await OpenAsync(new SendMessageRequest { Customer = "Luis of the group", Text = "And both are curious", Message = (JsonObject)inGroup.DeepClone() }, "And both are curious", "Ana of the group");

        await AnswerAsync(chat, "Hello to both");

        Assert.Equal(["Hello to both"], await OnThePhoneOnceIdleAsync(simulator.Control, "Ana of the group", 1));
        Assert.Equal(["Hello to both"], await OnThePhoneOnceIdleAsync(simulator.Control, "Luis of the group", 1));
    }

    [Fact]
    public async Task A_chat_that_has_ended_is_forgotten_and_the_next_message_opens_another()
    {
        ChatView first = await OpenAsync(new SendMessageRequest { Customer = "Returner", Phone = "14150000042", Text = "Hello" });
        await simulator.Control.EndChatAsync(first.ContactId, CancellationToken.None);

        await RunningSimulator.WhenAsync(() => ContactOfAsync(first.CustomerKey), contact => contact is null);
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Returner", Phone = "14150000042", Text = "One more thing" }, CancellationToken.None);
        ChatView second = await simulator.WhenChatAsync("Returner", chat => chat.Transcript.Any(item => item.Content == "One more thing"));
        await AnswerAsync(second, "Go ahead");

        Assert.NotEqual(first.ContactId, second.ContactId);
        Assert.Equal(["Go ahead"], await OnThePhoneOnceIdleAsync(simulator.Control, "Returner", 1));
    }

    [Theory]
    [InlineData("", "text/plain", "'text' is empty")]
    [InlineData("{}", "application/json", "an agent writes text/plain or text/markdown")]
    public async Task What_no_agent_can_send_is_refused_with_a_sentence(string text, string contentType, string sentence)
    {
        var refused = await Assert.ThrowsAsync<ControlException>(
            () => simulator.Control.SendAsAgentAsync("any", new AgentMessageRequest { Text = text, ContentType = contentType }, CancellationToken.None));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_queues_an_answer_goes_the_same_way()
    {
        await using SimulatorHost guide = await SimulatorHost.StartAsync(
            new SimulatorOptions { Port = 0, BufferSeconds = 1, Wiring = Wiring.Guide }, TimeProvider.System, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = guide.Uri };
        var control = new ControlClient(http);
        await control.SendAsync(new SendMessageRequest { Customer = "Asker", Text = "Hello" }, CancellationToken.None);
        IReadOnlyList<ChatView> chats = await RunningSimulator.WhenAsync(() => control.GetChatsAsync(CancellationToken.None), chats => chats.Any(chat => chat.Transcript.Any(item => item.Content == "Hello")));

        await control.SendAsAgentAsync(chats[0].ContactId, new AgentMessageRequest { Text = "Good morning" }, CancellationToken.None);

        Assert.Equal(["Good morning"], await OnThePhoneOnceIdleAsync(control, "Asker", 1));
    }

    private async Task<ChatView> OpenAsync(SendMessageRequest request, string? lastWords = null, string? named = null)
    {
        await simulator.Control.SendAsync(request, CancellationToken.None);
        string words = lastWords ?? request.Text!;
        return await RunningSimulator.WhenAsync(
            async () => (await simulator.Control.GetChatsAsync(CancellationToken.None)).FirstOrDefault(chat => chat.CustomerName.Contains(named ?? request.Customer, StringComparison.Ordinal) && chat.Transcript.Any(item => item.Content.Contains(words, StringComparison.Ordinal))),
            chat => chat is not null) ?? throw new InvalidOperationException("No chat.");
    }

    private async Task<DateTimeOffset> NowAsync() => (await simulator.Control.GetStatusAsync(CancellationToken.None)).Now;

    /// <summary>The one thing that was told about a customer.</summary>
    private async Task<NoticeView> ToldAsync(string customer) => Assert.Single(await RunningSimulator.WhenAsync(
        async () => (await simulator.Control.GetNoticesAsync(CancellationToken.None)).Where(notice => notice.Words["en_US"].Contains(customer, StringComparison.Ordinal)).ToList(), notices => notices.Count > 0));

    private async Task PublishStatusAsync(JsonObject status)
    {
        string entry = new JsonObject
        {
            ["changes"] = new JsonArray(new JsonObject { ["field"] = "messages", ["value"] = new JsonObject { ["statuses"] = new JsonArray(status.DeepClone()) } }),
        }.ToJsonString();
        using var sns = new AmazonSimpleNotificationServiceClient(
            new BasicAWSCredentials("any", "any"), new AmazonSimpleNotificationServiceConfig { ServiceURL = simulator.Uri.ToString(), AuthenticationRegion = "us-east-1" });
        await sns.PublishAsync("arn:aws:sns:us-east-1:123456789012:whatsapp_in", new JsonObject { ["whatsAppWebhookEntry"] = entry }.ToJsonString());
    }

    private Task AnswerAsync(ChatView chat, string text, string contentType = "text/plain") =>
        simulator.Control.SendAsAgentAsync(chat.ContactId, new AgentMessageRequest { Text = text, ContentType = contentType }, CancellationToken.None);

    /// <summary>What a customer got, once as much of it is there and nothing more is on its way.</summary>
    private static async Task<string[]> OnThePhoneOnceIdleAsync(ControlClient control, string customer, int count)
    {
        await RunningSimulator.WhenAsync(() => ReceivedAsync(control, customer), texts => texts.Length >= count);
        await RunningSimulator.WhenAsync(() => control.GetStatusAsync(CancellationToken.None), status => status.Idle);
        return await ReceivedAsync(control, customer);
    }

    private static async Task<string[]> ReceivedAsync(ControlClient control, string customer) =>
        [.. (await control.GetPhoneAsync(customer, CancellationToken.None)).Where(message => !message.FromCustomer).Select(message => message.Text)];

    /// <returns>The chat that the system holds for a customer; null when it holds none.</returns>
    private async Task<string?> ContactOfAsync(string customer)
    {
        using AmazonDynamoDBClient dynamoDb = CloudDeployer.DynamoDbAt(simulator.Uri, new AwsAccount());
        ScanResponse all = await dynamoDb.ScanAsync(new ScanRequest { TableName = Tables.ActiveConnections.Name });
        return all.Items.Where(item => item[Tables.ActiveConnections.SortKey].S == "chat" && item.GetValueOrDefault("customerId")?.S == customer)
            .Select(item => item.GetValueOrDefault("contactId")?.S).FirstOrDefault();
    }
}
