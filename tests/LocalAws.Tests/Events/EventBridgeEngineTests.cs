using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Events;
using LocalAws.Lambda.Functions;
using LocalAws.Sqs;

namespace LocalAws.Tests.Events;

public sealed class EventBridgeEngineTests : IDisposable
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:sweeps";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero));
    private readonly SqsEngine _queues;
    private readonly EventBridgeEngine _events;

    public EventBridgeEngineTests()
    {
        _queues = new SqsEngine(new AwsAccount(), _clock);
        _queues.CreateQueue("sweeps");
        var router = new DeliveryRouter();
        router.Add(_queues);
        _events = new EventBridgeEngine(new AwsAccount(), _clock, router);
    }

    [Fact]
    public void A_schedule_fires_each_time_its_rate_has_passed()
    {
        Schedule("rate(5 minutes)");

        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Empty(Told);
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 10, 5, 0, TimeSpan.Zero), _events.DescribeRule("sweep").NextAt);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(Told);
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(3, Told.Count);
        Assert.Equal(3, _events.DescribeRule("sweep").Fired);
    }

    [Fact]
    public void The_event_has_the_shape_of_a_scheduled_event()
    {
        Schedule("rate(1 minute)");
        _clock.Advance(TimeSpan.FromMinutes(1));

        string body = Assert.Single(Told);
        using JsonDocument json = JsonDocument.Parse(body);
        Assert.Equal(
            $$$"""{"version":"0","id":"{{{json.RootElement.GetProperty("id")}}}","detail-type":"Scheduled Event","source":"aws.events","account":"123456789012","time":"2026-11-29T10:01:00Z","region":"us-east-1","resources":["arn:aws:events:us-east-1:123456789012:rule/sweep"],"detail":{}}""",
            body);
    }

    [Fact]
    public void A_target_gets_its_constant_input_instead_of_the_event()
    {
        _events.PutRule("sweep", "rate(1 minute)");
        _events.PutTargets("sweep", new EventTarget("queue", Queue, """{"what":"sweep"}"""));
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["""{"what":"sweep"}"""], Told);
    }

    [Fact]
    public void A_disabled_rule_does_not_fire_and_begins_anew_when_it_is_enabled()
    {
        Schedule("rate(5 minutes)");
        _clock.Advance(TimeSpan.FromMinutes(4));
        _events.Enable("sweep", false);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(Told);
        Assert.Null(_events.DescribeRule("sweep").NextAt);

        _events.Enable("sweep", true);
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Empty(Told);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(Told);
    }

    [Fact]
    public void A_rule_that_is_put_again_keeps_its_targets_and_begins_anew()
    {
        Schedule("rate(5 minutes)");
        _clock.Advance(TimeSpan.FromMinutes(4));
        _events.PutRule("sweep", "rate(1 hour)");
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(Told);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(Told);
    }

    [Fact]
    public void A_rule_with_targets_cannot_be_deleted_and_one_that_is_gone_fires_no_more()
    {
        Schedule("rate(1 minute)");

        AwsException error = Assert.Throws<AwsException>(() => _events.DeleteRule("sweep"));
        Assert.Equal(("ValidationException", "Rule can't be deleted since it has targets."), (error.Code, error.Message));
        _events.RemoveTargets("sweep", "queue", "none");
        _events.DeleteRule("sweep");
        _events.DeleteRule("sweep");
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Empty(Told);
        Assert.Equal("Rule sweep does not exist on EventBus default.", Assert.Throws<AwsException>(() => _events.DescribeRule("sweep")).Message);
    }

    [Fact]
    public void A_target_that_is_not_there_is_told_to_the_host_and_the_schedule_goes_on()
    {
        var failed = new List<string>();
        _events.DeliveryFailed += (rule, arn, error) => failed.Add($"{rule} {arn[^6..]} {error.Code}");
        _events.PutRule("sweep", "rate(1 minute)");
        _events.PutTargets("sweep", new EventTarget("gone", Queue.Replace("sweeps", "nobody")), new EventTarget("function", "arn:aws:lambda:us-east-1:123456789012:function:nobody"), new EventTarget("queue", Queue));
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(["sweep nobody QueueDoesNotExist", "sweep nobody InvalidParameterValueException", "sweep nobody QueueDoesNotExist", "sweep nobody InvalidParameterValueException"], failed);
        Assert.Equal(2, Told.Count);
    }

    [Fact]
    public async Task A_function_is_invoked_asynchronously_and_the_schedule_itself_keeps_nothing_busy()
    {
        await using var cloud = new LocalCloud(new LocalCloudOptions { Clock = _clock });
        var invoked = new TaskCompletionSource<string>();
        string function = cloud.Lambda.CreateFunction(new FunctionDefinition
        {
            Name = "sweep",
            Code = FunctionCode.FromText(payload =>
            {
                invoked.TrySetResult(payload);
                return Task.FromResult("null");
            }),
        });
        cloud.EventBridge.PutRule("sweep", "rate(1 minute)");
        cloud.EventBridge.PutTargets("sweep", new EventTarget("function", function));
        Assert.True(cloud.Lambda.IsIdle);

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("Scheduled Event", await invoked.Task.WaitAsync(Eventually.DefaultLimit, TimeProvider.System, TestContext.Current.CancellationToken));
        await Eventually.IsTrueAsync(() => cloud.Lambda.IsIdle, "the function is done");
    }

    [Theory]
    [InlineData("rate(1 minute)", 1)]
    [InlineData("rate(2 minutes)", 2)]
    [InlineData("rate(1 hour)", 60)]
    [InlineData("rate(12 hours)", 720)]
    [InlineData("rate(1 day)", 1440)]
    [InlineData("rate(7 days)", 10_080)]
    public void A_rate_is_in_minutes_hours_or_days(string expression, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), ScheduleExpression.Parse(expression));

    [Theory]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(5 minute)")]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(-1 minutes)")]
    [InlineData("rate(1.5 hours)")]
    [InlineData("rate(30 seconds)")]
    [InlineData("rate(99999999999 minutes)")]
    [InlineData("rate(5  minutes)")]
    [InlineData("every 5 minutes")]
    [InlineData("")]
    public void Any_other_is_refused_in_AWSs_words(string expression)
    {
        AwsException error = Assert.Throws<AwsException>(() => _events.PutRule("sweep", expression));

        Assert.Equal(("ValidationException", "Parameter ScheduleExpression is not valid."), (error.Code, error.Message));
    }

    [Fact]
    public void A_rule_has_five_targets_at_most_and_one_of_the_same_id_is_replaced()
    {
        _events.PutRule("sweep", "rate(1 minute)");
        _events.PutTargets("sweep", [.. Enumerable.Range(1, 5).Select(i => new EventTarget($"{i}", Queue))]);
        _events.PutTargets("sweep", new EventTarget("5", Queue, "5"));

        Assert.Equal("LimitExceededException", Assert.Throws<AwsException>(() => _events.PutTargets("sweep", new EventTarget("6", Queue))).Code);
        Assert.Equal(["1", "2", "3", "4", "5"], _events.DescribeRule("sweep").Targets.Select(target => target.Id));
    }

    public void Dispose() => _events.Dispose();

    private List<string> Told => [.. _queues.Peek("sweeps").Select(message => message.Body)];

    private void Schedule(string expression)
    {
        _events.PutRule("sweep", expression);
        _events.PutTargets("sweep", new EventTarget("queue", Queue));
    }
}
