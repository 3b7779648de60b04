using System.Text;
using LocalAws.Delivery;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.EventSourceMappings.Queues;
using LocalAws.Sqs;

namespace LocalAws.Tests.Lambda.EventSourceMappings.Queues;

/// <summary>The rules alone: no queue, no function, no clock.</summary>
public sealed class QueueEngineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);
    private static readonly CallAnswer Ok = new CallAnswer.Returned("request", "null"u8.ToArray());
    private static readonly CallAnswer Throttled = new CallAnswer.NotReached("TooManyRequestsException: Rate Exceeded.");

    [Fact]
    public void With_nothing_gathered_it_receives_as_many_as_a_batch_may_have_and_SQS_gives()
    {
        Assert.Equal(new QueueDecision.Wait(null, 10), new QueueEngine(Settings()).Decide(Start));
        Assert.Equal(new QueueDecision.Wait(null, 3), new QueueEngine(Settings(batchSize: 3)).Decide(Start));
    }

    [Fact]
    public void A_batch_is_handed_over_when_the_window_is_over_counted_from_its_first_message()
    {
        var engine = new QueueEngine(Settings(window: 5));
        engine.Received([Record("a")], 0, Start);
        engine.Received([Record("b")], 0, Start.AddSeconds(3));

        Assert.Equal(new QueueDecision.Wait(Start.AddSeconds(5), 8), engine.Decide(Start.AddSeconds(4)));
        Assert.Equal(["a", "b"], Invoked(engine, Start.AddSeconds(5)));
    }

    [Fact]
    public void A_full_batch_does_not_wait_for_the_window()
    {
        var engine = new QueueEngine(Settings(batchSize: 2, window: 5));
        engine.Received([Record("a"), Record("b")], 0, Start);

        Assert.Equal(["a", "b"], Invoked(engine, Start));
    }

    [Fact]
    public void A_batch_is_cut_before_its_event_exceeds_6_MB()
    {
        var engine = new QueueEngine(Settings(batchSize: 100, window: 5));
        engine.Received([.. Enumerable.Range(1, 7).Select(i => Record($"{i}", bytes: 1024 * 1024))], 0, Start);

        Assert.Equal(["1", "2", "3", "4", "5", "6"], Invoked(engine, Start));
        Assert.Equal(new QueueDecision.Wait(Start.AddSeconds(5), 10), engine.Decide(Start));
    }

    [Fact]
    public void Without_MaximumConcurrency_it_begins_with_five_batches_and_adds_five_a_second_up_to_a_thousand()
    {
        var engine = new QueueEngine(Settings(batchSize: 1));
        Assert.Equal(5, Fill(engine, Start));
        Assert.Equal(new QueueDecision.Wait(Start.AddSeconds(1), 0), engine.Decide(Start));
        Assert.Equal(5, Fill(engine, Start.AddSeconds(1)));
        Assert.Equal(50, Fill(engine, Start.AddSeconds(11)));
        Assert.Equal(940, Fill(engine, Start.AddSeconds(1000)));
        Assert.Equal(new QueueDecision.Wait(null, 0), engine.Decide(Start.AddSeconds(2000)));
    }

    [Fact]
    public void MaximumConcurrency_bounds_the_batches_at_work()
    {
        var engine = new QueueEngine(Settings(batchSize: 1, maximumConcurrency: 7));

        Assert.Equal(5, Fill(engine, Start));
        Assert.Equal(2, Fill(engine, Start.AddSeconds(60)));
        Assert.Equal(new QueueDecision.Wait(null, 0), engine.Decide(Start.AddSeconds(120)));
    }

    [Fact]
    public void Failures_slow_it_down()
    {
        var engine = new QueueEngine(Settings(batchSize: 1));
        QueueBatch[] batches = [.. Enumerable.Range(1, 5).Select(i => Begin(engine, $"{i}", Start))];
        engine.Answered(batches[0], new CallAnswer.Failed("request", "Unhandled", "no hats"), Start);
        Assert.Equal(2, engine.Concurrency);
        engine.Answered(batches[1], Ok, Start);
        engine.Answered(batches[2], Ok, Start);
        Assert.Equal(new QueueDecision.Wait(Start.AddSeconds(1), 0), engine.Decide(Start));
        engine.Answered(batches[3], Ok, Start);
        Assert.Equal(new QueueDecision.Wait(null, 1), engine.Decide(Start));
        engine.Answered(batches[4], Ok, Start);
        engine.Decide(Start);
        Assert.Equal(5, engine.Concurrency);
    }

    [Fact]
    public void A_throttled_batch_keeps_its_place_until_its_messages_are_visible_again()
    {
        var engine = new QueueEngine(Settings(batchSize: 1, maximumConcurrency: 2));
        QueueBatch batch = Begin(engine, "a", Start, visibility: 2);
        Assert.Empty(engine.Answered(batch, Throttled, Start));
        Assert.Equal((1, "TooManyRequestsException: Rate Exceeded."), (engine.UnderWay, engine.LastError));
        Assert.Equal(Start.AddSeconds(1), Assert.IsType<QueueDecision.Wait>(engine.Decide(Start)).Until);

        QueueBatch again = Assert.IsType<QueueDecision.Invoke>(engine.Decide(Start.AddSeconds(1))).Batch;
        engine.Answered(again, Throttled, Start.AddSeconds(1));

        Assert.Equal(0, engine.UnderWay);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"batchItemFailures":[]}""")]
    [InlineData("""{"batchItemFailures":null}""")]
    public void An_answer_without_failures_is_success(string answer) => Assert.Equal(["a", "b"], DoneWith(answer));

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("""{"batchItemFailures":[{"foo":"a"}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"of another batch"}]}""")]
    [InlineData("no JSON")]
    public void A_report_that_names_no_message_of_the_batch_fails_the_whole_of_it(string answer) => Assert.Empty(DoneWith(answer));

    [Fact]
    public void Without_the_setting_reported_failures_are_ignored() =>
        Assert.Equal(["a", "b"], DoneWith("""{"batchItemFailures":[{"itemIdentifier":"a"}]}""", reports: false));

    private static IEnumerable<string> DoneWith(string answer, bool reports = true)
    {
        var engine = new QueueEngine(Settings() with { ReportBatchItemFailures = reports });
        engine.Received([Record("a"), Record("b")], 0, Start);
        QueueBatch batch = Assert.IsType<QueueDecision.Invoke>(engine.Decide(Start)).Batch;
        return engine.Answered(batch, new CallAnswer.Returned("request", Encoding.UTF8.GetBytes(answer)), Start).Select(record => record.MessageId);
    }

    private static QueueMappingSettings Settings(int batchSize = 10, int window = 0, int? maximumConcurrency = null) => new()
    {
        FunctionName = "on_order",
        EventSourceArn = QueueFixture.QueueArn,
        BatchSize = batchSize,
        MaximumBatchingWindowInSeconds = window,
        MaximumConcurrency = maximumConcurrency,
    };

    private static QueueRecord Record(string id, int visibility = 30, int bytes = 10) => new(
        new ReceivedMessage(new QueueMessage(id, id, new Dictionary<string, DeliveryAttribute>(), Start), "handle") { VisibleAt = Start.AddSeconds(visibility) },
        new byte[bytes]);

    private static QueueBatch Begin(QueueEngine engine, string id, DateTimeOffset now, int visibility = 30)
    {
        engine.Received([Record(id, visibility)], 0, now);
        return Assert.IsType<QueueDecision.Invoke>(engine.Decide(now)).Batch;
    }

    private static IEnumerable<string> Invoked(QueueEngine engine, DateTimeOffset now) =>
        Assert.IsType<QueueDecision.Invoke>(engine.Decide(now)).Batch.Records.Select(record => record.MessageId);

    /// <summary>Gives it messages for as long as it takes them.</summary>
    private static int Fill(QueueEngine engine, DateTimeOffset now)
    {
        int batches = 0;
        while (engine.Decide(now) is QueueDecision.Wait { Receive: > 0 })
        {
            engine.Received([Record("a", visibility: 100_000)], 0, now);
            Assert.IsType<QueueDecision.Invoke>(engine.Decide(now));
            batches++;
        }

        return batches;
    }
}
