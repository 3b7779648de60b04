using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Sqs;

namespace LocalAws.Tests.Sqs;

public class SqsEngineTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SqsEngine _sqs;

    public SqsEngineTests()
    {
        _sqs = new SqsEngine(new AwsAccount(), _time);
        _sqs.CreateQueue("q");
    }

    [Fact]
    public async Task A_message_is_received_in_order_and_deleted()
    {
        _sqs.SendMessage("q", new DeliveryMessage("one"));
        _sqs.SendMessage("q", new DeliveryMessage("two"));

        IReadOnlyList<ReceivedMessage> received = await _sqs.ReceiveMessageAsync("q", 10);
        Assert.Equal(["one", "two"], received.Select(m => m.Message.Body));

        _sqs.DeleteMessage("q", received[0].ReceiptHandle);
        _sqs.DeleteMessage("q", received[0].ReceiptHandle);
        Assert.Equal(["two"], _sqs.Peek("q").Select(m => m.Body));
    }

    [Fact]
    public async Task A_received_message_is_hidden_until_its_time_is_over()
    {
        _sqs.SendMessage("q", new DeliveryMessage("m"));
        ReceivedMessage first = Assert.Single(await _sqs.ReceiveMessageAsync("q"));

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(await _sqs.ReceiveMessageAsync("q"));

        _time.Advance(TimeSpan.FromSeconds(1));
        ReceivedMessage second = Assert.Single(await _sqs.ReceiveMessageAsync("q"));
        Assert.Equal((1, 2), (first.Message.ApproximateReceiveCount, second.Message.ApproximateReceiveCount));
        Assert.Equal(first.Message.FirstReceivedAt, second.Message.FirstReceivedAt);
    }

    [Fact]
    public async Task Only_the_last_receipt_handle_deletes()
    {
        _sqs.SendMessage("q", new DeliveryMessage("m"));
        ReceivedMessage first = Assert.Single(await _sqs.ReceiveMessageAsync("q", visibilityTimeout: 0));
        ReceivedMessage second = Assert.Single(await _sqs.ReceiveMessageAsync("q"));

        _sqs.DeleteMessage("q", first.ReceiptHandle);
        Assert.Single(_sqs.Peek("q"));

        _sqs.DeleteMessage("q", second.ReceiptHandle);
        Assert.Empty(_sqs.Peek("q"));
    }

    [Fact]
    public async Task Visibility_can_be_prolonged_and_given_back()
    {
        _sqs.SendMessage("q", new DeliveryMessage("m"));
        ReceivedMessage received = Assert.Single(await _sqs.ReceiveMessageAsync("q"));

        _sqs.ChangeMessageVisibility("q", received.ReceiptHandle, 60);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await _sqs.ReceiveMessageAsync("q"));

        _sqs.ChangeMessageVisibility("q", received.ReceiptHandle, 0);
        Assert.Single(await _sqs.ReceiveMessageAsync("q"));
    }

    [Fact]
    public async Task Visibility_of_a_message_that_is_not_in_flight_cannot_be_changed()
    {
        _sqs.SendMessage("q", new DeliveryMessage("m"));
        ReceivedMessage received = Assert.Single(await _sqs.ReceiveMessageAsync("q", visibilityTimeout: 1));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("MessageNotInflight", Refused(() => _sqs.ChangeMessageVisibility("q", received.ReceiptHandle, 5)));
        _sqs.DeleteMessage("q", received.ReceiptHandle);
        Assert.Equal("InvalidParameterValue", Refused(() => _sqs.ChangeMessageVisibility("q", received.ReceiptHandle, 5)));
    }

    [Fact]
    public async Task A_receipt_handle_is_of_its_queue()
    {
        _sqs.CreateQueue("other");
        _sqs.SendMessage("q", new DeliveryMessage("m"));
        ReceivedMessage received = Assert.Single(await _sqs.ReceiveMessageAsync("q"));

        Assert.Equal("ReceiptHandleIsInvalid", Refused(() => _sqs.DeleteMessage("other", received.ReceiptHandle)));
        Assert.Equal("ReceiptHandleIsInvalid", Refused(() => _sqs.DeleteMessage("q", "nonsense")));
    }

    [Fact]
    public async Task A_delayed_message_waits()
    {
        _sqs.SendMessage("q", new DeliveryMessage("m"), delaySeconds: 10);
        Assert.Equal("1", _sqs.GetQueueAttributes("q")["ApproximateNumberOfMessagesDelayed"]);
        Assert.Empty(await _sqs.ReceiveMessageAsync("q"));

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(await _sqs.ReceiveMessageAsync("q"));
        Assert.Equal("1", _sqs.GetQueueAttributes("q")["ApproximateNumberOfMessagesNotVisible"]);
    }

    [Fact]
    public async Task A_message_does_not_outlive_its_retention()
    {
        _sqs.SetQueueAttributes("q", new Dictionary<string, string> { ["MessageRetentionPeriod"] = "60" });
        _sqs.SendMessage("q", new DeliveryMessage("m"));

        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Empty(await _sqs.ReceiveMessageAsync("q"));
        Assert.Equal("0", _sqs.GetQueueAttributes("q")["ApproximateNumberOfMessages"]);
    }

    [Fact]
    public async Task A_waiting_receive_gets_the_message_that_comes()
    {
        Task<IReadOnlyList<ReceivedMessage>> receive = _sqs.ReceiveMessageAsync("q", waitTimeSeconds: 20);
        Assert.False(receive.IsCompleted);

        _sqs.SendMessage("q", new DeliveryMessage("m"));

        Assert.Single(await receive.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_waiting_receive_gets_the_message_that_becomes_visible()
    {
        _sqs.SendMessage("q", new DeliveryMessage("m"), delaySeconds: 5);
        Task<IReadOnlyList<ReceivedMessage>> receive = _sqs.ReceiveMessageAsync("q", waitTimeSeconds: 20);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Single(await receive.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_waiting_receive_ends_empty_when_its_time_is_over()
    {
        _sqs.SetQueueAttributes("q", new Dictionary<string, string> { ["ReceiveMessageWaitTimeSeconds"] = "3" });
        Task<IReadOnlyList<ReceivedMessage>> receive = _sqs.ReceiveMessageAsync("q");
        Assert.False(receive.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Empty(await receive.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_waiting_receive_can_be_cancelled_and_notices_that_its_queue_is_gone()
    {
        using var hangUp = new CancellationTokenSource();
        Task<IReadOnlyList<ReceivedMessage>> cancelled = _sqs.ReceiveMessageAsync("q", waitTimeSeconds: 20, cancellationToken: hangUp.Token);
        Task<IReadOnlyList<ReceivedMessage>> orphaned = _sqs.ReceiveMessageAsync("q", waitTimeSeconds: 20);

        await hangUp.CancelAsync();
        _sqs.DeleteQueue("q");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal("QueueDoesNotExist", (await Assert.ThrowsAsync<AwsException>(() => orphaned.WaitAsync(TimeSpan.FromSeconds(10)))).Code);
    }

    [Fact]
    public async Task A_purged_queue_is_empty_and_is_not_purged_again_within_a_minute()
    {
        _sqs.SendMessage("q", new DeliveryMessage("m"));
        _sqs.PurgeQueue("q");

        Assert.Empty(await _sqs.ReceiveMessageAsync("q"));
        Assert.Equal("PurgeQueueInProgress", Refused(() => _sqs.PurgeQueue("q")));
        _time.Advance(TimeSpan.FromSeconds(60));
        _sqs.PurgeQueue("q");
    }

    [Fact]
    public void A_queue_is_created_once()
    {
        _sqs.CreateQueue("q");
        _sqs.CreateQueue("q", new Dictionary<string, string> { ["VisibilityTimeout"] = "30" });

        Assert.Equal("QueueNameExists", Refused(() => _sqs.CreateQueue("q", new Dictionary<string, string> { ["VisibilityTimeout"] = "31" })));
        Assert.Equal(["q"], _sqs.ListQueues());
        Assert.Empty(_sqs.ListQueues("x"));
    }

    [Fact]
    public void A_deleted_queue_keeps_its_name_for_a_minute()
    {
        _sqs.DeleteQueue("q");

        Assert.Equal("QueueDeletedRecently", Refused(() => _sqs.CreateQueue("q")));
        _time.Advance(TimeSpan.FromSeconds(60));
        _sqs.CreateQueue("q");
    }

    [Fact]
    public void A_missing_queue_does_not_exist()
    {
        Assert.Equal("QueueDoesNotExist", Refused(() => _sqs.SendMessage("none", new DeliveryMessage("m"))));
        Assert.Equal("QueueDoesNotExist", Refused(() => _sqs.GetQueueAttributes("none")));
        Assert.Equal("QueueDoesNotExist", Refused(() => _sqs.DeleteQueue("none")));
        Assert.Equal("QueueDoesNotExist", Refused(() => _sqs.Peek("none")));
    }

    [Theory]
    [InlineData("", "InvalidParameterValue")]
    [InlineData("a b", "InvalidParameterValue")]
    [InlineData("a.fifo", "UnsupportedOperation")]
    public void A_queue_name_against_the_rules_is_refused(string name, string code) => Assert.Equal(code, Refused(() => _sqs.CreateQueue(name)));

    [Theory]
    [InlineData("VisibilityTimeout", "43201", "InvalidAttributeValue")]
    [InlineData("DelaySeconds", "901", "InvalidAttributeValue")]
    [InlineData("ReceiveMessageWaitTimeSeconds", "-1", "InvalidAttributeValue")]
    [InlineData("MessageRetentionPeriod", "59", "InvalidAttributeValue")]
    [InlineData("MaximumMessageSize", "1048577", "InvalidAttributeValue")]
    [InlineData("RedrivePolicy", "{}", "InvalidAttributeValue")]
    [InlineData("RedrivePolicy", "{\"deadLetterTargetArn\": \"arn:aws:sqs:us-east-1:123456789012:d\", \"maxReceiveCount\": 0}", "InvalidAttributeValue")]
    [InlineData("FifoQueue", "true", "UnsupportedOperation")]
    [InlineData("KmsMasterKeyId", "alias/mine", "InvalidAttributeName")]
    public void A_setting_out_of_range_or_not_imitated_is_refused(string name, string value, string code) =>
        Assert.Equal(code, Refused(() => _sqs.SetQueueAttributes("q", new Dictionary<string, string> { [name] = value })));

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(11, null, null)]
    [InlineData(1, 43_201, null)]
    [InlineData(1, null, 21)]
    public async Task A_receive_out_of_limits_is_refused(int maximum, int? visibility, int? wait) => Assert.Equal(
        "InvalidParameterValue", (await Assert.ThrowsAsync<AwsException>(() => _sqs.ReceiveMessageAsync("q", maximum, visibility, wait))).Code);

    [Fact]
    public async Task Other_services_deliver_by_ARN()
    {
        const string Arn = "arn:aws:sqs:us-east-1:123456789012:q";
        var message = new DeliveryMessage("m") { Attributes = new Dictionary<string, DeliveryAttribute> { ["a"] = new("String", "v") } };

        Assert.True(_sqs.Owns(Arn));
        await _sqs.DeliverAsync(Arn, message, CancellationToken.None);

        Assert.Equal(message.Attributes, Assert.Single(_sqs.Peek("q")).Attributes);
        foreach (string other in new[] { "arn:aws:sqs:us-east-1:123456789012:none", "arn:aws:sqs:eu-west-1:123456789012:q" })
        {
            Assert.Equal("QueueDoesNotExist", (await Assert.ThrowsAsync<AwsException>(() => _sqs.DeliverAsync(other, message, CancellationToken.None))).Code);
        }
    }

    private static string Refused(Action action) => Assert.Throws<AwsException>(action).Code;
}
