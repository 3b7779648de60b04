using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Tests.Lambda;
using LocalAws.Tests.Lambda.Runtimes;
using LocalAws.Delivery;
using LocalAws.Faults;
using LocalAws.Lambda;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;
using LocalAws.Sqs;

namespace LocalAws.Tests.Faults;

/// <summary>Functions killed in the middle of an invocation.</summary>
public sealed class KillTests : IAsyncDisposable
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:failed";

    private readonly FaultInjector _faults = new();
    private readonly LambdaFixture _lambda;

    public KillTests() => _lambda = new LambdaFixture(faults: _faults);

    public ValueTask DisposeAsync() => _lambda.DisposeAsync();

    [Fact]
    public async Task The_process_is_gone_and_the_caller_told_what_AWS_says_of_a_crash()
    {
        Kill(new FaultRule { Service = "lambda", Operation = "probe", Effect = FaultEffect.Kill, Nth = 2 });
        _lambda.Engine.CreateFunction(new FunctionDefinition { Name = "probe", Code = Runtime.Python, Timeout = TimeSpan.FromSeconds(20) });
        await _lambda.InvokeAsync("probe", "{}");

        InvocationResult killed = await _lambda.InvokeAsync("probe", "{}");
        InvocationResult after = await _lambda.InvokeAsync("probe", "{}");

        JsonElement error = JsonDocument.Parse(killed.Payload).RootElement;
        Assert.Equal(("Unhandled", "Runtime.ExitError"), (killed.FunctionError, error.GetProperty("errorType").GetString()));
        Assert.EndsWith("Error: Runtime exited with error: signal: killed", error.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Null(after.FunctionError);
        Assert.Equal(2, _lambda.Engine.GetStatistics("probe").ColdStarts);
    }

    [Fact]
    public async Task Work_that_was_done_before_the_kill_stays_done_and_is_done_again_by_the_retry()
    {
        int effects = 0;
        Kill(new FaultRule { Service = "lambda", Effect = FaultEffect.Kill, Nth = 1 });
        _lambda.Create("handler", _ =>
        {
            Interlocked.Increment(ref effects);
            return Task.FromResult("{}");
        });

        _lambda.Engine.InvokeEvent("handler", new InvocationRequest("{}"u8.ToArray()));
        await Eventually.IsTrueAsync(() => _lambda.Engine.GetStatistics("handler").Errors == 1, "the first attempt is killed");
        await PassAsync(() => _lambda.Engine.IsIdle);

        Assert.Equal((2, 1L), (effects, _lambda.Engine.GetStatistics("handler").Errors));
    }

    [Fact]
    public async Task An_event_that_is_killed_at_every_attempt_becomes_a_dead_letter()
    {
        Kill(new FaultRule { Service = "lambda", Effect = FaultEffect.Kill });
        _lambda.Create("handler", _ => Task.FromResult("{}"), f => f with { AsyncInvocation = new AsyncInvocationSettings { OnFailure = Queue } });

        _lambda.Engine.InvokeEvent("handler", new InvocationRequest("""{"id":1}"""u8.ToArray()));
        await PassAsync(() => _lambda.Engine.IsIdle);

        JsonElement record = JsonDocument.Parse(Assert.Single(_lambda.Mailbox.Messages).Message.Body).RootElement;
        Assert.Equal(3, record.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Contains("signal: killed", record.GetProperty("responsePayload").GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_a_queue_that_is_killed_at_every_attempt_becomes_a_dead_letter_as_it_was()
    {
        var clock = new FakeTimeProvider();
        await using var cloud = new LocalCloud(new LocalCloudOptions { Clock = clock });
        cloud.Faults.Set(new FaultPlan { Rules = [new FaultRule { Service = "lambda", Effect = FaultEffect.Kill }] });
        cloud.Sqs.CreateQueue("dead_work");
        cloud.Sqs.CreateQueue("work", new Dictionary<string, string>
        {
            ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{cloud.Account.Arn("sqs", "dead_work")}}","maxReceiveCount":3}""",
        });
        cloud.Lambda.CreateFunction(new FunctionDefinition { Name = "worker", Code = FunctionCode.FromText(Task.FromResult) });
        await cloud.Mappings.CreateAsync(
            new QueueMappingSettings { FunctionName = "worker", EventSourceArn = cloud.Account.Arn("sqs", "work") }, TestContext.Current.CancellationToken);
        string id = cloud.Sqs.SendMessage("work", new DeliveryMessage("a hat")).MessageId;
        Assert.False(cloud.Mappings.IsIdle);

        await Eventually.IsTrueAsync(() => cloud.Mappings.IsIdle, "the message is given up", meanwhile: () => clock.Advance(TimeSpan.FromSeconds(5)));

        QueueMessage letter = Assert.Single(cloud.Sqs.Peek("dead_work"));
        Assert.Equal((id, "a hat", 3L), (letter.MessageId, letter.Body, cloud.Lambda.GetStatistics("worker").Errors));
    }

    private void Kill(FaultRule rule) => _faults.Set(new FaultPlan { Rules = [rule] });

    private Task PassAsync(Func<bool> condition) =>
        Eventually.IsTrueAsync(condition, "the retries are over", meanwhile: () => _lambda.Clock.Advance(TimeSpan.FromSeconds(5)));
}
