using System.Text.Json;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;

namespace LocalAws.Tests.Lambda.EventSourceMappings.Queues;

/// <summary>A queue, its mapping and a function: what becomes of messages.</summary>
public sealed class QueueMappingTests
{
    [Fact]
    public async Task A_message_is_handed_over_at_once_and_deleted()
    {
        await using var orders = new QueueFixture();
        EventSourceMappingState mapping = await orders.StartAsync();
        orders.Send("a hat");

        await orders.CalledAsync(1);
        await orders.IdleAsync();

        Assert.Equal(["a hat"], orders.Batches);
        Assert.Equal(("0", "0", "0"), orders.Counts());
        Assert.Equal(new QueueCounts(Polled: 1, Invoked: 1, Deleted: 1), orders.Engine.GetQueue(mapping.Id)!.Counts);
    }

    [Fact]
    public async Task What_waits_in_the_queue_is_handed_over_ten_at_a_time()
    {
        await using var orders = new QueueFixture();
        foreach (int i in Enumerable.Range(1, 12))
        {
            orders.Send($"{i}");
        }

        await orders.StartAsync();
        await orders.CalledAsync(2);

        Assert.Equal(["1 2 3 4 5 6 7 8 9 10", "11 12"], orders.Batches);
    }

    [Fact]
    public async Task A_batching_window_gathers_more_than_one_receive_can_bring()
    {
        await using var orders = new QueueFixture();
        foreach (int i in Enumerable.Range(1, 12))
        {
            orders.Send($"{i}");
        }

        EventSourceMappingState mapping = await orders.StartAsync(s => s with { BatchSize = 100, MaximumBatchingWindowInSeconds = 5 });
        await Eventually.IsTrueAsync(() => orders.Engine.GetQueue(mapping.Id)!.Gathered == 12, "all are gathered");
        Assert.Empty(orders.Calls);
        orders.Clock.Advance(TimeSpan.FromSeconds(5));
        await orders.CalledAsync(1);

        Assert.Equal(12, orders.Calls[0].Records.Count);
    }

    [Fact]
    public async Task The_event_is_as_recorded_on_AWS()
    {
        await using var orders = new QueueFixture();
        orders.Queues.SendMessage(QueueFixture.Name, new DeliveryMessage("{\"hat\":1}")
        {
            Attributes = new Dictionary<string, DeliveryAttribute> { ["Title"] = new("String", "The Whistler"), ["Raw"] = new("Binary", "AQI=") },
        });
        await orders.StartAsync();
        await orders.CalledAsync(1);

        JsonElement record = Assert.Single(orders.Calls[0].Records);
        Assert.Equal(
            $$$"""{"messageId":"{{{record.GetProperty("messageId")}}}","receiptHandle":"{{{record.GetProperty("receiptHandle")}}}","body":"{\"hat\":1}","attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1795946400000","SenderId":"123456789012","ApproximateFirstReceiveTimestamp":"1795946400000"},"messageAttributes":{"Title":{"stringValue":"The Whistler","stringListValues":[],"binaryListValues":[],"dataType":"String"},"Raw":{"binaryValue":"AQI=","stringListValues":[],"binaryListValues":[],"dataType":"Binary"}},"md5OfMessageAttributes":"{{{record.GetProperty("md5OfMessageAttributes")}}}","md5OfBody":"a488cd155d6071c10d2f6c476b59c792","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:123456789012:orders","awsRegion":"us-east-1"}""",
            record.GetRawText());
    }

    [Fact]
    public async Task A_batch_that_fails_comes_again_when_its_visibility_timeout_is_over()
    {
        await using var orders = new QueueFixture(("VisibilityTimeout", "30"));
        orders.Answer = call => orders.Calls.Count == 1 ? throw new FunctionErrorException("no hats") : Task.FromResult("null");
        EventSourceMappingState mapping = await orders.StartAsync();
        orders.Send("a");
        await orders.CalledAsync(1);
        Assert.Equal(("0", "1", "0"), orders.Counts());
        await orders.TellsAsync(mapping.Id, "no hats");

        await orders.CalledAsync(2, withinSeconds: 40);

        Assert.True(orders.Calls[1].At - orders.Calls[0].At >= TimeSpan.FromSeconds(30));
        Assert.Equal("2", Receives(orders.Calls[1]));
        await orders.IdleAsync();
    }

    [Fact]
    public async Task A_message_that_fails_too_often_ends_in_the_dead_letter_queue_as_it_was()
    {
        await using var orders = new QueueFixture(("VisibilityTimeout", "30"), QueueFixture.RedriveAfter(2));
        orders.Answer = _ => throw new FunctionErrorException("no hats");
        await orders.StartAsync();
        string id = orders.Send("a");

        await Eventually.IsTrueAsync(
            () => orders.Counts(QueueFixture.DeadLetters) == ("1", "0", "0"), "the message is a dead letter", meanwhile: () => orders.Clock.Advance(TimeSpan.FromSeconds(1)));

        Assert.Equal(2, orders.Calls.Count);
        var letter = Assert.Single(orders.Queues.Peek(QueueFixture.DeadLetters));
        Assert.Equal((id, "a"), (letter.MessageId, letter.Body));
        await orders.IdleAsync();
    }

    [Fact]
    public async Task Only_messages_reported_as_failed_come_again()
    {
        await using var orders = new QueueFixture(("VisibilityTimeout", "30"));
        orders.Answer = call => Task.FromResult(orders.Calls.Count == 1 ? call.Failing("b", "d") : "null");
        foreach (string body in (string[])["a", "b", "c", "d"])
        {
            orders.Send(body);
        }

        EventSourceMappingState mapping = await orders.StartAsync(s => s with { ReportBatchItemFailures = true });
        await orders.CalledAsync(1);
        await orders.TellsAsync(mapping.Id, "The function reported 2 of 4 messages as failed.");
        await orders.CalledAsync(2, withinSeconds: 40);
        await orders.IdleAsync();

        Assert.Equal(["a b c d", "b d"], orders.Batches);
        Assert.Equal(new QueueCounts(Polled: 6, Invoked: 6, FailedInvoke: 2, Deleted: 4), orders.Engine.GetQueue(mapping.Id)!.Counts);
    }

    [Fact]
    public async Task A_throttled_batch_is_tried_again_and_again_while_its_messages_are_hidden()
    {
        await using var orders = new QueueFixture(("VisibilityTimeout", "3600"));
        orders.Answer = _ => orders.Calls.Count <= 3 ? throw new AwsException("TooManyRequestsException", "Rate Exceeded.", 429) : Task.FromResult("null");
        await orders.StartAsync();
        orders.Send("a");

        await orders.CalledAsync(4, withinSeconds: 30);
        await orders.IdleAsync();

        Assert.All(orders.Calls.Zip(orders.Calls.Skip(1)).Index(), pause => Assert.True(pause.Item.Second.At - pause.Item.First.At >= TimeSpan.FromSeconds(Math.Pow(2, pause.Index))));
        Assert.All(orders.Calls, call => Assert.Equal("1", Receives(call)));
    }

    [Fact]
    public async Task A_batch_that_is_throttled_until_its_messages_are_visible_goes_back_to_the_queue()
    {
        await using var orders = new QueueFixture(("VisibilityTimeout", "5"));
        orders.Answer = call => Receives(call) == "1" ? throw new AwsException("TooManyRequestsException", "Rate Exceeded.", 429) : Task.FromResult("null");
        await orders.StartAsync();
        orders.Send("a");

        await Eventually.IsTrueAsync(() => orders.Engine.IsIdle, "the message is done with", meanwhile: () => orders.Clock.Advance(TimeSpan.FromSeconds(0.5)));

        Assert.Equal("2", Receives(orders.Calls[^1]));
        Assert.True(orders.Calls[^1].At >= QueueFixture.Start.AddSeconds(5));
    }

    [Fact]
    public async Task A_delayed_message_comes_when_its_delay_is_over_and_is_waited_for()
    {
        await using var orders = new QueueFixture();
        await orders.StartAsync();
        orders.Send("late", delaySeconds: 20);
        Assert.False(orders.Engine.IsIdle);
        Assert.Empty(orders.Calls);

        await orders.CalledAsync(1, withinSeconds: 30);
        await orders.IdleAsync();

        Assert.True(orders.Calls[0].At >= QueueFixture.Start.AddSeconds(20));
    }

    [Fact]
    public async Task Messages_that_no_filter_lets_pass_are_deleted()
    {
        await using var orders = new QueueFixture();
        orders.Send("{\"article\":\"hat\"}");
        orders.Send("{\"article\":\"coat\"}");
        orders.Send("a hat");

        EventSourceMappingState mapping = await orders.StartAsync(s => s with { Filters = ["""{"body":{"article":["hat"]}}"""] });
        await orders.CalledAsync(1);
        await orders.IdleAsync();

        Assert.Equal(["{\"article\":\"hat\"}"], orders.Batches);
        Assert.Equal(new QueueCounts(Polled: 3, FilteredOut: 2, Invoked: 1, Deleted: 1), orders.Engine.GetQueue(mapping.Id)!.Counts);
    }

    [Fact]
    public async Task No_more_batches_are_at_work_at_once_than_MaximumConcurrency_says()
    {
        await using var orders = new QueueFixture();
        var release = new TaskCompletionSource<string>();
        orders.Answer = _ => release.Task;
        foreach (int i in Enumerable.Range(1, 5))
        {
            orders.Send($"{i}");
        }

        EventSourceMappingState mapping = await orders.StartAsync(s => s with { BatchSize = 1, MaximumConcurrency = 2 });
        await Eventually.IsTrueAsync(() => orders.Engine.GetQueue(mapping.Id)!.BatchesUnderWay == 2, "two batches are under way");
        Assert.Equal(("3", "2", "0"), orders.Counts());
        release.SetResult("null");
        await orders.CalledAsync(5);
        await orders.IdleAsync();
    }

    [Fact]
    public async Task While_a_function_works_other_batches_are_handed_over()
    {
        await using var orders = new QueueFixture();
        var release = new TaskCompletionSource<string>();
        orders.Answer = call => call.Bodies == "slow" ? release.Task : Task.FromResult("null");
        await orders.StartAsync();
        orders.Send("slow");
        await Eventually.IsTrueAsync(() => orders.Calls.Count == 1, "the slow one is at work");
        orders.Send("quick");
        await Eventually.IsTrueAsync(() => orders.Calls.Count == 2, "the quick one is handed over");
        release.SetResult("null");
        await orders.IdleAsync();

        Assert.Equal(["slow", "quick"], orders.Batches);
    }

    [Fact]
    public async Task A_disabled_mapping_leaves_messages_in_the_queue_and_is_idle()
    {
        await using var orders = new QueueFixture();
        EventSourceMappingState mapping = await orders.StartAsync(s => s with { Enabled = false });
        Assert.Equal(("Disabled", "USER_INITIATED"), (mapping.State, mapping.StateTransitionReason));
        orders.Send("a");
        Assert.True(orders.Engine.IsIdle);

        EventSourceMappingState enabling = await orders.Engine.UpdateAsync(mapping.Id, s => s with { Enabled = true });
        await orders.CalledAsync(1);

        Assert.Equal(("Enabling", "Enabled"), (enabling.State, orders.Engine.Get(mapping.Id).State));
        Assert.Equal("Disabling", (await orders.Engine.UpdateAsync(mapping.Id, s => s with { Enabled = false })).State);
    }

    [Fact]
    public async Task A_mapping_whose_queue_is_deleted_tells_so_and_goes_on_when_there_is_one_again()
    {
        await using var orders = new QueueFixture();
        EventSourceMappingState mapping = await orders.StartAsync();
        orders.Queues.DeleteQueue(QueueFixture.Name);
        await Eventually.IsTrueAsync(
            () => orders.Engine.GetQueue(mapping.Id)!.LastError == "Receiving from the queue failed: The specified queue does not exist.",
            "the mapping tells of the queue",
            meanwhile: () => orders.Clock.Advance(TimeSpan.FromSeconds(1)));
        orders.Clock.Advance(TimeSpan.FromMinutes(1));
        orders.Queues.CreateQueue(QueueFixture.Name);
        orders.Send("a");

        await orders.CalledAsync(1, withinSeconds: 10);
    }

    [Fact]
    public async Task Each_call_is_told_to_observers()
    {
        await using var orders = new QueueFixture();
        var seen = new List<MessagesHandedOver>();
        orders.Engine.MessagesHandedOver += seen.Add;
        orders.Send("a");
        await orders.StartAsync();
        await orders.IdleAsync();

        MessagesHandedOver batch = Assert.Single(seen);
        Assert.Equal(("on_order", "a", "request", null), (batch.FunctionName, Assert.Single(batch.Messages).Body, batch.RequestId, batch.Error));
    }

    private static string? Receives(QueueCall call) => call.Records[0].GetProperty("attributes").GetProperty("ApproximateReceiveCount").GetString();
}
