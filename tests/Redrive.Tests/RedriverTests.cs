using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Amazon.DynamoDBStreams;
using Amazon.DynamoDBStreams.Model;
using LocalAws;
using LocalAws.Delivery;
using LocalAws.Faults;
using LocalAws.Lambda.Functions;
using LocalAws.Testing;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Redrive;
using WhatsAppBuffer.Redrive.Letters;
using WhatsAppBuffer.Topology;
using Record = Amazon.DynamoDBStreams.Model.Record;

namespace Redrive.Tests;

/// <summary>Letters of every kind, on a local cloud with its real queues, functions and streams.</summary>
public sealed class RedriverTests : IAsyncLifetime
{
    private const string Notification = """{"Type":"Notification","MessageId":"a","Message":"{}"}""";
    private readonly ConcurrentQueue<string> _invoked = new();
    private LocalCloud _cloud = null!;
    private RedriveClients _clients = null!;

    private string StreamArn { get; set; } = "";

    public async ValueTask InitializeAsync()
    {
        _cloud = await LocalCloud.StartAsync();
        _clients = RedriveClients.At(_cloud.Uri, null, hasCredentials: false);
        foreach (FunctionSpec function in FunctionSpecs.All.Where(function => function.DeadLetterQueue is not null))
        {
            _cloud.Sqs.CreateQueue(function.DeadLetterQueue!);
            _cloud.Lambda.CreateFunction(new FunctionDefinition
            {
                Name = function.Name,
                ReservedConcurrency = 50,
                Code = FunctionCode.FromText(json =>
                {
                    _invoked.Enqueue(json);
                    return Task.FromResult("{}");
                }),
            });
        }

        StreamArn = _cloud.DynamoDb.CreateTable(Tables.RawMessages.Name, "from", "id", "NEW_IMAGE")!;
        _cloud.DynamoDb.CreateTable(Tables.ActiveConnections.Name, "conversation", "item");
    }

    public async ValueTask DisposeAsync()
    {
        _clients.Dispose();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Letters_of_functions_that_are_invoked_are_invoked_again_and_gone()
    {
        Put(FunctionSpecs.OnRawMessages, Notification, """{"whatsAppWebhookEntry":"{}"}""", """{"requestContext":{},"requestPayload":{"Records":[{"Sns":{"Message":"x"}}]}}""");
        Put(FunctionSpecs.WhatsAppEventHandler, """{"requestContext":{},"requestPayload":{"messages":[1]}}""", """{"aggregation":{"refused":{"part":"0001","times":0}}}""");

        RedriveReport report = await RunAsync();

        Assert.Empty(report.Skipped);
        Assert.Equal(2, report.PutBack[("on_raw_messages_dead_letters", LetterKind.Notification)]);
        Assert.Equal(1, report.PutBack[("on_raw_messages_dead_letters", LetterKind.Invocation)]);
        Assert.Equal(1, report.PutBack[("whatsapp_event_handler_dead_letters", LetterKind.Invocation)]);
        Assert.Equal(1, report.PutBack[("whatsapp_event_handler_dead_letters", LetterKind.RefusedPart)]);
        Assert.Equal(0, Letters());
        await Eventually.IsTrueAsync(() => _invoked.Count == 5, "all functions are invoked");
        Assert.Equal(
            [
                """{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{"Message":"{\u0022whatsAppWebhookEntry\u0022:\u0022{}\u0022}"}}]}""",
                """{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{"Type":"Notification","Message":"x"}}]}""",
                $$"""{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{{Notification}}}]}""",
                """{"aggregation":{"refused":{"part":"0001","times":0}}}""",
                """{"messages":[1]}""",
            ],
            _invoked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_event_of_a_chat_is_put_back_as_SNS_gave_it_and_an_answer_that_WhatsApp_refused_stays()
    {
        Put(FunctionSpecs.ConnectEventHandler, Notification, """{"messageId":"m-1","text":"Hello","sentParts":0}""");

        RedriveReport report = await RunAsync();

        Assert.Equal(1, report.PutBack[("connect_event_handler_dead_letters", LetterKind.Notification)]);
        Assert.Contains("a person reads it", Assert.Single(report.Skipped), StringComparison.Ordinal);
        Assert.Equal(1, Letters());
        await Eventually.IsTrueAsync(() => !_invoked.IsEmpty, "the function is invoked");
        Assert.Equal([$$"""{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{{Notification}}}]}"""], _invoked);
    }

    [Fact]
    public async Task Letters_of_functions_that_a_queue_waits_for_go_into_it()
    {
        _cloud.Sqs.CreateQueue("on_raw_messages_queue");
        _cloud.Sqs.CreateQueue("whatsapp_event_handler_queue");
        _cloud.Sqs.CreateQueue("connect_event_handler_queue");
        Put(FunctionSpecs.ConnectEventHandler, Notification);
        Put(FunctionSpecs.OnRawMessages, Notification, """{"requestContext":{},"requestPayload":{"Records":[{"Sns":{"Message":"x"}},{"Sns":{"Message":"y"}}]}}""");
        Put(FunctionSpecs.WhatsAppEventHandler, """{"messages":[1]}""");

        RedriveReport report = await RunAsync();

        Assert.Empty(report.Skipped);
        Assert.Equal(0, Letters());
        Assert.Equal(
            ["""{"Type":"Notification","Message":"x"}""", """{"Type":"Notification","Message":"y"}""", Notification],
            _cloud.Sqs.Peek("on_raw_messages_queue").Select(message => message.Body).Order(StringComparer.Ordinal));
        Assert.Equal(["""{"messages":[1]}"""], _cloud.Sqs.Peek("whatsapp_event_handler_queue").Select(message => message.Body));
        Assert.Equal([Notification], _cloud.Sqs.Peek("connect_event_handler_queue").Select(message => message.Body));
    }

    [Fact]
    public async Task Records_are_put_back_once_however_often_their_letter_is()
    {
        Store("m1");
        string letter = await LetterWithAsync("m1");
        Put(FunctionSpecs.MessageAggregator, letter, letter);

        RedriveReport report = await RunAsync();
        Put(FunctionSpecs.MessageAggregator, letter);
        RedriveReport again = await RunAsync();

        Assert.All(report.Skipped.Concat(again.Skipped), why => Assert.EndsWith("Somebody else is putting it back.", why, StringComparison.Ordinal));
        Assert.Equal(["INSERT m1", "REMOVE m1", "INSERT m1"], await ChangesAsync());
        Assert.Equal("text of m1", (string?)Row("m1")!["text"]!["body"]);
    }

    [Fact]
    public async Task A_row_that_has_expired_comes_back_from_its_letter()
    {
        Store("m1");
        string letter = await LetterWithAsync("m1");
        _cloud.DynamoDb.Clear();
        await InitializeTablesAsync();
        Put(FunctionSpecs.MessageAggregator, letter);

        RedriveReport report = await RunAsync();

        Assert.Empty(report.Skipped);
        Assert.Equal("text of m1", (string?)Row("m1")!["text"]!["body"]);
    }

    [Fact]
    public async Task A_pointer_is_followed_as_long_as_the_stream_has_its_records()
    {
        Store("m1", "m2", "m3");
        (string shard, IReadOnlyList<Record> records) = await StreamAsync();
        Put(FunctionSpecs.MessageAggregator, Pointer(shard, records[1].Dynamodb.SequenceNumber, records[2].Dynamodb.SequenceNumber), Pointer("shardId-00000000000000000000-00000000", "1", "2"));

        RedriveReport report = await RunAsync();

        Assert.Equal(1, report.PutBack[("message_aggregator_dead_letters", LetterKind.Batch)]);
        Assert.Contains("no longer has its records", Assert.Single(report.Skipped), StringComparison.Ordinal);
        Assert.Equal(["INSERT m1", "INSERT m2", "INSERT m3", "REMOVE m2", "INSERT m2", "REMOVE m3", "INSERT m3"], await ChangesAsync());
        Assert.Equal(1, Letters());
    }

    [Fact]
    public async Task Batches_in_the_bucket_are_put_back_and_deleted()
    {
        string bucket = Buckets.WhatsAppBuffer("123456789012", "us-east-1", null);
        await _clients.S3.PutBucketAsync(bucket, TestContext.Current.CancellationToken);
        Store("m1", "m2");
        foreach ((string key, string content) in new[] { ("aws/lambda/1", WithPayload(await LetterWithAsync("m1"))), ("aws/lambda/2", "nonsense"), ("media/3", "not ours") })
        {
            await _clients.S3.PutObjectAsync(new() { BucketName = bucket, Key = key, ContentBody = content }, TestContext.Current.CancellationToken);
        }

        RedriveReport report = await RunAsync();

        Assert.Equal(1, report.PutBack[("message_aggregator_dead_letters", LetterKind.Batch)]);
        Assert.Contains("aws/lambda/2: It is no JSON object", Assert.Single(report.Skipped), StringComparison.Ordinal);
        Assert.Equal(["aws/lambda/2", "media/3"], (await _clients.S3.ListObjectsV2Async(new() { BucketName = bucket }, TestContext.Current.CancellationToken)).S3Objects.Select(found => found.Key));
        Assert.Equal(["INSERT m1", "INSERT m2", "REMOVE m1", "INSERT m1"], await ChangesAsync());
    }

    [Fact]
    public async Task What_was_handed_over_of_a_batch_is_not_put_back()
    {
        Store("m1", "m2");
        (string shard, IReadOnlyList<Record> records) = await StreamAsync();
        string[] numbers = [.. records.Select(record => record.Dynamodb.SequenceNumber)];
        string first = numbers[0].PadLeft(40, '0');
        _cloud.DynamoDb.Put(Tables.ActiveConnections.Name, new JsonObject { ["conversation"] = "503#1415", ["item"] = ConversationItems.HandedOver(first, first) });
        Put(FunctionSpecs.MessageAggregator, Pointer(shard, numbers[0], numbers[1]));

        RedriveReport report = await RunAsync();

        Assert.Empty(report.Skipped);
        Assert.Equal(0, Letters());
        Assert.Equal(["INSERT m1", "INSERT m2", "REMOVE m2", "INSERT m2"], await ChangesAsync());
    }

    [Fact]
    public async Task A_sweep_that_failed_is_done_by_the_next_one()
    {
        Put(FunctionSpecs.MessageAggregator, """{"requestContext":{},"requestPayload":{"detail-type":"Scheduled Event","time":"2026-11-29T10:00:00Z"}}""");

        Assert.Empty((await RunAsync()).Skipped);
        Assert.Equal(0, Letters());
    }

    [Fact]
    public async Task A_dry_run_counts_and_changes_nothing()
    {
        Store("m1");
        Put(FunctionSpecs.OnRawMessages, Notification, "nonsense");
        Put(FunctionSpecs.MessageAggregator, await LetterWithAsync("m1"));

        RedriveReport report = await new Redriver(_clients, dryRun: true).RunAsync(RedriveQueue.All(null), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, report.PutBack.Values.Sum());
        Assert.Single(report.Skipped);
        Assert.Equal(3, Letters());
        Assert.Empty(_invoked);
        Assert.Equal(["INSERT m1"], await ChangesAsync());
    }

    [Fact]
    public async Task A_letter_that_could_not_be_put_back_stays_and_is_put_back_by_the_next_run()
    {
        Put(FunctionSpecs.WhatsAppEventHandler, """{"messages":[1]}""", """{"messages":[2]}""");
        _cloud.Faults.Set(new FaultPlan { Rules = [new FaultRule { Service = "lambda", Operation = "Invoke", Effect = FaultEffect.Error, Code = "AccessDeniedException", Status = 403, Nth = 1 }] });

        RedriveReport first = await RunAsync();
        _cloud.Faults.Set(new FaultPlan { Rules = [] });
        int left = Letters();
        RedriveReport second = await RunAsync();

        Assert.Contains("AccessDenied", Assert.Single(first.Skipped), StringComparison.Ordinal);
        Assert.Equal((1, 1, 0), (left, second.PutBack.Values.Sum(), Letters()));
    }

    [Fact]
    public async Task No_more_letters_are_put_back_than_asked_for()
    {
        Put(FunctionSpecs.OnRawMessages, [.. Enumerable.Repeat(Notification, 30)]);
        Put(FunctionSpecs.WhatsAppEventHandler, [.. Enumerable.Repeat("""{"messages":[1]}""", 30)]);

        RedriveReport report = await new Redriver(_clients).RunAsync(RedriveQueue.All(null), most: 37, TestContext.Current.CancellationToken);

        Assert.Equal((37, 23), (report.PutBack.Values.Sum(), Letters()));
    }

    [Fact]
    public async Task A_queue_that_is_missing_is_named()
    {
        _cloud.Sqs.DeleteQueue("on_raw_messages_dead_letters");

        Assert.Contains(
            "There is no queue on_raw_messages_dead_letters",
            (await Assert.ThrowsAsync<Amazon.SQS.Model.QueueDoesNotExistException>(RunAsync)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on_raw_messages_dead_letters", "on_raw_messages")]
    [InlineData("trial_message_aggregator_dead_letters", "trial_message_aggregator")]
    [InlineData("orders", null)]
    public void A_queue_is_known_by_its_name(string name, string? function) => Assert.Equal(function, RedriveQueue.Find(name)?.FunctionName);

    private Task<RedriveReport> RunAsync() => new Redriver(_clients).RunAsync(RedriveQueue.All(null), cancellationToken: TestContext.Current.CancellationToken);

    private Task InitializeTablesAsync()
    {
        StreamArn = _cloud.DynamoDb.CreateTable(Tables.RawMessages.Name, "from", "id", "NEW_IMAGE")!;
        return Task.CompletedTask;
    }

    private void Put(FunctionSpec function, params string[] letters)
    {
        foreach (string letter in letters)
        {
            _cloud.Sqs.SendMessage(function.DeadLetterQueue!, new DeliveryMessage(letter));
        }
    }

    private int Letters() => FunctionSpecs.All.Select(function => function.DeadLetterQueue).OfType<string>().Sum(queue => _cloud.Sqs.Peek(queue).Count);

    private void Store(params string[] ids)
    {
        foreach (string id in ids)
        {
            _cloud.DynamoDb.Put(Tables.RawMessages.Name, new JsonObject { ["from"] = "1415", ["id"] = id, ["metadata"] = new JsonObject { ["phone_number_id"] = "503" }, ["text"] = new JsonObject { ["body"] = $"text of {id}" }, ["list"] = new JsonArray(1, true, null) });
        }
    }

    private JsonObject? Row(string id) => _cloud.DynamoDb.Get(Tables.RawMessages.Name, "1415", id);

    /// <summary>All records of the stream, as the mapping hands them over, and the shard that they are in: they are of one customer.</summary>
    private async Task<(string Shard, IReadOnlyList<Record> Records)> StreamAsync()
    {
        foreach (Shard shard in (await _clients.Streams.DescribeStreamAsync(StreamArn)).StreamDescription.Shards)
        {
            string iterator = (await _clients.Streams.GetShardIteratorAsync(
                new GetShardIteratorRequest { StreamArn = StreamArn, ShardId = shard.ShardId, ShardIteratorType = ShardIteratorType.TRIM_HORIZON })).ShardIterator;
            if ((await _clients.Streams.GetRecordsAsync(iterator)).Records is { Count: > 0 } records)
            {
                return (shard.ShardId, records);
            }
        }

        return ("", []);
    }

    private async Task<IEnumerable<string>> ChangesAsync() =>
        (await StreamAsync()).Records.Select(record => $"{record.EventName} {record.Dynamodb.Keys["id"].S}");

    private async Task<string> LetterWithAsync(string id)
    {
        Record record = (await StreamAsync()).Records.Single(record => record.Dynamodb.Keys["id"].S == id);
        string keys = $$"""  "from":{"S":"1415"},"id":{"S":"{{id}}"}  """;
        string image = $$"""{ {{keys}},"text":{"M":{"body":{"S":"text of {{id}}"} } },"list":{"L":[{"N":"1"},{"BOOL":true},{"NULL":true}]} }""";
        return $$"""
            {"Records":[{"eventName":"INSERT","eventSourceARN":"{{StreamArn}}",
             "dynamodb":{"Keys":{ {{keys}} },"NewImage":{{image}},"SequenceNumber":"{{record.Dynamodb.SequenceNumber}}"} }]}
            """;
    }

    private static string WithPayload(string lambdaEvent) =>
        new JsonObject { ["DDBStreamBatchInfo"] = new JsonObject { ["shardId"] = "shard" }, ["payload"] = lambdaEvent }.ToJsonString();

    private string Pointer(string shard, string first, string last) =>
        $$$"""{"DDBStreamBatchInfo":{"shardId":"{{{shard}}}","startSequenceNumber":"{{{first}}}","endSequenceNumber":"{{{last}}}","streamArn":"{{{StreamArn}}}"}}""";
}
