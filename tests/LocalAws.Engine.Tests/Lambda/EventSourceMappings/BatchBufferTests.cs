using LocalAws.DynamoDb.Streams;
using LocalAws.Lambda.EventSourceMappings.Shards;
using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

public class BatchBufferTests
{
    private const int Envelope = 1024;

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    public void An_event_may_be_as_large_as_6_MB_and_no_larger_state_and_commas_included(int over, int expected)
    {
        const int State = 100_000;
        int second = PlatformErrors.MaxPayloadBytes - Envelope - State - 1_000 - 2;
        var buffer = new BatchBuffer(MappingFixture.Settings);
        buffer.Add([Entry("1", 1_000), Entry("2", second + over), Entry("3", 1_000)], Start);

        Assert.Equal(expected, buffer.TakeBatch(Start, end: null, State, ended: false).Batch.Count);
    }

    [Fact]
    public void A_record_larger_than_an_event_goes_by_itself()
    {
        var buffer = new BatchBuffer(MappingFixture.Settings);
        buffer.Add([Entry("1", PlatformErrors.MaxPayloadBytes), Entry("2", 10)], Start);

        Assert.Equal(["1"], buffer.TakeBatch(Start, end: null, stateBytes: 2, ended: false).Batch.Select(entry => entry.SequenceNumber));
    }

    [Fact]
    public void A_record_is_too_old_only_after_the_age_allowed()
    {
        var buffer = new BatchBuffer(MappingFixture.Settings);
        buffer.Add([Entry("1", 10), Entry("2", 10, age: 1), Entry("3", 10, age: 2)], Start);

        Assert.Equal(["1"], buffer.TakeOlderThan(Start.AddSeconds(1)).Select(entry => entry.SequenceNumber));
        Assert.Equal(("2", 2), (buffer.Head!.SequenceNumber, buffer.Count));
    }

    [Fact]
    public void A_batch_that_may_grow_waits_and_tells_until_when()
    {
        var buffer = new BatchBuffer(MappingFixture.Settings with { BatchSize = 2, MaximumBatchingWindowInSeconds = 5 });
        buffer.Add([Entry("1", 10)], Start.AddSeconds(1));

        Assert.Equal((0, Start.AddSeconds(6)), Taken(Start.AddSeconds(5.9), buffer));
        Assert.True(buffer.WantsMore);
        Assert.Equal((1, (DateTimeOffset?)null), Taken(Start.AddSeconds(6), buffer));
    }

    [Fact]
    public void A_batch_that_is_full_or_the_last_of_its_shard_does_not_wait()
    {
        var buffer = new BatchBuffer(MappingFixture.Settings with { BatchSize = 2, MaximumBatchingWindowInSeconds = 5 });
        buffer.Add([Entry("1", 10), Entry("2", 10), Entry("3", 10)], Start);

        Assert.False(buffer.WantsMore);
        Assert.Equal((2, (DateTimeOffset?)null), Taken(Start, buffer));
        (IReadOnlyList<StreamEntry> last, _) = buffer.TakeBatch(Start, end: null, stateBytes: 2, ended: true);
        Assert.Equal(["3"], last.Select(entry => entry.SequenceNumber));
    }

    [Fact]
    public void A_batch_that_is_just_full_wants_no_more()
    {
        var buffer = new BatchBuffer(MappingFixture.Settings with { BatchSize = 2 });
        buffer.Add([Entry("1", 10), Entry("2", 10)], Start);

        Assert.False(buffer.WantsMore);
    }

    private static (int Count, DateTimeOffset? DueAt) Taken(DateTimeOffset now, BatchBuffer buffer)
    {
        (IReadOnlyList<StreamEntry> batch, DateTimeOffset? dueAt) = buffer.TakeBatch(now, end: null, stateBytes: 2, ended: false);
        return (batch.Count, dueAt);
    }

    private static StreamEntry Entry(string sequenceNumber, int bytes, int age = 0) => new(sequenceNumber, Start.AddSeconds(age), new byte[bytes]);
}
