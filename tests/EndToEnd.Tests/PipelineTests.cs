using System.Text.Json;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;

namespace EndToEnd.Tests;

/// <summary>The whole pipeline with real function processes, fed from outside.</summary>
public class PipelineTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    private AmazonSimpleNotificationServiceClient Sns() => new(
        new BasicAWSCredentials("any", "any"),
        new AmazonSimpleNotificationServiceConfig { ServiceURL = simulator.Uri.ToString(), AuthenticationRegion = "us-east-1" });

    private static string Sample(string name)
    {
        using JsonDocument sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", name)));
        return sample.RootElement.GetProperty("Records")[0].GetProperty("Sns").GetProperty("Message").GetString()!;
    }

    private async Task PublishAsync(string message)
    {
        using AmazonSimpleNotificationServiceClient sns = Sns();
        await sns.PublishAsync("arn:aws:sns:us-east-1:123456789012:whatsapp_in", message);
    }

    private static IEnumerable<string> FromCustomer(ChatView chat) => chat.Transcript.Where(item => item.Role == "CUSTOMER" && item.ContentType == "text/plain").Select(item => item.Content);

    [Fact]
    public async Task An_event_published_by_any_SDK_arrives_in_Connect()
    {
        await PublishAsync(Sample("sns-text.json").Replace("Kike", "Kike of the SDK", StringComparison.Ordinal).Replace("US.a1B2c3D4e5F6", "US.sdk", StringComparison.Ordinal)
            .Replace("14157470265", "14150000001", StringComparison.Ordinal));

        ChatView chat = await simulator.WhenChatAsync("Kike of the SDK", chat => FromCustomer(chat).Any());

        Assert.Equal(["Hello"], FromCustomer(chat));
    }

    [Fact]
    public async Task A_path_that_looks_like_a_file_belongs_to_AWS_like_any_other()
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/no-bucket/photo.jpeg");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=any/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=any");

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.Contains("<Code>NoSuchBucket</Code>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(5_000, false)]
    public async Task However_deep_a_message_nests_its_neighbours_and_those_who_write_later_are_served(int depth, bool isStored)
    {
        string deep = $"deep {depth}";
        string Message(string customer, string more = "") =>
            $$"""{"id":"wamid.{{customer}}","from":"{{customer}}","timestamp":"1795948800","type":"text","text":{"body":"Hello"} {{more}} }""";
        string entry = $$"""
            {"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"{{BusinessNumber.Default.PhoneNumberId}}"},
            "messages":[{{Message($"before {depth}")}},{{Message(deep, $",\"deep\":{new string('[', depth)}{new string(']', depth)}")}},{{Message($"after {depth}")}}] } }] }
            """;
        await PublishAsync(JsonSerializer.Serialize(new Dictionary<string, string> { ["whatsAppWebhookEntry"] = entry }));
        await simulator.WhenChatAsync($"before {depth}", chat => FromCustomer(chat).Any());
        await simulator.WhenChatAsync($"after {depth}", chat => FromCustomer(chat).Any());
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = $"later {depth}", Text = "Hello" }, CancellationToken.None);
        await simulator.WhenChatAsync($"later {depth}", chat => FromCustomer(chat).Any());

        Assert.Equal(isStored, (await simulator.Control.GetChatsAsync(CancellationToken.None)).Any(chat => chat.CustomerName == deep));
        StatusView status = await simulator.Control.GetStatusAsync(CancellationToken.None);
        Assert.All(status.Parts, part => Assert.Equal(PartState.Ready, part.State));
        Assert.Equal(simulator.Uri.ToString(), status.Parts.Single(part => part.Name == "local cloud").Detail);
    }

    [Fact]
    public async Task A_customer_without_a_phone_number_is_served_like_any_other()
    {
        await PublishAsync(Sample("sns-user-id-only.json"));

        ChatView chat = await simulator.WhenChatAsync("usernamed", chat => FromCustomer(chat).Any());

        Assert.Equal(["no phone number here"], FromCustomer(chat));
    }

    [Fact]
    public async Task A_bad_message_costs_its_neighbours_nothing_and_ends_as_a_dead_letter_that_names_it()
    {
        await PublishAsync(Sample("sns-many-with-a-bad-neighbour.json").Replace("Kike", "Neighbour", StringComparison.Ordinal).Replace("US.a1B2c3D4e5F6", "US.neighbour", StringComparison.Ordinal)
            .Replace("14157470265", "14150000003", StringComparison.Ordinal));

        ChatView chat = await simulator.WhenChatAsync("Neighbour", chat => FromCustomer(chat).Any());

        Assert.Equal(["good one\ngood two"], FromCustomer(chat));
        // It can never be stored: nobody waits for another attempt.
        Assert.Contains(
            await simulator.Control.GetDeadLettersAsync(CancellationToken.None),
            letter => letter.Queue == "on_raw_messages_dead_letters" && letter.Attributes["reason"].Contains("changes[0].value.messages[1].id is empty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_as_long_as_SNS_takes_reaches_the_agent_whole()
    {
        string text = string.Join(' ', Enumerable.Range(0, 34_000).Select(i => $"{i:D6}"));

        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Novelist", Text = text }, CancellationToken.None);

        ChatView chat = await simulator.WhenChatAsync("Novelist", chat => FromCustomer(chat).LastOrDefault()?.EndsWith("033999", StringComparison.Ordinal) == true);
        Assert.Equal(text, string.Join(' ', FromCustomer(chat)));
    }

    [Fact]
    public async Task Hostile_text_arrives_as_it_was_written()
    {
        string message = Sample("sns-text-hostile.json").Replace("US.a1B2c3D4e5F6", "US.hostile", StringComparison.Ordinal)
            .Replace("14157470265", "14150000002", StringComparison.Ordinal);
        using JsonDocument entry = JsonDocument.Parse(JsonDocument.Parse(message).RootElement.GetProperty("whatsAppWebhookEntry").GetString()!);
        string text = entry.RootElement.GetProperty("changes")[0].GetProperty("value").GetProperty("messages")[0].GetProperty("text").GetProperty("body").GetString()!;

        await PublishAsync(message);

        ChatView chat = await simulator.WhenChatAsync("<img src=x onerror=alert(1)>", chat => FromCustomer(chat).Any());
        Assert.Equal([text], FromCustomer(chat));
    }

    [Fact]
    public async Task The_customer_sees_that_the_message_was_read()
    {
        // Courtesies have three seconds: the function's first ones may take longer on a busy machine.
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Reader", Text = "first" }, CancellationToken.None);
        await simulator.WhenChatAsync("Reader", chat => FromCustomer(chat).Any());
        CustomerMessage sent = await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Reader", Text = "seen?" }, CancellationToken.None);

        using var http = new HttpClient { BaseAddress = simulator.Uri };
        string phones = await RunningSimulator.WhenAsync(() => http.GetStringAsync(new Uri("_wab/phones", UriKind.Relative)), json =>
        {
            using JsonDocument document = JsonDocument.Parse(json);
            var mine = document.RootElement.EnumerateArray().Where(item => item.GetProperty("messageId").GetString() == sent.Id).ToList();
            return mine.Exists(i => i.GetProperty("kind").GetString() == "read");
        });

        // Reactions are messages to WhatsApp: nobody sends them unasked.
        Assert.DoesNotContain("reaction", JsonDocument.Parse(phones).RootElement.EnumerateArray().Select(i => i.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task The_guides_burst_finds_a_process_for_each_of_its_messages()
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };

        using HttpResponseMessage sent = await http.PostAsync(new Uri("/_wab/burst?customer=Early", UriKind.Relative), null, TestContext.Current.CancellationToken);

        sent.EnsureSuccessStatusCode();
        PartStatus onRawMessages = (await simulator.Control.GetStatusAsync(TestContext.Current.CancellationToken)).Parts.Single(part => part.Name == "on_raw_messages");
        Assert.Matches("^([4-9]|10) processes", onRawMessages.Detail);
        ChatView chat = await simulator.WhenChatAsync("Early", chat => FromCustomer(chat).Any(text => text.EndsWith("P12345", StringComparison.Ordinal)));
        Assert.Equal("Hello,I need help,with my order,P12345", string.Join(',', FromCustomer(chat)).Replace('\n', ','));
    }

    [Fact]
    public async Task A_burst_delivered_twice_by_SNS_is_seen_once()
    {
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Twice", Text = "only once", Copies = 3 }, CancellationToken.None);
        await simulator.WhenChatAsync("Twice", chat => FromCustomer(chat).Any());
        await simulator.Control.SendAsync(new SendMessageRequest { Customer = "Twice", Text = "and this" }, CancellationToken.None);

        ChatView chat = await simulator.WhenChatAsync("Twice", chat => FromCustomer(chat).Count() > 1);

        Assert.Equal(["only once", "and this"], FromCustomer(chat));
    }

    [Fact]
    public async Task The_control_API_describes_itself_and_refuses_nonsense_with_a_sentence()
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        using JsonDocument openApi = JsonDocument.Parse(await http.GetStringAsync(new Uri("_wab/openapi.json", UriKind.Relative)));
        Assert.True(openApi.RootElement.GetProperty("paths").TryGetProperty("/_wab/messages", out _));

        var error = await Assert.ThrowsAsync<ControlException>(() => simulator.Control.SendAsync(new SendMessageRequest { Customer = "", Text = "x" }, CancellationToken.None));
        Assert.Contains("'customer' is empty", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<ControlException>(() => simulator.Control.SendAsync(new SendMessageRequest { Customer = "A", Type = "hologram", Text = "x" }, CancellationToken.None));
        Assert.Contains("hologram", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<ControlException>(() => simulator.Control.EndChatAsync("no-such-chat", CancellationToken.None));
        Assert.Contains("no-such-chat", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_no_service_knows_is_told_which_services_there_are()
    {
        using var http = new HttpClient { BaseAddress = simulator.Uri };

        using HttpResponseMessage response = await http.PostAsync(new Uri("nothing/here", UriKind.Relative), null);

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Contains("dynamodb", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
