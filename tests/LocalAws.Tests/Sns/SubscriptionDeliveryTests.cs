using System.Text.Json;
using LocalAws.Tests.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Sns;

namespace LocalAws.Tests.Sns;

public sealed class SubscriptionDeliveryTests : IAsyncDisposable
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:f";
    private const string DeadLetters = "arn:aws:sqs:us-east-1:123456789012:dead";

    private static readonly AwsException Throttled = new("TooManyRequestsException", "Rate exceeded", 429);
    private static readonly AwsException Missing = new("ResourceNotFoundException", "Function not found", 404);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingTarget _lambda = new("arn:aws:lambda:");
    private readonly RecordingTarget _sqs = new("arn:aws:sqs:");
    private readonly SnsEngine _sns;
    private readonly string _topic;

    public SubscriptionDeliveryTests()
    {
        var router = new DeliveryRouter();
        router.Add(_lambda);
        router.Add(_sqs);
        _sns = new SnsEngine(new AwsAccount(), router, _time);
        _topic = _sns.CreateTopic("t");
    }

    public ValueTask DisposeAsync() => _sns.DisposeAsync();

    [Fact]
    public void The_retries_are_those_of_an_AWS_managed_endpoint()
    {
        double[] first = [.. Enumerable.Range(1, 17).Select(retry => Math.Round(DeliveryPolicy.DelayBefore(retry).TotalSeconds, 1))];

        Assert.Equal([0, 0, 0, 1, 1, 1, 1.4, 1.9, 2.7, 3.8, 5.3, 7.4, 10.3, 14.3, 20, 20, 20], first);
        Assert.Equal(100_015, DeliveryPolicy.MaxRetries);
        Assert.Equal(23, (int)Enumerable.Range(1, DeliveryPolicy.MaxRetries).Aggregate(TimeSpan.Zero, (sum, r) => sum + DeliveryPolicy.DelayBefore(r)).TotalDays);
    }

    [Fact]
    public async Task A_delivery_of_which_not_even_the_log_hears_is_over_all_the_same()
    {
        var router = new DeliveryRouter();
        router.Add(_lambda);
        _lambda.Fails = _ => Missing;
        await using var sns = new SnsEngine(new AwsAccount(), router, _time, logger: new BrokenLogger());
        string topic = sns.CreateTopic("t");
        sns.Subscribe(topic, "lambda", Function);

        sns.Publish(topic, new DeliveryMessage("m"));

        Assert.True(SpinWait.SpinUntil(() => sns.IsIdle, TimeSpan.FromSeconds(10)));
        Assert.Equal(1, _lambda.Attempts);
    }

    [Fact]
    public void A_throttled_function_gets_the_message_on_a_later_attempt()
    {
        _lambda.Fails = attempt => attempt <= 4 ? Throttled : null;
        _sns.Subscribe(_topic, "lambda", Function);

        _sns.Publish(_topic, new DeliveryMessage("m"));
        Assert.Equal((4, 0, false), (_lambda.Attempts, _lambda.Received.Count, _sns.IsIdle));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(SpinWait.SpinUntil(() => _sns.IsIdle, TimeSpan.FromSeconds(10)));
        Assert.Equal(new SnsStatistics(1, 1, 0, 4, 0, 0), _sns.Statistics);
    }

    [Fact]
    public void A_missing_function_is_not_tried_again_and_the_message_goes_to_the_dead_letter_queue()
    {
        _lambda.Fails = _ => Missing;
        _sns.Subscribe(_topic, "lambda", Function, RedrivePolicy());

        _sns.Publish(_topic, new DeliveryMessage("m"));

        (string arn, DeliveryMessage message) = Assert.Single(_sqs.Received);
        using JsonDocument envelope = JsonDocument.Parse(message.Body);
        Assert.Equal(DeadLetters, arn);
        Assert.Equal("m", envelope.RootElement.GetProperty("Message").GetString());
        Assert.Equal("404", message.Attributes["ErrorCode"].Value);
        Assert.Equal("ResourceNotFoundException: Function not found", message.Attributes["ErrorMessage"].Value);
        Assert.Equal(1, _lambda.Attempts);
        Assert.Equal(new SnsStatistics(1, 0, 0, 0, 1, 0), _sns.Statistics);
    }

    [Fact]
    public void Without_a_dead_letter_queue_a_refused_message_is_counted_as_lost()
    {
        _lambda.Fails = _ => Missing;
        _sns.Subscribe(_topic, "lambda", Function);

        _sns.Publish(_topic, new DeliveryMessage("m"));

        Assert.Equal(new SnsStatistics(1, 0, 0, 0, 0, 1), _sns.Statistics);
    }

    [Fact]
    public void A_dead_letter_queue_that_refuses_the_message_loses_it_countably()
    {
        _lambda.Fails = _ => Missing;
        _sqs.Fails = _ => new AwsException("QueueDoesNotExist", "gone");
        _sns.Subscribe(_topic, "lambda", Function, RedrivePolicy());

        _sns.Publish(_topic, new DeliveryMessage("m"));

        Assert.Equal(1, _sns.Statistics.Lost);
    }

    [Fact]
    public async Task A_stopped_topic_tries_no_more()
    {
        _lambda.Fails = _ => Throttled;
        _sns.Subscribe(_topic, "lambda", Function);
        _sns.Publish(_topic, new DeliveryMessage("m"));

        await _sns.DisposeAsync();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(4, _lambda.Attempts);
    }

    private static Dictionary<string, string> RedrivePolicy() => new() { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn": "{{DeadLetters}}"}""" };

    private sealed class BrokenLogger : ILogger<SnsEngine>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The log is full.");
    }
}
