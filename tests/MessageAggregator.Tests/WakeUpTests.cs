using System.Text;
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
