using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.Contracts.WhatsApp;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.OnRawMessages;
using WhatsAppBuffer.OnRawMessages.Conversations;
using LocalAws.DynamoDb;
using WhatsAppBuffer.Tests;

namespace OnRawMessages.Tests;

public sealed class FunctionTests(DynamoDbFixture dynamoDb) : IClassFixture<DynamoDbFixture>, IAsyncLifetime
{
    private readonly CollectedLog<Function> _log = new();
    private readonly CapturedLetters _queue = new();
    private CapturedLetters? _statuses = new();
    private bool _hasQueue;
    private string _table = "";
    private string _conversations = "";

    public static TheoryData<string> StorableSamples() =>
        [.. Directory.GetFiles("Samples").Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Where(name => name is not ("sns-statuses" or "sns-malformed-entry" or "sns-many-with-a-bad-neighbour"))];

    public async ValueTask InitializeAsync()
    {
        _table = (await dynamoDb.CreateTableAsync()).TableName;
        _conversations = await ConversationsTable.CreateAsync(dynamoDb.Client);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(StorableSamples))]
    public async Task Every_sample_is_stored(string sample)
    {
        await HandleAsync(OfSample(sample));

        Dictionary<string, AttributeValue> item = Assert.Single(await StoredAsync());
        Assert.NotEmpty(item["type"].S);
        Assert.NotEmpty(item["expiresAt"].N);
    }

    [Fact]
    public async Task Defect_02_fractions_are_stored_as_exact_numbers()
    {
        await HandleAsync(OfSample("sns-location"));

        Assert.Equal("-131.9428612257", (await StoredAsync()).Single()["location"].M["longitude"].N);
    }

    [Fact]
    public async Task A_number_that_DynamoDB_cannot_hold_is_stored_as_text()
    {
        await HandleAsync(OfMessages("""{"id":"a","from":"1","big":1e400,"long":123456789012345678901234567890123456789,"fine":1.5}"""));

        Dictionary<string, AttributeValue> item = (await StoredAsync()).Single();
        Assert.Equal(("1e400", "123456789012345678901234567890123456789", "1.5"), (item["big"].S, item["long"].S, item["fine"].N));
    }

    [Fact]
    public async Task Every_json_type_finds_its_attribute_type()
    {
        await HandleAsync(OfMessages("""{"id":"a","from":"1","list":[],"map":{},"no":null,"yes":true,"empty":"","deep":[{"x":["y"]}]}"""));

        Dictionary<string, AttributeValue> item = (await StoredAsync()).Single();
        Assert.True(item["list"].IsLSet);
        Assert.True(item["map"].IsMSet);
        Assert.Equal((true, true, ""), (item["no"].NULL, item["yes"].BOOL, item["empty"].S));
        Assert.Equal("y", item["deep"].L[0].M["x"].L[0].S);
    }

    [Fact]
    public async Task Defect_05_good_messages_are_stored_and_the_bad_one_fails_the_invocation()
    {
        var error = await Assert.ThrowsAsync<MessagesNotStoredException>(() => HandleAsync(OfSample("sns-many-with-a-bad-neighbour")));

        Assert.Equal(2, (await StoredAsync()).Count);
        Assert.Contains("changes[0].value.messages[1].id is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_DynamoDB_refuses_is_named_and_leaves_its_neighbours_alone()
    {
        string tooLarge = $$"""{"id":"huge","from":"1","text":{"body":"{{new string('x', 410_000)}}"} }""";

        var error = await Assert.ThrowsAsync<MessagesNotStoredException>(() =>
            HandleAsync(OfMessages("""{"id":"a","from":"1"}""", tooLarge, """{"id":"b","from":"1"}""")));

        Assert.Equal(["a", "b"], (await StoredAsync()).Select(item => item["id"].S).Order());
        Assert.Contains("huge (SNS message sns-1): DynamoDB refuses it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defect_06_a_duplicate_delivery_is_counted_not_stored_again()
    {
        await HandleAsync(OfSample("sns-text"));
        Dictionary<string, AttributeValue> first = (await StoredAsync()).Single();

        dynamoDb.Time.Advance(TimeSpan.FromSeconds(1));
        await HandleAsync(OfSample("sns-text"));

        Assert.Equal(first["receivedAt"].S, (await StoredAsync()).Single()["receivedAt"].S);
        Assert.Contains("Stored 0, duplicates 1, failed 0", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defect_09_no_text_name_or_phone_number_is_logged()
    {
        await Assert.ThrowsAsync<MessagesNotStoredException>(() => HandleAsync(OfSample("sns-many-with-a-bad-neighbour")));

        Assert.DoesNotContain("good one", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("14157470265", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kike", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defect_04_a_malformed_entry_fails_the_invocation_with_the_fields_name()
    {
        var error = await Assert.ThrowsAsync<MessagesNotStoredException>(() => HandleAsync(OfSample("sns-malformed-entry")));

        Assert.Contains("whatsAppWebhookEntry is not JSON", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statuses_are_counted_and_not_stored()
    {
        await HandleAsync(OfSample("sns-statuses"));

        Assert.Empty(await StoredAsync());
        Assert.Contains("1 statuses", _log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"Records\":null}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public async Task What_is_no_event_of_SNS_or_SQS_is_refused(string json) => await Assert.ThrowsAsync<InvalidDataException>(() => HandleAsync(json));

    [Fact]
    public async Task A_record_without_a_message_is_named()
    {
        var error = await Assert.ThrowsAsync<MessagesNotStoredException>(() => HandleAsync("""{"Records":[{}]}"""));

        Assert.Contains("Sns.Message is missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_queue_brings_messages_with_the_topics_envelope_or_without_it(bool enveloped)
    {
        string answer = await HandleAsync(OfQueue(enveloped, OfMessages("""{"id":"a","from":"1"}"""), OfMessages("""{"id":"b","from":"1"}""", """{"id":"c","from":"2"}""")));

        Assert.Equal("""{"batchItemFailures":[]}""", answer);
        Assert.Equal(["a", "b", "c"], (await StoredAsync()).Select(item => item["id"].S).Order());
        Assert.All(await StoredAsync(), item => Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", item["traceparent"].S, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_what_could_not_be_stored_comes_again_from_the_queue()
    {
        using var client = new WatchedClient(dynamoDb.Uri) { FailsFor = "b" };

        string answer = await HandleAsync(
            OfQueue(true, OfMessages("""{"id":"a","from":"1"}"""), OfMessages("""{"id":"b","from":"2"}"""), OfMessages("""{"id":"c","from":"3"}""")), client);

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"sqs-2"}]}""", answer);
        Assert.Equal(["a", "c"], (await StoredAsync()).Select(item => item["id"].S).Order());
        Assert.Contains("Error 101 Notification sns-1: not stored, message id b", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_never_be_stored_leaves_with_its_reason_and_the_invocation_succeeds()
    {
        _hasQueue = true;
        string bad = OfMessages("""{"id":"a","from":"1"}""", """{"id":"","from":"1"}""");

        Assert.Equal("""{"batchItemFailures":[]}""", await HandleAsync(OfQueue(true, bad, OfMessages("""{"id":"c","from":"3"}"""))));
        Assert.Equal("""{"batchItemFailures":[]}""", await HandleAsync(bad));

        Assert.Equal(["a", "c"], (await StoredAsync()).Select(item => item["id"].S).Order());
        Assert.All(_queue.Letters, letter =>
        {
            Assert.Equal("UnreadableMessage", letter.MessageAttributes["errorCode"].StringValue);
            Assert.Contains("messages[1].id is empty", letter.MessageAttributes["reason"].StringValue, StringComparison.Ordinal);
            Assert.Equal(JsonNode.Parse(bad)!["Records"]![0]!["Sns"]!["Message"]!.GetValue<string>(), JsonNode.Parse(letter.MessageBody)!["Message"]!.GetValue<string>());
        });
        Assert.Equal(2, _queue.Letters.Count);
    }

    [Fact]
    public async Task What_may_still_be_stored_stays_with_what_never_will_be()
    {
        _hasQueue = true;
        using var client = new WatchedClient(dynamoDb.Uri) { FailsFor = "b" };

        string answer = await HandleAsync(OfQueue(true, OfMessages("""{"id":"","from":"1"}""", """{"id":"b","from":"2"}"""), OfMessages("""{"id":"c","from":"3"}""")), client);

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"sqs-1"}]}""", answer);
        Assert.Empty(_queue.Letters);
    }

    [Fact]
    public async Task What_cannot_be_put_aside_comes_again()
    {
        (_hasQueue, _queue.IsDown) = (true, true);

        string answer = await HandleAsync(OfQueue(true, OfMessages("""{"id":"","from":"1"}"""), OfMessages("""{"id":"c","from":"3"}""")));

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"sqs-1"}]}""", answer);
    }

    [Fact]
    public async Task An_invocation_that_stores_nothing_of_what_the_queue_brings_fails()
    {
        using var client = new WatchedClient(dynamoDb.Uri) { FailsFor = "a" };

        await Assert.ThrowsAsync<MessagesNotStoredException>(() => HandleAsync(OfQueue(true, OfMessages("""{"id":"a","from":"1"}""")), client));
    }

    [Fact]
    public async Task A_body_that_is_no_message_is_named_by_the_queues_id()
    {
        var error = await Assert.ThrowsAsync<MessagesNotStoredException>(() => HandleAsync(QueueEventOf("no JSON")));

        Assert.Contains("(SQS message sqs-1): Sns.Message is not JSON", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","body":"{}"}]}""")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"a"}]}""")]
    public async Task A_message_of_a_queue_without_id_or_body_fails_the_invocation(string lambdaEvent) =>
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => HandleAsync(lambdaEvent));

    [Fact]
    public async Task The_stored_trace_context_continues_the_one_of_the_SNS_message()
    {
        const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var sns = JsonNode.Parse(OfMessages("""{"id":"a","from":"1"}"""))!;
        sns["Records"]![0]!["Sns"]!["MessageAttributes"] = new JsonObject { ["traceparent"] = new JsonObject { ["Type"] = "String", ["Value"] = TraceParent } };

        await HandleAsync(sns.ToJsonString());

        string stored = (await StoredAsync()).Single()["traceparent"].S;
        Assert.Matches("^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$", stored);
        Assert.NotEqual(TraceParent, stored);
    }

    [Fact]
    public async Task Messages_of_one_sender_are_put_in_the_order_sent()
    {
        using var client = new WatchedClient(dynamoDb.Uri);
        string[] messages = [.. Enumerable.Range(0, 60).Select(i => $$"""{"id":"{{i}}","from":"{{i % 3}}"}""")];

        await HandleAsync(OfMessages(messages), client);

        foreach (IGrouping<string, (string From, string Id)> sender in client.Puts.GroupBy(put => put.From))
        {
            Assert.Equal(sender.Select(put => int.Parse(put.Id)).Order(), sender.Select(put => int.Parse(put.Id)));
        }

        Assert.Equal(60, client.Puts.Count);
    }

    [Fact]
    public async Task When_DynamoDB_fails_a_senders_later_messages_wait_and_other_senders_go_on()
    {
        using var client = new WatchedClient(dynamoDb.Uri) { FailsFor = "b1" };

        var error = await Assert.ThrowsAsync<MessagesNotStoredException>(() => HandleAsync(
            OfMessages("""{"id":"a1","from":"a"}""", """{"id":"b1","from":"b"}""", """{"id":"b2","from":"b"}""", """{"id":"a2","from":"a"}"""), client));

        Assert.Equal(["a1", "a2"], (await StoredAsync()).Select(item => item["id"].S).Order());
        Assert.Contains("b1", error.Message, StringComparison.Ordinal);
        Assert.Contains("b2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_WhatsApp_does_not_deliver_is_told_counted_and_logged()
    {
        await HandleAsync(OfStatuses(
            """{"id":"w","status":"failed","recipient_id":"49","biz_opaque_callback_data":"reply:1:m-1","errors":[{"code":131047,"title":"Re-engagement message"}]}""",
            """{"id":"v","status":"delivered","biz_opaque_callback_data":"reply:0:m-1"}""",
            """{"id":"u","status":"failed","errors":[{"code":"131026"}]}"""));

        Assert.Equal(
            [new AnswerStatus("m-1", 0, AnswerStatus.Delivered, null, null), new AnswerStatus("m-1", 1, AnswerStatus.Failed, 131047, "Re-engagement message")],
            _statuses!.Letters.Select(letter => AnswerStatus.Parse(letter.MessageBody)).OrderBy(told => told!.Part));
        Assert.Contains("Warning 104 WhatsApp does not deliver part 1 of answer m-1 (error 131047)", _log.Text, StringComparison.Ordinal);
        Assert.Contains("Warning 105 WhatsApp does not deliver a message that is no answer (error 131026)", _log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sent", 0)]
    [InlineData("delivered", 1)]
    [InlineData("read", 1)]
    [InlineData("played", 0)]
    public async Task What_an_agent_can_be_shown_of_an_answer_is_passed_on(string status, int told)
    {
        await HandleAsync(OfStatuses($$"""{"id":"v","status":"{{status}}","biz_opaque_callback_data":"reply:0:m-1"}"""));

        Assert.Equal(told, _statuses!.Letters.Count);
    }

    [Fact]
    public async Task Without_a_queue_the_log_alone_is_told()
    {
        _statuses = null;

        await HandleAsync(OfStatuses("""{"id":"w","status":"failed","biz_opaque_callback_data":"reply:0:m-1"}"""));

        Assert.Contains("Warning 104", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_queue_is_down_a_status_comes_again()
    {
        _statuses!.IsDown = true;

        await Assert.ThrowsAsync<MessagesNotStoredException>(() => HandleAsync(OfStatuses("""{"id":"w","status":"failed","biz_opaque_callback_data":"reply:0:m-1"}""")));
    }

    [Theory]
    [InlineData("""{"status":"failed","biz_opaque_callback_data":"reply:0:m-1","errors":[7]}""")]
    [InlineData("""{"status":"failed","biz_opaque_callback_data":"reply:0:m-1","errors":{"code":1}}""")]
    [InlineData("""{"status":"failed","biz_opaque_callback_data":"reply:0:m-1","errors":[{"code":1e9,"title":7}]}""")]
    [InlineData("""{"status":"failed","biz_opaque_callback_data":"reply:0:m-1","errors":[{"code":-1,"title":"\ud83d"}]}""")]
    public async Task Whatever_else_a_failed_status_holds_it_is_told(string status)
    {
        await HandleAsync(OfStatuses(status));

        Assert.Equal(new AnswerStatus("m-1", 0, AnswerStatus.Failed, null, null), AnswerStatus.Parse(Assert.Single(_statuses!.Letters).MessageBody));
    }

    [Fact]
    public void The_client_gives_up_before_Lambda_would_try_again() => Assert.Equal(3, RawMessageStore.ClientConfig.MaxErrorRetry);

    /// <returns>The answer.</returns>
    private async Task<string> HandleAsync(string lambdaEvent, IAmazonDynamoDB? client = null)
    {
        var table = new ConversationTable(client ?? dynamoDb.Client, _conversations, dynamoDb.Time);
        var function = new Function(
            new RawMessageStore(table.Client, _table, table), new ConversationFinder(table, new RouteCache(dynamoDb.Time)), new SentParts(table), _statuses is null ? null : new AnswerStatuses(_statuses, "http://statuses"), TimeSpan.FromDays(7), _hasQueue ? new DeadLetterQueue(_queue, "http://queue") : null, dynamoDb.Time, _log);
        using var answer = new StreamReader(await function.HandleAsync(Notifications.Read(System.Text.Encoding.UTF8.GetBytes(lambdaEvent)), new LambdaContext()));
        return await answer.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private async Task<List<Dictionary<string, AttributeValue>>> StoredAsync() =>
        (await dynamoDb.Client.ScanAsync(new ScanRequest { TableName = _table }, TestContext.Current.CancellationToken)).Items ?? [];

    private static string OfSample(string name) => File.ReadAllText(Path.Combine("Samples", $"{name}.json"));

    private static string OfMessages(params string[] messages) => Of("messages", messages);

    private static string OfStatuses(params string[] statuses) => Of("statuses", statuses);

    private static string Of(string name, string[] items)
    {
        string entry = $$"""{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"503"},"{{name}}":[{{string.Join(',', items)}}] } }] }""";
        string envelope = new JsonObject { ["context"] = new JsonObject(), ["whatsAppWebhookEntry"] = entry }.ToJsonString();
        return new JsonObject
        {
            ["Records"] = new JsonArray(new JsonObject { ["Sns"] = new JsonObject { ["MessageId"] = "sns-1", ["Message"] = envelope } }),
        }.ToJsonString();
    }

    /// <summary>What a queue that is subscribed to the topic brings, instead of these SNS events.</summary>
    private static string OfQueue(bool enveloped, params string[] snsEvents)
    {
        const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        IEnumerable<JsonObject> notifications = snsEvents.Select(snsEvent => JsonNode.Parse(snsEvent)!["Records"]![0]!["Sns"]!.DeepClone().AsObject());
        return QueueEventOf([.. notifications.Select(sns =>
        {
            string message = sns["Message"]!.GetValue<string>();
            sns["Type"] = "Notification";
            sns["MessageAttributes"] = new JsonObject { ["traceparent"] = new JsonObject { ["Type"] = "String", ["Value"] = TraceParent } };
            return enveloped ? sns.ToJsonString() : message;
        })]);
    }

    private static string QueueEventOf(params string[] bodies) => new JsonObject
    {
        ["Records"] = new JsonArray([.. bodies.Select((body, position) => new JsonObject
        {
            ["messageId"] = $"sqs-{position + 1}",
            ["receiptHandle"] = "handle",
            ["body"] = body,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" },
            ["messageAttributes"] = new JsonObject
            {
                ["traceparent"] = new JsonObject { ["stringValue"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", ["dataType"] = "String" },
            },
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = "arn:aws:sqs:us-east-1:111122223333:on_raw_messages",
        })]),
    }.ToJsonString();

    /// <summary>Amazon's client, which notes the order of puts and can fail one of them.</summary>
    private sealed class WatchedClient(Uri endpoint) : AmazonDynamoDBClient("any", "any", new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" })
    {
        public List<(string From, string Id)> Puts { get; } = [];

        public string? FailsFor { get; init; }

        public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
        {
            lock (Puts)
            {
                Puts.Add((request.Item["from"].S, request.Item["id"].S));
            }

            return request.Item["id"].S == FailsFor ? throw new InternalServerErrorException("down") : base.PutItemAsync(request, cancellationToken);
        }
    }
}
