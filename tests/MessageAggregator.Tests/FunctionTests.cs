using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using LocalAws.DynamoDb;
using WhatsAppBuffer.Tests;
using static MessageAggregator.Tests.Aggregation.StreamEvents;

namespace MessageAggregator.Tests;

public sealed class FunctionTests(DynamoDbFixture dynamoDb) : IClassFixture<DynamoDbFixture>, IAsyncLifetime
{
    private const string Nothing = """{"state":{},"batchItemFailures":[]}""";
    private readonly CapturedInvocations _handler = new();
    private readonly CapturedLetters _queue = new();
    private readonly CollectedLog<Function> _log = new();
    private const string Unreadable = """{"id":{"S":"x"}}""";
    private bool _hasQueue = true;
    private readonly string _table = "active-" + Guid.NewGuid().ToString("N");

    public async ValueTask InitializeAsync() => await dynamoDb.Client.CreateTableAsync(new CreateTableRequest
    {
        TableName = _table,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = [new KeySchemaElement("conversation", KeyType.HASH), new KeySchemaElement("item", KeyType.RANGE)],
        AttributeDefinitions = [new AttributeDefinition("conversation", ScalarAttributeType.S), new AttributeDefinition("item", ScalarAttributeType.S)],
    });

    public ValueTask DisposeAsync()
    {
        _handler.Dispose();
        _queue.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_burst_goes_to_the_outbox_and_to_the_event_handler()
    {
        string response = await HandleAsync(Burst("m1", "m2"));


        Assert.Equal($$"""{"state":{"handedOverThrough":"{{FirstSequenceNumber + 1}}"},"batchItemFailures":[]}""", response);
        AggregatedEvent invoked = Assert.Single(_handler.Events);
        Dictionary<string, AttributeValue> outboxItem = Assert.Single(await OutboxAsync());
        Assert.Equal("503#1415", outboxItem["conversation"].S);
        Assert.Equal(invoked.Aggregation!.OutboxItem, outboxItem["item"].S);
        Assert.Equal(invoked.Aggregation.Id, outboxItem["aggregationId"].S);
        Assert.Equal(dynamoDb.Time.GetUtcNow().UtcDateTime, DateTime.Parse(outboxItem["createdAt"].S).ToUniversalTime(), TimeSpan.FromMilliseconds(1));
        // The stream's own time, not the function's.
        Assert.Equal("2026-11-21T18:24:28Z", outboxItem["waitingSince"].S);
        Assert.Equal(["m1", "m2"], JsonSerializer.Deserialize<AggregatedEvent>(outboxItem["event"].S)!.Aggregation!.MessageIds);
        Dictionary<string, AttributeValue> watermark = await WatermarkAsync();
        Assert.Equal($"{FirstSequenceNumber + 1}".PadLeft(40, '0'), watermark["handedOverThrough"].S);
        Assert.Equal(dynamoDb.Time.GetUtcNow().AddDays(7).ToUnixTimeSeconds().ToString(), watermark["expiresAt"].N);
    }

    [Fact]
    public async Task Defect_17_every_data_call_delivers_and_a_closing_call_returns_its_state_at_once()
    {
        Assert.Equal(Nothing, await HandleAsync(OfRecords([], isFinal: true)));
        Assert.Equal(
            """{"state":{"handedOverThrough":"77","by":{"another":["é"]}},"batchItemFailures":[]}""",
            await HandleAsync(OfRecords([], """{"handedOverThrough":"77","by":{"another":["é"]}}""", isFinal: true)));
        Assert.Empty(_handler.Events);
    }

    [Fact]
    public async Task Removals_and_changes_invoke_nobody()
    {
        await HandleAsync(OfRecords([Record("REMOVE", "", 1), Record("MODIFY", $"\"NewImage\":{Image(TextMessage("m", "x"))},", 2)]));

        Assert.Empty(_handler.Events);
        Assert.Empty(await OutboxAsync());
    }

    [Fact]
    public async Task Defect_18_a_repeated_event_adds_nothing_but_invokes_again()
    {
        await HandleAsync(Burst("m1", "m2"));
        await HandleAsync(Burst("m1", "m2"));

        Assert.Single(await OutboxAsync());
        Assert.Equal(2, _handler.Events.Count);
        Assert.Equal(_handler.Events[0].Aggregation!.OutboxItem, _handler.Events[1].Aggregation!.OutboxItem);
    }

    [Fact]
    public async Task A_repeated_event_that_has_grown_adds_only_what_is_new()
    {
        await HandleAsync(Burst("m1", "m2"));
        await HandleAsync(Burst("m1", "m2", "m3"));

        Assert.Equal([["m1", "m2"], ["m3"]], (await OutboxAsync()).Select(IdsIn));
        Assert.Equal(["m3"], _handler.Events[^1].Aggregation!.MessageIds);
    }

    [Fact]
    public async Task An_answer_of_DynamoDB_that_is_lost_costs_a_retry_and_no_duplicate()
    {
        using var client = new InterruptedDynamoDb(dynamoDb.Uri) { LosesAnswers = true };
        string failed = await HandleAsync(Burst("m1"), client);
        Assert.Empty(_handler.Events);

        client.LosesAnswers = false;
        string repeated = await HandleAsync(Burst("m1"), client);

        Assert.Equal($$"""{"state":{},"batchItemFailures":[{"itemIdentifier":"{{FirstSequenceNumber}}"}]}""", failed);
        Assert.EndsWith("\"batchItemFailures\":[]}", repeated, StringComparison.Ordinal);
        Assert.Single(await OutboxAsync());
        Assert.Single(_handler.Events);
    }

    [Theory]
    [InlineData(-11, true)]
    [InlineData(-9, false)]
    public async Task Of_records_that_may_be_given_up_it_is_noted_that_they_were_handed_over(int minutes, bool isNoted)
    {
        byte[] old = Of(dynamoDb.Time.GetUtcNow().AddMinutes(minutes), "m1", "m2");

        await HandleAsync(old);

        Assert.Equal(isNoted ? [ConversationItems.HandedOver($"{FirstSequenceNumber}".PadLeft(40, '0'), $"{FirstSequenceNumber + 1}".PadLeft(40, '0'))] : [], await NotesAsync());
    }

    [Fact]
    public async Task Records_that_come_again_when_they_are_old_are_noted_then()
    {
        await HandleAsync(Of(dynamoDb.Time.GetUtcNow(), "m1"));
        Assert.Empty(await NotesAsync());

        await HandleAsync(Of(dynamoDb.Time.GetUtcNow().AddHours(-1), "m1", "m2"));

        string[] numbers = [.. Enumerable.Range(0, 2).Select(i => $"{FirstSequenceNumber + i}".PadLeft(40, '0'))];
        Assert.Equal([ConversationItems.HandedOver(numbers[0], numbers[0]), ConversationItems.HandedOver(numbers[1], numbers[1])], await NotesAsync());
    }

    [Fact]
    public async Task Conflicting_transactions_are_tried_again()
    {
        using var client = new InterruptedDynamoDb(dynamoDb.Uri) { Conflicts = 2 };

        string response = await HandleAdvancingTimeAsync(Burst("m1"), client);

        Assert.EndsWith("\"batchItemFailures\":[]}", response, StringComparison.Ordinal);
        Assert.Single(await OutboxAsync());
    }

    [Fact]
    public async Task Conflicts_without_end_fail_the_conversation()
    {
        using var client = new InterruptedDynamoDb(dynamoDb.Uri) { Conflicts = 1_000 };

        string response = await HandleAdvancingTimeAsync(Burst("m1"), client);

        Assert.Contains($"\"itemIdentifier\":\"{FirstSequenceNumber}\"", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_conversation_is_named_by_its_first_record_and_the_others_go_on()
    {
        using var client = new InterruptedDynamoDb(dynamoDb.Uri) { FailingConversation = "503#b" };

        string response = await HandleAsync(ThreeConversations(), client);

        Assert.Equal(
            $$"""{"state":{"handedOverThrough":"{{FirstSequenceNumber}}"},"batchItemFailures":[{"itemIdentifier":"{{FirstSequenceNumber + 1}}"}]}""", response);
        Assert.Equal(["a", "c"], _handler.Events.Select(e => e.Aggregation!.Customer).Order());
        string noted = $"{FirstSequenceNumber + 2}".PadLeft(40, '0');
        Assert.Contains(ConversationItems.HandedOver(noted, noted), await NotesAsync());
    }

    [Fact]
    public async Task After_a_failure_the_retry_forwards_nothing_twice()
    {
        using var client = new InterruptedDynamoDb(dynamoDb.Uri) { FailingConversation = "503#b" };
        await HandleAsync(ThreeConversations(), client);

        client.FailingConversation = null;
        await HandleAsync(ThreeConversations(), client);

        Assert.Equal(["503#a", "503#b", "503#c"], (await OutboxAsync()).Select(item => item["conversation"].S).Order());
    }

    [Fact]
    public async Task An_invocation_that_Lambda_does_not_take_is_made_again_by_the_retry()
    {
        _handler.FailingCustomers.Add("1415");
        string failed = await HandleAsync(Burst("m1"));
        _handler.FailingCustomers.Clear();

        await HandleAsync(Burst("m1"));

        Assert.Contains($"\"itemIdentifier\":\"{FirstSequenceNumber}\"", failed, StringComparison.Ordinal);
        Assert.Single(_handler.Events);
        Assert.Single(await OutboxAsync());
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_put_aside_with_its_content_and_holds_up_nobody()
    {
        string response = await HandleAsync(OfImages(Image(TextMessage("m1", "a")), Unreadable, Image(TextMessage("m3", "c")), Unreadable));

        Assert.EndsWith("\"batchItemFailures\":[]}", response, StringComparison.Ordinal);
        Assert.Equal(["m1", "m3"], _handler.Events.Single().Aggregation!.MessageIds);
        Assert.Contains("Records[1].dynamodb.NewImage.from is not a non-empty string", _log.Text, StringComparison.Ordinal);
        SendMessageRequest letter = Assert.Single(_queue.Letters);
        Assert.Equal("UnreadableRecord", letter.MessageAttributes["errorCode"].StringValue);
        Assert.Equal(["x", "x"], RecordsIn(letter).Select(record => record.GetProperty("dynamodb").GetProperty("NewImage").GetProperty("id").GetProperty("S").GetString()));
    }

    [Fact]
    public async Task A_record_that_comes_again_anyway_is_not_put_aside_before_its_last_time()
    {
        byte[] lambdaEvent = OfImages(Image(TextMessage("m1", "a", from: "b")), Unreadable);
        using var client = new InterruptedDynamoDb(dynamoDb.Uri) { FailingConversation = "503#b" };

        string failed = await HandleAsync(lambdaEvent, client);
        Assert.Empty(_queue.Letters);
        client.FailingConversation = null;
        string repeated = await HandleAsync(lambdaEvent, client);

        Assert.Contains($"\"itemIdentifier\":\"{FirstSequenceNumber}\"", failed, StringComparison.Ordinal);
        Assert.EndsWith("\"batchItemFailures\":[]}", repeated, StringComparison.Ordinal);
        Assert.Single(_queue.Letters);
    }

    [Fact]
    public async Task A_message_too_large_for_the_outbox_is_put_aside_and_its_neighbours_go_on()
    {
        // 220,000 bytes in the raw table, 440,000 as JSON.
        string tooLarge = Image($$"""{"from":"1415","id":"large","type":"order","order":"{{string.Concat(Enumerable.Repeat("\\\"", 220_000))}}"}""");
        byte[] lambdaEvent = OfImages(Image(TextMessage("m1", "a")), tooLarge, Image(TextMessage("m3", "c")));

        string response = await HandleAsync(lambdaEvent);
        await HandleAsync(lambdaEvent);

        Assert.EndsWith("\"batchItemFailures\":[]}", response, StringComparison.Ordinal);
        Assert.Equal(["m1", "m3"], (await OutboxAsync()).SelectMany(IdsIn));
        SendMessageRequest letter = Assert.Single(_queue.Letters);
        Assert.Equal("ValidationError", letter.MessageAttributes["errorCode"].StringValue);
        Assert.Contains("more than 405504 bytes", letter.MessageAttributes["reason"].StringValue, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("503#1415", letter.MessageAttributes["conversation"].StringValue);
        Assert.Equal("large", Assert.Single(RecordsIn(letter)).GetProperty("dynamodb").GetProperty("NewImage").GetProperty("id").GetProperty("S").GetString());
    }

    [Fact]
    public async Task A_conversation_whose_key_no_table_takes_is_put_aside_and_the_others_go_on()
    {
        string hopeless = Image(TextMessage("m1", "a")).Replace("1415", new string('9', 2_048), StringComparison.Ordinal);

        string response = await HandleAsync(OfImages(hopeless, Image(TextMessage("m2", "b")), hopeless.Replace("m1", "m3", StringComparison.Ordinal)));

        Assert.EndsWith("\"batchItemFailures\":[]}", response, StringComparison.Ordinal);
        Assert.Equal(["m2"], _handler.Events.Single().Aggregation!.MessageIds);
        Assert.Equal(2, RecordsIn(Assert.Single(_queue.Letters)).Count());
        Assert.DoesNotContain("9999", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_larger_than_a_letter_leaves_its_keys_which_tell_where_it_lies()
    {
        string large = $$"""{"id":{"S":"x"},"text":{"S":"{{string.Concat(Enumerable.Repeat("\\u0001", 200_000))}}"} }""";

        await HandleAsync(OfImages(large, large, Unreadable));

        JsonElement[] records = [.. _queue.Letters.SelectMany(RecordsIn)];
        Assert.Equal(3, records.Length);
        Assert.Equal("k", records[0].GetProperty("dynamodb").GetProperty("Keys").GetProperty("id").GetProperty("S").GetString());
        Assert.All(_queue.Letters, letter => Assert.InRange(Encoding.UTF8.GetByteCount(letter.MessageBody), 1, 1_000_000));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_cannot_be_put_aside_stays_in_the_stream(bool hasQueue)
    {
        _queue.IsDown = true;
        _hasQueue = hasQueue;

        string response = await HandleAsync(OfImages(Image(TextMessage("m1", "a")), Unreadable, Image(TextMessage("m3", "c"))));

        Assert.Contains($"\"itemIdentifier\":\"{FirstSequenceNumber + 1}\"", response, StringComparison.Ordinal);
        Assert.Equal(["m1", "m3"], _handler.Events.Single().Aggregation!.MessageIds);
    }

    [Fact]
    public async Task Garbage_fails_the_invocation() =>
        await Assert.ThrowsAnyAsync<JsonException>(() => HandleAsync(Encoding.UTF8.GetBytes("{\"Records\":7}")));

    [Fact]
    public async Task A_table_made_anew_starts_again_from_lower_sequence_numbers()
    {
        await HandleAsync(Burst("m1"));

        string newStream = Encoding.UTF8.GetString(OfRecords([Insert(Image(TextMessage("m2", "b")), 5)])).Replace(StreamArn, StreamArn + "1", StringComparison.Ordinal);
        await HandleAsync(Encoding.UTF8.GetBytes(newStream));

        Assert.Equal(2, (await OutboxAsync()).Count);
    }

    [Fact]
    public async Task Defect_21_a_burst_beyond_the_limit_becomes_several_events_in_order()
    {
        byte[] burst = OfImages(Enumerable.Range(0, 100).Select(i => Image(TextMessage($"m{i}", new string((char)('a' + i % 26), 4_096)))));

        await HandleAsync(burst);

        List<Dictionary<string, AttributeValue>> outbox = await OutboxAsync();
        Assert.Equal(2, outbox.Count);
        Assert.All(outbox, item => Assert.InRange(Encoding.UTF8.GetByteCount(item["event"].S), 1, AggregationRule.DefaultMaxEventBytes));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"m{i}"), outbox.SelectMany(IdsIn));
        Assert.Equal(outbox.Select(item => item["item"].S), _handler.Events.Select(e => e.Aggregation!.OutboxItem));
    }

    [Fact]
    public async Task A_batch_larger_than_a_transaction_is_handed_over_in_several()
    {
        byte[] burst = OfImages(Enumerable.Range(0, 15).Select(i =>
            Image($$"""{"from":"1415","id":"m{{i}}","timestamp":"1","type":"contacts","contacts":["{{new string('x', 300_000)}}"]}""")));

        await HandleAsync(burst);

        Assert.Equal(Enumerable.Range(0, 15).Select(i => $"m{i}"), (await OutboxAsync()).SelectMany(IdsIn));
    }

    [Fact]
    public async Task An_invocation_about_to_time_out_reports_what_it_could_not_hand_over()
    {
        using var client = new InterruptedDynamoDb(dynamoDb.Uri) { Conflicts = int.MaxValue };

        string response = await HandleAdvancingTimeAsync(Burst("m1"), client, TimeSpan.FromSeconds(1.05));

        Assert.Contains("itemIdentifier", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_text_or_phone_number_is_logged()
    {
        using var client = new InterruptedDynamoDb(dynamoDb.Uri) { FailingConversation = "503#1415" };

        await HandleAsync(OfImages(Image(TextMessage("m1", "secret words"))), client);

        Assert.DoesNotContain("secret words", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1415", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_without_records_is_no_messages_work_and_says_nothing()
    {
        byte[] closing = OfRecords([], isFinal: true);
        await HandleAsync(closing);

        Assert.Empty(_log.Text);
        using AggregatedBatch batch = Aggregator.Aggregate(closing);
        Assert.Null(Telemetry.TraceParentsOf(batch));
    }

    [Theory]
    [InlineData(null, "handler", null, "TABLE_NAME is not set")]
    [InlineData("table", " ", null, "WAKE_UP_QUEUE_URL is not set")]
    [InlineData("table", "handler", "queue", "WAKE_UP_QUEUE_URL and WHATSAPP_EVENT_HANDLER are both set")]
    public void A_missing_setting_is_named(string? table, string? handler, string? queue, string error) =>
        Assert.StartsWith(
            error,
            Assert.Throws<ConfigurationException>(() => MessageAggregatorOptions.Read(name => name switch
            {
                "TABLE_NAME" => table,
                "WHATSAPP_EVENT_HANDLER" => handler,
                "WAKE_UP_QUEUE_URL" => queue,
                _ => null,
            })).Message,
            StringComparison.Ordinal);

    private static IEnumerable<JsonElement> RecordsIn(SendMessageRequest letter) => JsonElement.Parse(letter.MessageBody).GetProperty("Records").EnumerateArray();

    private RefusedRecords? Refused => _hasQueue ? new(new DeadLetterQueue(_queue, "http://queue"), _log) : null;

    private static byte[] Burst(params string[] ids) => OfImages(ids.Select(id => Image(TextMessage(id, $"text of {id}"))));

    private static byte[] ThreeConversations() => OfImages(
        Image(TextMessage("m1", "x", from: "a")), Image(TextMessage("m2", "x", from: "b")), Image(TextMessage("m3", "x", from: "c")));

    private static IReadOnlyList<string> IdsIn(Dictionary<string, AttributeValue> item) =>
        JsonSerializer.Deserialize<AggregatedEvent>(item["event"].S)!.Aggregation!.MessageIds;

    private async Task<string> HandleAsync(byte[] lambdaEvent, IAmazonDynamoDB? client = null, TimeSpan? remaining = null)
    {
        var function = new Function(
            new Outbox(new ConversationTable(client ?? dynamoDb.Client, _table, dynamoDb.Time), Refused),
            new EventHandlerInvoker(_handler, "whatsapp_event_handler"),
            Refused,
            dynamoDb.Time,
            _log);
        using AggregatedBatch batch = Aggregator.Aggregate(lambdaEvent);
        using var output = new StreamReader(await function.HandleAsync(batch, new LambdaContext { RemainingTime = remaining ?? TimeSpan.FromMinutes(1) }));
        return await output.ReadToEndAsync();
    }

    private async Task<string> HandleAdvancingTimeAsync(byte[] lambdaEvent, IAmazonDynamoDB client, TimeSpan? remaining = null)
    {
        Task<string> handling = HandleAsync(lambdaEvent, client, remaining ?? TimeSpan.FromMinutes(15));
        for (int step = 0; step < 20_000 && !handling.IsCompleted; step++)
        {
            dynamoDb.Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.WhenAny(handling, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
        }

        return await handling.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task<List<Dictionary<string, AttributeValue>>> OutboxAsync()
    {
        List<Dictionary<string, AttributeValue>> items = [];
        ScanResponse? page = null;
        do
        {
            page = await dynamoDb.Client.ScanAsync(new ScanRequest { TableName = _table, ExclusiveStartKey = page?.LastEvaluatedKey });
            items.AddRange(page.Items ?? []);
        }
        while (page.LastEvaluatedKey is { Count: > 0 });
        return [.. items.Where(item => item["item"].S.StartsWith(ConversationItems.OutboxPrefix, StringComparison.Ordinal))
            .OrderBy(item => item["conversation"].S, StringComparer.Ordinal).ThenBy(item => item["item"].S, StringComparer.Ordinal)];
    }

    private static byte[] Of(DateTimeOffset at, params string[] ids) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Burst(ids))
        .Replace("\"ApproximateCreationDateTime\":1795285468.0", $"\"ApproximateCreationDateTime\":{at.ToUnixTimeSeconds()}.0", StringComparison.Ordinal));

    private async Task<IEnumerable<string>> NotesAsync() => (await dynamoDb.Client.ScanAsync(new ScanRequest { TableName = _table })).Items
        .Select(item => item["item"].S).Where(item => item.StartsWith(ConversationItems.HandedOverPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private async Task<Dictionary<string, AttributeValue>> WatermarkAsync() => (await dynamoDb.Client.GetItemAsync(
        _table, new Dictionary<string, AttributeValue> { ["conversation"] = new("503#1415"), ["item"] = new(ConversationItems.Stream) })).Item;
}
