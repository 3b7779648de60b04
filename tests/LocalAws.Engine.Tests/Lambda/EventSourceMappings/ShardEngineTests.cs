using System.Text;
using LocalAws.DynamoDb.Streams;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.EventSourceMappings.Shards;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

/// <summary>What a shard's engine decides to the moment, where no poll of the stream comes in between.</summary>
public class ShardEngineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly CallAnswer Thrown = new CallAnswer.Failed("id", "Unhandled", "thrown");
    private static readonly CallAnswer Done = new CallAnswer.Returned("id", """{"state":{}}"""u8.ToArray());

    [Fact]
    public void Records_under_way_to_be_tried_again_and_not_yet_handed_over_all_wait()
    {
        ShardEngine engine = Engine(s => s with { BatchSize = 2 }, "1", "2", "3", "4", "5");
        Assert.Equal((5, "1"), (engine.Waiting, engine.Oldest?.SequenceNumber));

        Assert.Equal("1 2", HandedOver(engine, at: 0));
        Assert.Equal((5, "1"), (engine.Waiting, engine.Oldest?.SequenceNumber));
        engine.Answered(Thrown, Start);
        Assert.Equal((5, "1"), (engine.Waiting, engine.Oldest?.SequenceNumber));
        HandedOver(engine, at: 1);
        engine.Answered(Done, Start.AddSeconds(1));

        Assert.Equal((3, "3"), (engine.Waiting, engine.Oldest?.SequenceNumber));
    }

    [Fact]
    public void The_oldest_record_of_a_batch_that_was_split_is_of_the_half_under_way()
    {
        ShardEngine engine = Engine(s => s with { BisectBatchOnFunctionError = true }, "1", "2");
        HandedOver(engine, at: 0);
        engine.Answered(Thrown, Start);

        Assert.Equal("1", HandedOver(engine, at: 0));
        Assert.Equal((2, "1"), (engine.Waiting, engine.Oldest?.SequenceNumber));
    }

    [Fact]
    public void The_oldest_record_is_one_that_waits_while_a_call_without_records_is_under_way()
    {
        ShardEngine engine = Engine(s => s with { TumblingWindowInSeconds = 10, ReportBatchItemFailures = true }, "1", "2");
        HandedOver(engine, at: 0);
        string state = $$"""{"blob":"{{new string('x', 1024 * 1024)}}"}""";
        engine.Answered(new CallAnswer.Returned("id", Encoding.UTF8.GetBytes($$"""{"state":{{state}},"batchItemFailures":[{"itemIdentifier":"2"}]}""")), Start);

        Assert.Equal("", HandedOver(engine, at: 0));
        Assert.Equal((1, "2"), (engine.Waiting, engine.Oldest?.SequenceNumber));
    }

    [Fact]
    public void A_full_batch_wants_no_more_records_and_an_ended_shard_has_none()
    {
        ShardEngine full = Engine(s => s with { BatchSize = 2 }, "1", "2");
        ShardEngine ended = Engine(s => s);
        Assert.Equal((false, true), (full.WantsMore, ended.WantsMore));

        ended.EndOfShard();

        Assert.False(ended.WantsMore);
    }

    [Fact]
    public void The_stream_is_not_read_while_a_batch_waits_to_be_tried_again()
    {
        ShardEngine engine = Engine(s => s, "1");
        HandedOver(engine, at: 0);
        engine.Answered(Thrown, Start);

        Assert.Equal(new ShardDecision.Wait(Start.AddSeconds(1), Read: false), engine.Decide(Start));
    }

    [Fact]
    public void An_open_window_is_waited_for_until_120_seconds_after_its_end()
    {
        ShardEngine engine = Engine(s => s with { TumblingWindowInSeconds = 10 }, "1");
        HandedOver(engine, at: 0);
        engine.Answered(Done, Start);

        Assert.Equal(new ShardDecision.Wait(Start.AddSeconds(130), Read: true), engine.Decide(Start.AddSeconds(129)));
        Assert.Equal("", HandedOver(engine, at: 130));
    }

    [Fact]
    public void Records_of_an_open_window_are_waited_for_until_their_batching_window_is_over()
    {
        ShardEngine engine = Engine(s => s with { TumblingWindowInSeconds = 10, MaximumBatchingWindowInSeconds = 5 }, "1");

        Assert.Equal(new ShardDecision.Wait(Start.AddSeconds(5), Read: true), engine.Decide(Start));
    }

    [Fact]
    public void By_the_prompt_rule_a_window_closes_only_after_a_read_of_all_there_was_that_began_at_its_end()
    {
        ShardEngine engine = Engine(s => s with { TumblingWindowInSeconds = 10, WindowCloseRule = WindowCloseRule.Prompt }, "1");
        HandedOver(engine, at: 0);
        engine.Answered(Done, Start);
        var readOn = new ShardDecision.Wait(Until: null, Read: true);

        engine.Read([], atTip: false, Start.AddSeconds(11), Start.AddSeconds(11));
        Assert.Equal(readOn, engine.Decide(Start.AddSeconds(11)));
        engine.Read([], atTip: true, Start.AddSeconds(9.9), Start.AddSeconds(11));
        Assert.Equal(readOn, engine.Decide(Start.AddSeconds(11)));
        engine.Read([], atTip: true, Start.AddSeconds(10), Start.AddSeconds(11));

        Assert.Equal("", HandedOver(engine, at: 11));
    }

    [Fact]
    public void The_timer_of_records_already_waiting_starts_when_the_batch_before_was_handed_over()
    {
        ShardEngine engine = Engine(s => s with { BatchSize = 2, MaximumBatchingWindowInSeconds = 5 }, "1", "2", "3");
        HandedOver(engine, at: 3);
        engine.Answered(Done, Start.AddSeconds(4));

        Assert.Equal(new ShardDecision.Wait(Start.AddSeconds(8), Read: true), engine.Decide(Start.AddSeconds(4)));
    }

    [Fact]
    public void Of_a_failing_batch_a_record_as_old_as_allowed_is_not_given_up_with_the_older_ones()
    {
        var engine = new ShardEngine(MappingFixture.Settings with { MaximumRecordAgeInSeconds = 60 });
        engine.Read([Entry("1"), Entry("2", writtenAt: 10)], atTip: true, Start, Start);
        HandedOver(engine, at: 10);
        engine.Answered(Thrown, Start.AddSeconds(10));

        var given = Assert.IsType<ShardDecision.GiveUp>(engine.Decide(Start.AddSeconds(70)));

        Assert.Equal("1", Ids(given.What.Call));
        Assert.Equal("2", HandedOver(engine, at: 70));
    }

    [Fact]
    public void What_is_given_up_is_done_with()
    {
        ShardEngine engine = Engine(s => s with { MaximumRetryAttempts = 0 }, "1", "2");
        HandedOver(engine, at: 0);
        engine.Answered(Thrown, Start);

        Assert.IsType<ShardDecision.GiveUp>(engine.Decide(Start));
        Assert.Equal(("2", 0), (engine.Checkpoint, engine.Waiting));
    }

    private static ShardEngine Engine(Func<StreamMappingSettings, StreamMappingSettings> change, params string[] records)
    {
        var engine = new ShardEngine(change(MappingFixture.Settings));
        engine.Read([.. records.Select(record => Entry(record))], atTip: true, Start, Start);
        return engine;
    }

    private static string HandedOver(ShardEngine engine, int at) => Ids(Assert.IsType<ShardDecision.Invoke>(engine.Decide(Start.AddSeconds(at))).Call);

    private static string Ids(ShardCall call) => string.Join(' ', call.Records.Select(record => record.SequenceNumber));

    private static StreamEntry Entry(string sequenceNumber, int writtenAt = 0) => new(sequenceNumber, Start.AddSeconds(writtenAt), "{}"u8.ToArray());
}
