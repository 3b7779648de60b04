using LocalAws.Lambda.EventSourceMappings;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Observation;

namespace App.Tests.Observation;

public sealed class MappingPartTests
{
    private static readonly ShardStatus Healthy = new("shardId-1", TimeSpan.Zero, 0, null, null, null, false);
    private static readonly EventSourceMappingState Enabled = new(
        "id", "arn", "function", new StreamMappingSettings { FunctionName = "f", EventSourceArn = "stream" }, "Enabled", "User action", DateTimeOffset.UnixEpoch, "OK");

    [Fact]
    public void A_mapping_whose_shards_are_worked_on_is_ready() =>
        Assert.Equal(new PartStatus(MappingPart.Name, PartState.Ready, "2 shards"), MappingPart.Of(Enabled, [Healthy, Healthy]));

    [Fact]
    public void One_shard_that_is_not_worked_on_fails_it_with_the_reason() =>
        Assert.Equal(
            new PartStatus(MappingPart.Name, PartState.Failed, "shardId-2: Reading the stream failed: it is down"),
            MappingPart.Of(Enabled, [Healthy, Healthy with { ShardId = "shardId-2", Fault = "Reading the stream failed: it is down" }]));

    [Fact]
    public void A_mapping_that_broke_is_failed_with_the_reason() =>
        Assert.Equal(new PartStatus(MappingPart.Name, PartState.Failed, "It no longer works"), MappingPart.Of(Enabled with { Fault = "It no longer works" }, []));

    [Fact]
    public void A_mapping_that_cannot_begin_says_why() =>
        Assert.Equal(
            new PartStatus(MappingPart.Name, PartState.Starting, "Reaching the stream failed: it is down"),
            MappingPart.Of(Enabled with { State = "Creating", LastProcessingResult = "PROBLEM: Reaching the stream failed: it is down" }, []));

    [Fact]
    public void What_a_function_failed_with_is_no_fault_of_the_mapping() =>
        Assert.Equal(PartState.Ready, MappingPart.Of(Enabled with { LastProcessingResult = "PROBLEM: Function call failed" }, [Healthy with { LastError = "Unhandled" }]).State);
}
