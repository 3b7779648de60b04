using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using LocalAws.Tests.Delivery;
using LocalAws.Tests.Endpoint;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Sns;

namespace LocalAws.Tests.Sns;

public sealed class SnsServiceTests : IAsyncLifetime
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:q";

    private readonly RecordingTarget _sqs = new("arn:aws:sqs:");
    private TestEndpoint _endpoint = null!;
    private AmazonSimpleNotificationServiceClient _sns = null!;

    public async ValueTask InitializeAsync()
    {
        var router = new DeliveryRouter();
        router.Add(_sqs);
        _endpoint = await TestEndpoint.StartAsync(new SnsService(new SnsEngine(new AwsAccount(), router, new FakeTimeProvider())));
        _sns = new AmazonSimpleNotificationServiceClient(TestEndpoint.Credentials, _endpoint.Config<AmazonSimpleNotificationServiceConfig>());
    }

    public ValueTask DisposeAsync()
    {
        _sns.Dispose();
        return _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task The_SDK_creates_subscribes_and_publishes()
    {
        string topic = (await _sns.CreateTopicAsync("t")).TopicArn;
        SubscribeResponse subscription = await _sns.SubscribeAsync(new SubscribeRequest(topic, "sqs", Queue)
        {
            Attributes = new Dictionary<string, string> { ["RawMessageDelivery"] = "true" },
            ReturnSubscriptionArn = true,
        });

        PublishResponse published = await _sns.PublishAsync(new PublishRequest(topic, "héllo 👀 <&>", "Hi")
        {
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                ["text"] = new() { DataType = "String", StringValue = "a b" },
                ["raw"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([1, 2, 3]) },
            },
        });

        DeliveryMessage message = Assert.Single(_sqs.Received).Message;
        Assert.StartsWith(topic + ":", subscription.SubscriptionArn, StringComparison.Ordinal);
        Assert.NotNull(published.MessageId);
        Assert.Equal("héllo 👀 <&>", message.Body);
        Assert.Equal((new DeliveryAttribute("String", "a b"), new DeliveryAttribute("Binary", "AQID")), (message.Attributes["text"], message.Attributes["raw"]));
    }

    [Fact]
    public async Task The_SDK_publishes_a_batch()
    {
        string topic = (await _sns.CreateTopicAsync("t")).TopicArn;

        PublishBatchResponse response = await _sns.PublishBatchAsync(new PublishBatchRequest
        {
            TopicArn = topic,
            PublishBatchRequestEntries = [new() { Id = "good", Message = "m" }, new() { Id = "bad", Message = "m", Subject = "two\nlines" }],
        });

        Assert.Equal("good", Assert.Single(response.Successful).Id);
        Assert.Equal(("bad", "InvalidParameter"), (response.Failed[0].Id, response.Failed[0].Code));
    }

    [Fact]
    public async Task Errors_arrive_as_the_SDKs_own_exceptions()
    {
        string topic = (await _sns.CreateTopicAsync("t")).TopicArn;

        var missing = await Assert.ThrowsAsync<NotFoundException>(() => _sns.PublishAsync(topic + "x", "m"));
        Assert.Equal(404, (int)missing.StatusCode);
        await Assert.ThrowsAsync<InvalidParameterException>(() => _sns.PublishAsync(topic, new string('x', 262_145)));
        await Assert.ThrowsAsync<InvalidParameterValueException>(() => _sns.PublishAsync(new PublishRequest(topic, "m")
        {
            MessageAttributes = new Dictionary<string, MessageAttributeValue> { ["n"] = new() { DataType = "Number", StringValue = "many" } },
        }));
        await Assert.ThrowsAsync<EmptyBatchRequestException>(() => _sns.PublishBatchAsync(new PublishBatchRequest { TopicArn = topic, PublishBatchRequestEntries = [] }));
    }
}
