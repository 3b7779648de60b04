using Amazon.SQS;
using Amazon.SQS.Model;
using LocalAws.Tests.Endpoint;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Endpoint;
using LocalAws.Sqs;
using MessageAttributeValue = Amazon.SQS.Model.MessageAttributeValue;

namespace LocalAws.Tests.Sqs;

/// <summary>The SDK's client checks every MD5 it gets: a wrong one fails these tests.</summary>
public sealed class SqsServiceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 18, 0, 0, 500, TimeSpan.Zero));
    private TestEndpoint _endpoint = null!;
    private AmazonSQSClient _sqs = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync(new SqsService(new SqsEngine(new AwsAccount(), _time)));
        _sqs = new AmazonSQSClient(TestEndpoint.Credentials, _endpoint.Config<AmazonSQSConfig>());
    }

    public ValueTask DisposeAsync()
    {
        _sqs.Dispose();
        return _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task A_message_with_attributes_goes_through_the_SDK()
    {
        string url = await CreateAsync("q");
        SendMessageResponse sent = await _sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = url,
            MessageBody = "héllo 👀",
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                ["text"] = new() { DataType = "String", StringValue = "é" },
                ["Number"] = new() { DataType = "Number.int", StringValue = "42" },
                ["binary"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([1, 2, 3]) },
            },
        });

        Message message = Assert.Single((await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = url,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = ["All"],
        })).Messages);

        Assert.Equal((sent.MessageId, "héllo 👀"), (message.MessageId, message.Body));
        Assert.Equal("é", message.MessageAttributes["text"].StringValue);
        Assert.Equal([1, 2, 3], message.MessageAttributes["binary"].BinaryValue.ToArray());
        Assert.Equal(("1", "123456789012"), (message.Attributes["ApproximateReceiveCount"], message.Attributes["SenderId"]));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds().ToString(), message.Attributes["SentTimestamp"]);
        await _sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 60);
        await _sqs.DeleteMessageAsync(url, message.ReceiptHandle);
        Assert.Equal("0", (await AttributesAsync(url))["ApproximateNumberOfMessagesNotVisible"]);
    }

    [Fact]
    public async Task A_receiver_sees_the_attributes_it_asked_for()
    {
        string url = await CreateAsync("q");
        await _sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = url,
            MessageBody = "m",
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                ["a.one"] = new() { DataType = "String", StringValue = "1" },
                ["b"] = new() { DataType = "String", StringValue = "2" },
            },
        });

        Message some = await ReceiveAsync(url, "a.*");
        Message none = await ReceiveAsync(url);

        Assert.Equal(["a.one"], some.MessageAttributes.Keys);
        Assert.Null(none.MessageAttributes);
        Assert.Null(none.Attributes);
    }

    [Fact]
    public async Task The_queue_URL_names_the_host_that_was_called()
    {
        string url = await CreateAsync("q");

        Assert.Equal($"{_endpoint.Uri}123456789012/q", url);
        Assert.Equal(url, (await _sqs.GetQueueUrlAsync("q")).QueueUrl);
        Assert.Equal([url], (await _sqs.ListQueuesAsync("q")).QueueUrls);
    }

    [Fact]
    public async Task Queues_are_listed_page_by_page()
    {
        foreach (string name in new[] { "a", "b", "c" })
        {
            await CreateAsync(name);
        }

        ListQueuesResponse first = await _sqs.ListQueuesAsync(new ListQueuesRequest { MaxResults = 2 });
        ListQueuesResponse second = await _sqs.ListQueuesAsync(new ListQueuesRequest { MaxResults = 2, NextToken = first.NextToken });

        Assert.Equal(2, first.QueueUrls.Count);
        Assert.EndsWith("/c", Assert.Single(second.QueueUrls), StringComparison.Ordinal);
        Assert.Null(second.NextToken);
    }

    [Fact]
    public async Task Settings_are_read_as_they_were_set()
    {
        string url = await CreateAsync("q");
        string dead = await CreateAsync("dead");
        string policy = $$"""{"deadLetterTargetArn":"{{(await AttributesAsync(dead))["QueueArn"]}}","maxReceiveCount":3}""";
        await _sqs.SetQueueAttributesAsync(url, new Dictionary<string, string> { ["VisibilityTimeout"] = "5", ["RedrivePolicy"] = policy });

        Dictionary<string, string> attributes = await AttributesAsync(url);

        Assert.Equal(("5", policy), (attributes["VisibilityTimeout"], attributes["RedrivePolicy"]));
        Assert.Equal("arn:aws:sqs:us-east-1:123456789012:q", attributes["QueueArn"]);
        Assert.Equal("1048576", attributes["MaximumMessageSize"]);
    }

    [Fact]
    public async Task Batches_succeed_and_fail_entry_by_entry()
    {
        string url = await CreateAsync("q");

        SendMessageBatchResponse sent = await _sqs.SendMessageBatchAsync(url, [new("good", "m"), new("bad", "\u0001")]);
        Message message = await ReceiveAsync(url);
        DeleteMessageBatchResponse deleted = await _sqs.DeleteMessageBatchAsync(url, [new("1", message.ReceiptHandle), new("2", "nonsense")]);

        Assert.Equal("good", Assert.Single(sent.Successful).Id);
        Assert.Equal(("bad", "InvalidMessageContents", true), (sent.Failed[0].Id, sent.Failed[0].Code, sent.Failed[0].SenderFault));
        Assert.Equal("1", Assert.Single(deleted.Successful).Id);
        Assert.Equal("ReceiptHandleIsInvalid", Assert.Single(deleted.Failed).Code);
    }

    [Fact]
    public async Task A_batch_against_the_rules_is_refused_as_a_whole()
    {
        string url = await CreateAsync("q");
        string large = new('x', 600_000);

        await Assert.ThrowsAsync<EmptyBatchRequestException>(() => _sqs.SendMessageBatchAsync(url, []));
        await Assert.ThrowsAsync<TooManyEntriesInBatchRequestException>(
            () => _sqs.SendMessageBatchAsync(url, [.. Enumerable.Range(0, 11).Select(i => new SendMessageBatchRequestEntry($"{i}", "m"))]));
        await Assert.ThrowsAsync<BatchEntryIdsNotDistinctException>(() => _sqs.SendMessageBatchAsync(url, [new("1", "m"), new("1", "m")]));
        await Assert.ThrowsAsync<InvalidBatchEntryIdException>(() => _sqs.SendMessageBatchAsync(url, [new("a b", "m")]));
        await Assert.ThrowsAsync<BatchRequestTooLongException>(() => _sqs.SendMessageBatchAsync(url, [new("1", large), new("2", large)]));
    }

    [Fact]
    public async Task A_long_poll_over_HTTP_ends_with_the_message()
    {
        string url = await CreateAsync("q");
        Task<ReceiveMessageResponse> receive = _sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, WaitTimeSeconds = 20 });

        await _sqs.SendMessageAsync(url, "m");

        Assert.Equal("m", Assert.Single((await receive.WaitAsync(TimeSpan.FromSeconds(30))).Messages).Body);
    }

    [Fact]
    public async Task Errors_arrive_as_the_SDKs_own_exceptions_with_the_query_protocols_code()
    {
        string url = await CreateAsync("q");
        await _sqs.PurgeQueueAsync(url);

        var missing = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => _sqs.GetQueueUrlAsync("none"));
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", missing.ErrorCode);
        await Assert.ThrowsAsync<PurgeQueueInProgressException>(() => _sqs.PurgeQueueAsync(url));
        await Assert.ThrowsAsync<ReceiptHandleIsInvalidException>(() => _sqs.DeleteMessageAsync(url, "nonsense"));
        await Assert.ThrowsAsync<QueueNameExistsException>(() => _sqs.CreateQueueAsync(
            new CreateQueueRequest { QueueName = "q", Attributes = new Dictionary<string, string> { ["DelaySeconds"] = "1" } }));
        await Assert.ThrowsAsync<InvalidAttributeNameException>(() => _sqs.GetQueueAttributesAsync(url, ["Policy"]));
        await Assert.ThrowsAsync<UnsupportedOperationException>(() => _sqs.CreateQueueAsync("q.fifo"));
        await Assert.ThrowsAsync<InvalidMessageContentsException>(() => _sqs.SendMessageAsync(url, "\u0001"));
        await _sqs.DeleteQueueAsync(url);
        await Assert.ThrowsAsync<QueueDeletedRecentlyException>(() => _sqs.CreateQueueAsync("q"));
    }

    [Fact]
    public async Task Dead_letters_are_moved_through_the_SDK()
    {
        string dead = (await AttributesAsync(await CreateAsync("dead")))["QueueArn"];
        await _sqs.CreateQueueAsync(new CreateQueueRequest
        {
            QueueName = "q",
            Attributes = new Dictionary<string, string> { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{dead}}","maxReceiveCount":3}""" },
        });

        Assert.NotNull((await _sqs.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest { SourceArn = dead })).TaskHandle);
    }

    [Fact]
    public async Task What_is_not_imitated_is_refused_by_name()
    {
        string url = await CreateAsync("q");

        var error = await Assert.ThrowsAsync<AmazonSQSException>(
            () => _sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = "m", MessageGroupId = "g" }));
        Assert.Contains("'MessageGroupId'", error.Message, StringComparison.Ordinal);
        var tags = await Assert.ThrowsAsync<AmazonSQSException>(() => _sqs.ListQueueTagsAsync(new ListQueueTagsRequest { QueueUrl = url }));
        Assert.Contains("ListQueueTags", tags.Message, StringComparison.Ordinal);
    }

    private async Task<string> CreateAsync(string name) => (await _sqs.CreateQueueAsync(name)).QueueUrl;

    private async Task<Dictionary<string, string>> AttributesAsync(string url) => (await _sqs.GetQueueAttributesAsync(url, ["All"])).Attributes;

    private async Task<Message> ReceiveAsync(string url, params List<string> names) => Assert.Single((await _sqs.ReceiveMessageAsync(
        new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = names, VisibilityTimeout = 0 })).Messages);
}
