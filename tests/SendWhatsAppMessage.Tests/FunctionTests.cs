using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SocialMessaging;
using LocalAws.DynamoDb;
using LocalAws.Testing;
using LocalAws.Endpoint;
using LocalAws.SocialMessaging;
using OnRawMessages.Tests;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.SendWhatsAppMessage;
using WhatsAppBuffer.SendWhatsAppMessage.Sending;
using WhatsAppBuffer.SendWhatsAppMessage.Templates;
using WhatsAppBuffer.SendWhatsAppMessage.WhatsApp;
using WhatsAppBuffer.Tests;

namespace SendWhatsAppMessage.Tests;

public sealed class FunctionTests(DynamoDbFixture dynamoDb) : IClassFixture<DynamoDbFixture>, IAsyncLifetime, IParameterStore
{
    private const string Number = "phone-number-id-976c";

    private readonly CollectedLog<Function> _log = new();
    private readonly SocialMessagingEngine _social = new(new AwsAccount(), TimeProvider.System);
    private AwsEndpointHost? _host;
    private AmazonSocialMessagingClient? _client;
    private Func<IWhatsAppSender, IWhatsAppSender> _sender = sender => sender;
    private string _table = "";
    private string? _settings = """
        {
          "ORIGINATION_PHONE_NUMBER_ID": "phone-number-id-976c",
          "templates": {
            "order_ready": {
              "language": { "code": "de" },
              "components": [
                { "type": "header", "parameters": [{ "type": "image", "image": { "link": "https://example.com/{{picture}}.png" } }] },
                { "type": "body", "parameters": [{ "type": "text", "parameter_name": "customer", "text": "{{name}}" }, { "type": "text", "parameter_name": "order", "text": "{{order}}" }] },
                { "type": "button", "sub_type": "url", "index": "0", "parameters": [{ "type": "text", "text": "{{order}}" }] }
              ]
            },
            "reminder": { "name": "appointment_reminder", "language": "en_US" }
          }
        }
        """;

    public async ValueTask InitializeAsync()
    {
        _table = await ConversationsTable.CreateAsync(dynamoDb.Client);
        _social.AddPhoneNumber(Number);
        _host = await AwsEndpointHost.StartAsync(new AwsEndpoint([new SocialMessagingService(_social)]), cancellationToken: TestContext.Current.CancellationToken);
        AmazonSocialMessagingConfig config = EndUserMessaging.ClientConfig;
        (config.ServiceURL, config.AuthenticationRegion) = (_host.Uri.ToString(), "us-east-1");
        _client = new AmazonSocialMessagingClient(new BasicAWSCredentials("any", "any"), config);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _host!.DisposeAsync();
    }

    Task<string?> IParameterStore.GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_settings);

    [Fact]
    public async Task A_template_with_names_is_sent_as_Meta_wants_it()
    {
        JsonObject answer = await InvokeAsync(OrderReady());

        SentMessage sent = Assert.Single(_social.SentMessages);
        Assert.Equal(("sent", sent.MessageId), (Text(answer, "status"), Text(answer, "messageId")));
        JsonNode message = JsonNode.Parse(sent.Json)!;
        Assert.Equal(("+4915123456789", "individual", "template"), (message["to"]!.ToString(), message["recipient_type"]!.ToString(), message["type"]!.ToString()));
        Assert.Equal(
            """{"name":"order_ready","language":{"code":"de"},"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://example.com/box.png"}}]},{"type":"body","parameters":[{"type":"text","parameter_name":"customer","text":"Ada"},{"type":"text","parameter_name":"order","text":"P12345"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"P12345"}]}]}""",
            message["template"]!.ToJsonString());
        Assert.StartsWith("template:", sent.CallbackData, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_without_names_takes_input1_input2_and_so_on()
    {
        await InvokeAsync(new() { ["template"] = "reminder", ["phoneNumber"] = "+1 (415) 555-2671", ["input1"] = "Ada", ["input2"] = "10:30", ["input4"] = "beyond a gap" });

        Assert.Equal(
            """{"name":"appointment_reminder","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"text","text":"10:30"}]}]}""",
            JsonNode.Parse(Assert.Single(_social.SentMessages).Json)!["template"]!.ToJsonString());
    }

    [Fact]
    public async Task The_guides_own_document_and_event_are_enough()
    {
        _settings = """
            {
              "message": {
                "messaging_product": "whatsapp", "to": "PHONE_NUMBER", "recipient_type": "individual", "type": "template",
                "template": { "name": "hello", "language": { "code": "en_US" }, "components": [{ "type": "body", "parameters": [] }] }
              },
              "META_API_VERSION": "v23.0",
              "ORIGINATION_PHONE_NUMBER_ID": "phone-number-id-976c"
            }
            """;

        JsonObject answer = await InvokeRawAsync("""
            { "Details": { "ContactData": { "Attributes": { "whatsapp": "+14157470265", "fullName": "Enrique", "input2": "P12345", "input1": "Enrique" } } } }
            """);

        Assert.Equal("sent", Text(answer, "status"));
        Assert.Equal("""[{"type":"text","text":"Enrique"},{"type":"text","text":"P12345"}]""", JsonNode.Parse(Assert.Single(_social.SentMessages).Json)!["template"]!["components"]![0]!["parameters"]!.ToJsonString());
    }

    [Fact]
    public async Task A_parameter_of_the_block_counts_more_than_an_attribute_and_an_empty_one_not_at_all()
    {
        await InvokeAsync(OrderReady(parameters: new() { ["name"] = "Grace", ["order"] = "" }));

        string sent = Assert.Single(_social.SentMessages).Json;
        Assert.Contains("Grace", sent, StringComparison.Ordinal);
        Assert.Contains("P12345", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_without_a_number_is_reached_by_user_id_from_the_number_that_the_flow_names()
    {
        _social.AddPhoneNumber("phone-number-id-beef");

        await InvokeAsync(new() { ["template"] = "reminder", ["userId"] = "DE.1", ["systemNumber"] = "arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/beef" });

        SentMessage sent = Assert.Single(_social.SentMessages);
        Assert.Equal(("DE.1", "beef"), (sent.To, sent.PhoneNumberId));
        Assert.NotEmpty(await NoteAsync("phone-number-id-beef", "DE.1"));
    }

    [Fact]
    public async Task The_same_again_sends_nothing_and_is_answered_the_same()
    {
        JsonObject first = await InvokeAsync(OrderReady());
        JsonObject second = await InvokeAsync(OrderReady());

        Assert.Single(_social.SentMessages);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Theory]
    [InlineData("reference", "second parcel")]
    [InlineData("phoneNumber", "+4915123456780")]
    [InlineData("ContactId", "another contact")]
    public async Task Another_occasion_recipient_or_contact_is_another_sending(string name, string value)
    {
        await InvokeAsync(OrderReady());
        JsonObject other = OrderReady();
        string contact = name == "ContactId" ? value : "contact-1";
        other[name] = value;

        await InvokeAsync(other, contact);

        Assert.Equal(2, _social.SentMessages.Count);
    }

    [Fact]
    public async Task Who_was_sent_what_is_noted_for_as_long_as_it_can_be_answered()
    {
        JsonObject flow = OrderReady();
        flow["reference"] = "spring";

        await InvokeAsync(flow);

        Dictionary<string, AttributeValue> note = await NoteAsync(Number, "4915123456789");
        Assert.Equal(("order_ready", "spring"), (note[ConversationItems.TemplateName].S, note[ConversationItems.TemplateReference].S));
        Assert.Equal($"{(dynamoDb.Time.GetUtcNow() + TimeSpan.FromDays(7)).ToUnixTimeSeconds()}", note[ConversationItems.ExpiresAt].N);
    }

    [Fact]
    public async Task What_End_User_Messaging_refuses_is_told_and_not_tried_again_and_nobody_was_sent_anything()
    {
        JsonObject flow = OrderReady();
        flow["systemNumber"] = "phone-number-id-404";

        JsonObject first = await InvokeAsync(flow);
        JsonObject second = await InvokeAsync(flow);

        Assert.Equal("refused", Text(first, "status"));
        Assert.Contains("ResourceNotFoundException", Text(first, "reason"), StringComparison.Ordinal);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Empty(await NoteAsync("phone-number-id-404", "4915123456789"));
    }

    [Fact]
    public async Task What_is_held_back_may_be_sent_later()
    {
        Queue<SendResult?> results = new([new SendResult.HeldBack("ThrottledRequestException"), null]);
        _sender = sender => new ScriptedSender(sender, results);

        JsonObject first = await InvokeAsync(OrderReady());
        Assert.Empty(await NoteAsync(Number, "4915123456789"));
        JsonObject second = await InvokeAsync(OrderReady());

        Assert.Equal(("held_back", "sent"), (Text(first, "status"), Text(second, "status")));
        Assert.Single(_social.SentMessages);
    }

    [Fact]
    public async Task Without_an_answer_the_flow_is_told_that_nobody_knows_and_the_same_again_sends_nothing()
    {
        _sender = sender => new ScriptedSender(sender, new([new SendResult.Unknown()]));

        JsonObject first = await InvokeAsync(OrderReady());
        JsonObject second = await InvokeAsync(OrderReady());

        Assert.Equal(("unknown", "unknown"), (Text(first, "status"), Text(second, "status")));
        Assert.Empty(_social.SentMessages);
        Assert.Contains("Error 503", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_tells_that_it_was_sent_after_all()
    {
        _sender = sender => new ScriptedSender(sender, new([new SendResult.Unknown()]), message =>
        {
            Dictionary<string, AttributeValue> row = ConversationTable.Key(ConversationItems.OfSent(message.SendingId), ConversationItems.SentPart(0));
            dynamoDb.Client.PutItemAsync(_table, row).GetAwaiter().GetResult();
        });

        Assert.Equal("sent", Text(await InvokeAsync(OrderReady()), "status"));
        Assert.Equal("sent", Text(await InvokeAsync(OrderReady()), "status"));
    }

    [Theory]
    [InlineData("phoneNumber", "555", "phoneNumber is no phone number")]
    [InlineData("phoneNumber", "0151 2345678", "phoneNumber is no phone number")]
    [InlineData("phoneNumber", "+49 call me", "phoneNumber is no phone number")]
    [InlineData("phoneNumber", "٤٩١٥١٢٣٤٥٦٧", "phoneNumber is no phone number")]
    [InlineData("template", "order_redy", "There is no template order_redy: give one of order_ready, reminder.")]
    [InlineData("name", null, "needs what the flow does not give: name.")]
    [InlineData("phoneNumber", null, "The flow does not say to whom: give phoneNumber or userId.")]
    [InlineData("template", null, "The flow does not say which template: give template, one of order_ready, reminder.")]
    [InlineData("systemNumber", "../admin", "systemNumber is no id of a business number")]
    [InlineData("name", "two\nlines", "name has a line break")]
    public async Task What_cannot_be_sent_is_an_answer_that_names_it(string name, string? value, string reason)
    {
        JsonObject flow = OrderReady();
        flow[name] = value;

        JsonObject answer = await InvokeAsync(flow);

        Assert.Equal("refused", Text(answer, "status"));
        Assert.Contains(reason, Text(answer, "reason"), StringComparison.Ordinal);
        Assert.Empty(_social.SentMessages);
    }

    [Theory]
    [InlineData("name", 1_025)]
    [InlineData("name", 200_000)]
    [InlineData("phoneNumber", 200_000)]
    [InlineData("template", 200_000)]
    [InlineData("reference", 257)]
    [InlineData("userId", 300_000)]
    public async Task Hostile_sizes_are_an_answer(string name, int length)
    {
        JsonObject flow = OrderReady();
        flow[name] = new string('9', length);

        JsonObject answer = await InvokeAsync(flow);

        Assert.Equal("refused", Text(answer, "status"));
        Assert.InRange(Text(answer, "reason").Length, 1, 1_000);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"Details\":7}")]
    [InlineData("{\"Details\":{\"ContactData\":[],\"Parameters\":\"x\"}}")]
    [InlineData("{\"Details\":{\"Parameters\":{\"phoneNumber\":\"\\ud800\",\"template\":{\"a\":1}}}}")]
    [InlineData("{\"Details\":{\"Parameters\":{\"\\udfff\":\"x\",\"phoneNumber\":4915123456789,\"template\":\"reminder\",\"input1\":\"\\ud83d\"}}}")]
    [InlineData("not json")]
    public async Task Whatever_comes_is_an_answer(string json)
    {
        JsonObject answer = await InvokeRawAsync(json);

        Assert.Contains(Text(answer, "status"), new[] { "refused", "sent" });
    }

    [Fact]
    public async Task Depth_is_an_answer() =>
        Assert.Equal("refused", Text(await InvokeRawAsync($"{{\"Details\":{string.Concat(Enumerable.Repeat("[", 5_000))}"), "status"));

    [Fact]
    public async Task Wrong_settings_are_told_to_the_flow_and_logged()
    {
        _settings = "{}";

        JsonObject answer = await InvokeAsync(OrderReady());

        Assert.Equal("refused", Text(answer, "status"));
        Assert.Contains("ORIGINATION_PHONE_NUMBER_ID is missing or empty", Text(answer, "reason"), StringComparison.Ordinal);
        Assert.Contains("Error 507", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_table_cannot_be_reached_the_invocation_fails_and_nothing_is_sent()
    {
        _table = "missing";

        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => InvokeAsync(OrderReady()));

        Assert.Empty(_social.SentMessages);
    }

    [Fact]
    public async Task No_log_names_a_number_a_name_or_a_value()
    {
        await InvokeAsync(OrderReady());
        await InvokeAsync(new() { ["template"] = "order_ready", ["phoneNumber"] = "+49 15 call me", ["name"] = "Ada" });

        Assert.Contains("Information 501", _log.Text, StringComparison.Ordinal);
        Assert.All(["4915123456789", "49 15 call", "Ada", "P12345"], secret => Assert.DoesNotContain(secret, _log.Text, StringComparison.Ordinal));
    }

    private static JsonObject OrderReady(JsonObject? parameters = null)
    {
        JsonObject flow = new() { ["template"] = "order_ready", ["phoneNumber"] = "+49 151 23456789", ["name"] = "Ada", ["order"] = "P12345", ["picture"] = "box" };
        if (parameters is not null)
        {
            flow["Parameters"] = parameters;
        }

        return flow;
    }

    private static string Text(JsonObject answer, string name) => answer[name]?.GetValue<string>() ?? "";

    private Task<JsonObject> InvokeAsync(JsonObject attributes, string contactId = "contact-1")
    {
        attributes = attributes.DeepClone().AsObject();
        JsonNode? parameters = attributes["Parameters"]?.DeepClone();
        attributes.Remove("Parameters");
        return InvokeRawAsync(new JsonObject
        {
            ["Details"] = new JsonObject { ["ContactData"] = new JsonObject { ["Attributes"] = attributes, ["Channel"] = "VOICE", ["ContactId"] = contactId }, ["Parameters"] = parameters },
            ["Name"] = "ContactFlowEvent",
        }.ToJsonString());
    }

    private async Task<JsonObject> InvokeRawAsync(string json)
    {
        var sendings = new DynamoDbSendings(new ConversationTable(dynamoDb.Client, _table, dynamoDb.Time));
        var sender = new OnceSender(sendings, _sender(new EndUserMessaging(_client!)), dynamoDb.Time, _log);
        var function = new Function(TemplateSettings.SourceIn(this, "/whatsapp_template/config", dynamoDb.Time, _log), sender, dynamoDb.Time, _log);
        Task<WhatsAppBuffer.SendWhatsAppMessage.Flows.FlowAnswer> answer = function.HandleAsync(Encoding.UTF8.GetBytes(json), "request-1", TimeSpan.FromSeconds(8));
        await Eventually.IsTrueAsync(() => answer.IsCompleted, "The function answers.", () => dynamoDb.Time.Advance(TimeSpan.FromMilliseconds(20)));

        using Stream stream = (await answer).ToJson();
        JsonObject map = JsonNode.Parse(stream)!.AsObject();
        Assert.All(map, member => Assert.Equal(JsonValueKind.String, member.Value!.GetValueKind()));
        return map;
    }

    /// <summary>What somebody was sent; empty when nothing is noted.</summary>
    private async Task<Dictionary<string, AttributeValue>> NoteAsync(string number, string recipient)
    {
        QueryResponse notes = await dynamoDb.Client.QueryAsync(
            new QueryRequest
            {
                TableName = _table,
                KeyConditionExpression = $"{ConversationItems.PartitionKey} = :c",
                ExpressionAttributeValues = new() { [":c"] = new(ConversationItems.OfTemplateTo(number, recipient)) },
            },
            TestContext.Current.CancellationToken);
        return notes.Items?.SingleOrDefault() ?? [];
    }

    /// <summary>What a request comes to; null lets it through.</summary>
    private sealed class ScriptedSender(IWhatsAppSender inner, Queue<SendResult?> results, Action<TemplateMessage>? happens = null) : IWhatsAppSender
    {
        public Task<SendResult> SendAsync(TemplateMessage message, CancellationToken cancellationToken)
        {
            happens?.Invoke(message);
            return results.TryDequeue(out SendResult? result) && result is not null ? Task.FromResult(result) : inner.SendAsync(message, cancellationToken);
        }
    }
}
