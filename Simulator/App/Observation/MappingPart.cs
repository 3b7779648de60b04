using LocalAws.Lambda.EventSourceMappings;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Words;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>The mapping from the stream to the aggregator as a part of the system: it failed while it, or a shard of it, is not worked on.</summary>
internal static class MappingPart
{
    public const string Name = "event source mapping";

    private const string Problem = "PROBLEM: ";

    public static PartStatus Of(EventSourceMappingState mapping, IReadOnlyList<ShardStatus> shards) =>
        mapping.Fault is { } fault ? new(Name, PartState.Failed, fault)
        : shards.FirstOrDefault(shard => shard.Fault is not null) is { } broken ? new(Name, PartState.Failed, $"{broken.ShardId}: {broken.Fault}")
        : mapping.State is "Enabled" ? new(Name, PartState.Ready, Plural.Of(shards.Count, "shard"))
        : new(Name, PartState.Starting, mapping.LastProcessingResult.StartsWith(Problem, StringComparison.Ordinal) ? mapping.LastProcessingResult[Problem.Length..] : mapping.State);
}
