using System.Text;
using LocalAws.DynamoDb.Streams;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.EventSourceMappings.Shards;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

public class ShardLanesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly StreamMappingSettings Settings = MappingFixture.Settings with { ParallelizationFactor = 2, BatchSize = 2 };

    private readonly ShardLanes _lanes = new(Settings);

    /// <summary>The n-th item whose records go through a lane of two.</summary>
    internal static string ItemOf(int lane, int n = 0) => Enumerable.Range(0, 1000).Select(i => $"item-{i}").Where(key => LaneOf(key) == lane).ElementAt(n);

    [Fact]
    public void Waiting_records_are_those_of_all_lanes_and_the_oldest_is_the_oldest_of_any()
    {
        Read(("1", ItemOf(lane: 1), 5), ("2", ItemOf(lane: 0), 6), ("3", ItemOf(lane: 1), 7));

        Assert.Equal((3, Start.AddSeconds(5)), (_lanes.Waiting, _lanes.Oldest));
    }

    [Fact]
    public void One_lane_that_is_full_holds_up_the_reading()
    {
        Read(("1", ItemOf(lane: 1), 0));
        Assert.True(_lanes.WantMore);

        Read(("2", ItemOf(lane: 1), 0));

        Assert.False(_lanes.WantMore);
    }

    [Fact]
    public void The_checkpoint_is_the_last_record_before_which_all_are_done_with()
    {
        Read(("1", ItemOf(lane: 0), 0), ("2", ItemOf(lane: 1), 0), ("3", ItemOf(lane: 0), 0), ("4", ItemOf(lane: 1), 0), ("5", ItemOf(lane: 0), 0));
        Assert.Null(_lanes.Checkpoint);

        Finish(lane: 0);
        Assert.Equal("1", _lanes.Checkpoint);
        Finish(lane: 1);
        Assert.Equal("4", _lanes.Checkpoint);
        Finish(lane: 0);
        Assert.Equal("5", _lanes.Checkpoint);
    }

    private static int LaneOf(string key)
    {
        var lanes = new ShardLanes(Settings);
        lanes.Read([Entry("1", key, 0)], atTip: true, Start, Start);
        return lanes.All[0].Engine.Waiting == 1 ? 0 : 1;
    }

    private static StreamEntry Entry(string sequenceNumber, string key, int second) =>
        new(sequenceNumber, Start.AddSeconds(second), Encoding.UTF8.GetBytes($$"""{"dynamodb":{"Keys":{"id":{"S":"{{key}}"} } } }"""));

    private void Read(params (string SequenceNumber, string Key, int Second)[] records) =>
        _lanes.Read([.. records.Select(record => Entry(record.SequenceNumber, record.Key, record.Second))], atTip: true, Start, Start);

    private void Finish(int lane)
    {
        ShardEngine engine = _lanes.All[lane].Engine;
        Assert.IsType<ShardDecision.Invoke>(engine.Decide(Start));
        engine.Answered(new CallAnswer.Returned("id", "null"u8.ToArray()), Start);
    }
}
