using LocalAws.Tests.Delivery;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Sns;

namespace LocalAws.Tests.Sns;

public sealed class SnsEngineTests : IAsyncDisposable
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:on_raw_messages";
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:copies";

    private readonly RecordingTarget _lambda = new("arn:aws:lambda:");
    private readonly RecordingTarget _sqs = new("arn:aws:sqs:");
    private readonly SnsEngine _sns;

    public SnsEngineTests()
    {
        var router = new DeliveryRouter();
        router.Add(_lambda);
        router.Add(_sqs);
        _sns = new SnsEngine(new AwsAccount(), router, new FakeTimeProvider(), new SnsOptions { RememberedMessages = 2 });
    }

    public ValueTask DisposeAsync() => _sns.DisposeAsync();

    [Fact]
    public void A_topic_is_created_once()
    {
        string arn = _sns.CreateTopic("whatsapp_in");

        Assert.Equal("arn:aws:sns:us-east-1:123456789012:whatsapp_in", arn);
        Assert.Equal(arn, _sns.CreateTopic("whatsapp_in"));
        Assert.Equal([arn], _sns.ListTopics());
    }

    [Fact]
    public void A_topic_is_not_created_again_with_other_attributes()
    {
        _sns.CreateTopic("t");

        Assert.Equal("InvalidParameter", Refused(() => _sns.CreateTopic("t", new Dictionary<string, string> { ["DisplayName"] = "T" })));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a.fifo")]
    [InlineData("ü")]
    public void A_topic_name_against_the_rules_is_refused(string name) => Assert.Equal("InvalidParameter", Refused(() => _sns.CreateTopic(name)));

    [Theory]
    [InlineData("MaximumMessageSize", "1023")]
    [InlineData("MaximumMessageSize", "1048577")]
    [InlineData("MaximumMessageSize", "large")]
    [InlineData("FifoTopic", "true")]
    [InlineData("KmsMasterKeyId", "alias/mine")]
    public void A_topic_attribute_out_of_range_or_not_imitated_is_refused_by_name(string name, string value)
    {
        string arn = _sns.CreateTopic("t");

        var error = Assert.Throws<AwsException>(() => _sns.SetTopicAttribute(arn, name, value));

        Assert.Equal("InvalidParameter", error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_topic_is_NotFound_and_no_topic_at_all_an_InvalidParameter()
    {
        const string Missing = "arn:aws:sns:us-east-1:123456789012:missing";

        Assert.Equal("NotFound", Refused(() => _sns.Publish(Missing, new DeliveryMessage("m"))));
        Assert.Equal("NotFound", Refused(() => _sns.Subscribe(Missing, "lambda", Function)));
        Assert.Equal("NotFound", Refused(() => _sns.GetTopicAttributes(Missing)));
        Assert.Equal("NotFound", Refused(() => _sns.ListSubscriptionsByTopic(Missing)));
        Assert.Equal("InvalidParameter", Refused(() => _sns.Publish("whatsapp_in", new DeliveryMessage("m"))));
    }

    [Fact]
    public void Subscribing_twice_is_subscribing_once()
    {
        string topic = _sns.CreateTopic("t");

        Assert.Equal(_sns.Subscribe(topic, "lambda", Function), _sns.Subscribe(topic, "lambda", Function));
        Assert.Single(_sns.ListSubscriptionsByTopic(topic));
        Assert.Equal("InvalidParameter", Refused(() => _sns.Subscribe(topic, "lambda", Function, Attribute("FilterPolicy", """{"kind":["order"]}"""))));
    }

    [Theory]
    [InlineData("https", "https://example.com")]
    [InlineData("lambda", Queue)]
    [InlineData("sqs", Function)]
    public void An_endpoint_that_is_not_imitated_is_refused(string protocol, string endpoint)
    {
        string topic = _sns.CreateTopic("t");

        Assert.Equal("InvalidParameter", Refused(() => _sns.Subscribe(topic, protocol, endpoint)));
    }

    [Theory]
    [InlineData("RawMessageDelivery", "true")]
    [InlineData("RawMessageDelivery", "maybe")]
    [InlineData("RedrivePolicy", "{")]
    [InlineData("RedrivePolicy", "{\"deadLetterTargetArn\": \"arn:aws:sns:us-east-1:123456789012:t\"}")]
    [InlineData("FilterPolicy", "[")]
    [InlineData("FilterPolicy", "{\"store\": [{\"wildcard\": \"a*\"}]}")]
    [InlineData("FilterPolicy", "{\"store\": \"a\"}")]
    [InlineData("FilterPolicyScope", "MessageSubject")]
    [InlineData("DeliveryPolicy", "{}")]
    public void A_subscription_attribute_that_is_wrong_or_not_imitated_is_refused_by_name(string name, string value)
    {
        string topic = _sns.CreateTopic("t");

        var error = Assert.Throws<AwsException>(() => _sns.Subscribe(topic, "lambda", Function, Attribute(name, value)));

        Assert.Equal("InvalidParameter", error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_subscription_gets_every_message()
    {
        string topic = _sns.CreateTopic("t");
        _sns.Subscribe(topic, "lambda", Function);
        _sns.Subscribe(topic, "sqs", Queue, Attribute("RawMessageDelivery", "true"));

        _sns.Publish(topic, new DeliveryMessage("one"));
        _sns.Publish(topic, new DeliveryMessage("two"));

        Assert.Equal(2, _lambda.Received.Count);
        Assert.Equal(["one", "two"], _sqs.Bodies);
        Assert.Equal(new SnsStatistics(2, 4, 0, 0, 0, 0), _sns.Statistics);
    }

    [Fact]
    public void An_ended_subscription_gets_nothing_more()
    {
        string topic = _sns.CreateTopic("t");
        string subscription = _sns.Subscribe(topic, "lambda", Function);

        _sns.Unsubscribe(subscription);
        _sns.Publish(topic, new DeliveryMessage("m"));

        Assert.Empty(_lambda.Received);
        Assert.Equal(("0", "1"), (_sns.GetTopicAttributes(topic)["SubscriptionsConfirmed"], _sns.GetTopicAttributes(topic)["SubscriptionsDeleted"]));
    }

    [Fact]
    public void A_deleted_topic_takes_no_messages_and_may_be_deleted_again()
    {
        string topic = _sns.CreateTopic("t");

        _sns.DeleteTopic(topic);
        _sns.DeleteTopic(topic);

        Assert.Equal("NotFound", Refused(() => _sns.Publish(topic, new DeliveryMessage("m"))));
    }

    [Fact]
    public void A_redelivery_is_the_same_notification_again()
    {
        string topic = _sns.CreateTopic("t");
        _sns.Subscribe(topic, "lambda", Function);
        string id = _sns.Publish(topic, new DeliveryMessage("m"));

        Assert.True(_sns.Redeliver(id));

        Assert.Equal(2, _lambda.Bodies.Count);
        Assert.Equal(_lambda.Bodies[0], _lambda.Bodies[1]);
        Assert.Equal(1, _sns.Statistics.Published);
    }

    [Fact]
    public void Only_the_latest_messages_can_be_redelivered()
    {
        string topic = _sns.CreateTopic("t");
        string first = _sns.Publish(topic, new DeliveryMessage("1"));
        string second = _sns.Publish(topic, new DeliveryMessage("2"));
        _sns.Publish(topic, new DeliveryMessage("3"));

        Assert.False(_sns.Redeliver(first));
        Assert.True(_sns.Redeliver(second));
    }

    [Fact]
    public async Task Another_service_can_deliver_to_a_topic()
    {
        string topic = _sns.CreateTopic("t");
        _sns.Subscribe(topic, "sqs", Queue, Attribute("RawMessageDelivery", "true"));

        Assert.True(_sns.Owns(topic));
        await _sns.DeliverAsync(topic, new DeliveryMessage("m") { Attributes = Attributes("kind", "String", "x") }, CancellationToken.None);

        Assert.Equal("x", Assert.Single(_sqs.Received).Message.Attributes["kind"].Value);
    }

    [Fact]
    public void A_filter_policy_keeps_messages_away()
    {
        string topic = _sns.CreateTopic("t");
        _sns.Subscribe(topic, "sqs", Queue, new Dictionary<string, string> { ["RawMessageDelivery"] = "true", ["FilterPolicy"] = "{\"role\": [\"AGENT\"]}" });

        _sns.Publish(topic, new DeliveryMessage("wanted") { Attributes = Attributes("role", "String", "AGENT") });
        _sns.Publish(topic, new DeliveryMessage("unwanted") { Attributes = Attributes("role", "String", "CUSTOMER") });

        Assert.Equal(["wanted"], _sqs.Bodies);
        Assert.Equal(1, _sns.Statistics.FilteredOut);
    }

    private static Dictionary<string, string> Attribute(string name, string value) => new() { [name] = value };

    private static Dictionary<string, DeliveryAttribute> Attributes(string name, string type, string value) => new() { [name] = new DeliveryAttribute(type, value) };

    private static string Refused(Action action) => Assert.Throws<AwsException>(action).Code;
}
