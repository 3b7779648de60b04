using LocalAws.Tests.Delivery;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Faults;
using LocalAws.Sns;

namespace LocalAws.Tests.Faults;

/// <summary>Faults of SNS's deliveries.</summary>
public sealed class DeliveryFaultTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingTarget _queue = new("arn:aws:sqs:");
    private readonly FaultInjector _faults = new();
    private readonly SnsEngine _sns;
    private readonly string _topic;

    public DeliveryFaultTests()
    {
        var router = new DeliveryRouter();
        router.Add(_queue);
        _sns = new SnsEngine(new AwsAccount(), router, _time, faults: _faults);
        _topic = _sns.CreateTopic("whatsapp_in");
        _sns.Subscribe(_topic, "sqs", "arn:aws:sqs:us-east-1:123456789012:q", new Dictionary<string, string> { ["RawMessageDelivery"] = "true" });
    }

    public ValueTask DisposeAsync() => _sns.DisposeAsync();

    [Fact]
    public async Task A_duplicate_is_the_same_notification_delivered_twice()
    {
        Set(new FaultRule { Service = "sns", Operation = "whatsapp_in", Effect = FaultEffect.Duplicate, Nth = 2 });

        Publish("one", "two", "three");

        await Eventually.IsTrueAsync(() => _sns.IsIdle, "all are delivered");
        Assert.Equal(["one", "two", "two", "three"], _queue.Bodies);
    }

    [Fact]
    public async Task A_reordered_delivery_is_overtaken_by_the_next_ones()
    {
        Set(new FaultRule { Service = "sns", Effect = FaultEffect.Reorder, Nth = 1, Latency = new Latency(2, 2) });
        Publish("one", "two");
        await Eventually.IsTrueAsync(() => _queue.Bodies.Count == 1, "the second is delivered");

        Assert.False(_sns.IsIdle);
        _time.Advance(TimeSpan.FromSeconds(2));

        await Eventually.IsTrueAsync(() => _sns.IsIdle, "the first is delivered");
        Assert.Equal(["two", "one"], _queue.Bodies);
    }

    [Fact]
    public async Task A_rule_for_one_topic_leaves_the_others_alone()
    {
        Set(new FaultRule { Service = "sns", Operation = "whatsapp_out", Effect = FaultEffect.Duplicate });

        Publish("one");

        await Eventually.IsTrueAsync(() => _sns.IsIdle, "it is delivered");
        Assert.Single(_queue.Bodies);
    }

    private void Set(params FaultRule[] rules) => _faults.Set(new FaultPlan { Rules = rules });

    private void Publish(params string[] bodies)
    {
        foreach (string body in bodies)
        {
            _sns.Publish(_topic, new DeliveryMessage(body));
        }
    }
}
