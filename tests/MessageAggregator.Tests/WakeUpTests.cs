using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.Tests;

namespace MessageAggregator.Tests;

public class WakeUpTests
{
    private static readonly WakeUp Usual = new(new ConversationKey("1415", "503"), ConversationItems.Outbox("7", 0), "id", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    [Fact]
    public async Task A_wake_up_is_an_aggregated_event_without_its_messages()
    {
        using var queue = new CapturedLetters();

        await new WakeUpQueue(queue, "http://queue").WakeAsync(Usual, default, TestContext.Current.CancellationToken);

        SendMessageRequest sent = Assert.Single(queue.Letters);
        Assert.Equal(
            """{"aggregation":{"id":"id","customer":"1415","phone_number_id":"503","outbox_item":"outbox#0000000000000000000000000000000000000007#0000"}}""",
            sent.MessageBody);
        Assert.Equal(Usual.TraceParent, sent.MessageAttributes["traceparent"].StringValue);
    }

    [Fact]
    public async Task A_wake_up_of_no_known_trace_has_no_attribute()
    {
        using var queue = new CapturedLetters();

        await new WakeUpQueue(queue, "http://queue").SendAsync(Usual with { TraceParent = null }, TestContext.Current.CancellationToken);

        Assert.Null(Assert.Single(queue.Letters).MessageAttributes);
    }

    [Fact]
    public async Task Wake_ups_that_come_while_others_are_sent_go_together()
    {
        var gate = new TaskCompletionSource();
        using var queue = new CapturedLetters { Gate = gate.Task };
        var wakeUps = new WakeUpQueue(queue, "http://queue");

        Task[] sent = [.. Enumerable.Range(0, 26).Select(i => wakeUps.SendAsync(Of(i), TestContext.Current.CancellationToken))];
        Assert.DoesNotContain(sent, task => task.IsCompleted);
        gate.SetResult();
        await Task.WhenAll(sent);

        Assert.Equal(Enumerable.Range(0, 26).Select(i => Of(i).ToJson()).Order(), queue.Letters.Select(letter => letter.MessageBody).Order());
        // Four at a time: the first go alone.
        Assert.Equal([1, 1, 1, 1, 2, 10, 10], queue.Batches.Order());
    }

    [Fact]
    public async Task What_a_batch_does_not_take_for_now_is_sent_again_and_what_it_never_takes_fails_alone()
    {
        int failures = 0;
        using var queue = new CapturedLetters
        {
            Fail = body => body == Of(1).ToJson() && failures++ < 2 ? new BatchResultErrorEntry { Code = "InternalError", SenderFault = false }
                : body == Of(2).ToJson() ? new BatchResultErrorEntry { Code = "InvalidMessageContents", SenderFault = true }
                : body == Of(3).ToJson() ? new BatchResultErrorEntry { Code = "ServiceUnavailable", SenderFault = false }
                : null,
        };
        var wakeUps = new WakeUpQueue(queue, "http://queue");

        Task[] sent = [.. Enumerable.Range(0, 4).Select(i => wakeUps.SendAsync(Of(i), TestContext.Current.CancellationToken))];

        await Task.WhenAll(sent[0], sent[1]);
        Assert.Contains("InvalidMessageContents", (await Assert.ThrowsAsync<AmazonSQSException>(() => sent[2])).Message, StringComparison.Ordinal);
        Assert.Contains("ServiceUnavailable", (await Assert.ThrowsAsync<AmazonSQSException>(() => sent[3])).Message, StringComparison.Ordinal);
        Assert.Equal([Of(0).ToJson(), Of(1).ToJson()], queue.Letters.Select(letter => letter.MessageBody).Order());
    }

    [Fact]
    public async Task A_queue_that_is_down_fails_those_that_it_was_asked_for_and_no_others()
    {
        using var queue = new CapturedLetters { IsDown = true };
        var wakeUps = new WakeUpQueue(queue, "http://queue");

        await Assert.ThrowsAsync<AmazonSQSException>(() => wakeUps.SendAsync(Of(0), TestContext.Current.CancellationToken));
        queue.IsDown = false;
        await wakeUps.SendAsync(Of(1), TestContext.Current.CancellationToken);

        Assert.Equal(Of(1).ToJson(), Assert.Single(queue.Letters).MessageBody);
    }

    private static WakeUp Of(int customer) => Usual with { Conversation = new ConversationKey($"{customer:D2}", "503") };

    /// <summary>SQS takes the characters that XML takes.</summary>
    [Theory]
    [InlineData("\u0001")]
    [InlineData("\uFFFE")]
    [InlineData("\uFFFF")]
    public void No_customer_makes_a_wake_up_that_a_queue_refuses(string customer) =>
        Assert.DoesNotContain(customer, (Usual with { Conversation = new ConversationKey(customer, "503") }).ToJson(), StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"version\":\"0\",\"id\":\"1\",\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\",\"account\":\"1\",\"time\":\"2026-11-22T18:05:00Z\",\"region\":\"r\",\"resources\":[\"arn\"],\"detail\":{}}", "2026-11-22T18:05:00Z")]
    [InlineData("{\"time\":\"2026-11-22T18:05:00Z\",\"source\":\"mine\"}", null)]
    [InlineData("{\"time\":7,\"source\":\"aws.events\"}", null)]
    [InlineData("{\"Records\":[],\"time\":\"2026-11-22T18:05:00Z\",\"source\":\"aws.events\"}", null)]
    [InlineData("[]", null)]
    public void A_scheduled_event_is_known_by_its_source_and_says_when(string json, string? time) =>
        Assert.Equal(time is null ? null : DateTimeOffset.Parse(time), ScheduledEvent.TimeOf(Encoding.UTF8.GetBytes(json)));
}
