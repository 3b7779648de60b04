using BenchmarkDotNet.Attributes;
using WhatsAppBuffer.MessageAggregator.Aggregation;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>The guide's cost example in one batch: 1,000 records of 250 customers, from the event's bytes to the bytes of 250 aggregated events.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class AggregatorBenchmark
{
    internal const int Records = 1000;

    internal byte[] Event { get; private set; } = [];

    /// <summary>Makes the event.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Event = StreamEvents.Create(Records / 4, 4);
        Console.WriteLine($"// event: {Records} records, {Event.Length / 1e6:0.00} MB");
    }

    /// <summary>One operation is one record.</summary>
    [Benchmark(OperationsPerInvoke = Records)]
    public int AggregateRecords()
    {
        using AggregatedBatch batch = Aggregator.Aggregate(Event);
        int bytes = 0;
        foreach (Conversation conversation in batch.Conversations)
        {
            foreach (HandOver handOver in conversation.HandOvers)
            {
                foreach (OutboxEvent outboxEvent in handOver.Events)
                {
                    bytes += outboxEvent.Json.Length;
                }
            }
        }

        return bytes;
    }
}
