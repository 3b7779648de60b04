using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.Simulator.App.Observation;
using LocalAws.DynamoDb.Streams;
using LocalAws.Lambda.EventSourceMappings;

namespace App.Tests.Observation;

public class JournalTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_message_of_a_batch_that_failed_was_handed_over_when_it_came_for_the_last_time()
    {
        var journal = new Journal(_clock, "raw_messages");
        DateTimeOffset first = _clock.GetUtcNow();

        journal.OnBatch(Batch(first, "Timeout", "wamid.1", "wamid.2"));
        journal.OnBatch(Batch(first.AddSeconds(1), null, "wamid.1"));
        journal.OnBatch(Batch(first.AddSeconds(2), null, "wamid.2"));

        Assert.Equal(
            [("wamid.1", first.AddSeconds(1)), ("wamid.2", first.AddSeconds(2))],
            journal.All.Select(times => (times.Id, times.HandedOverAt!.Value)).OrderBy(times => times.Id, StringComparer.Ordinal));
    }

    private static BatchHandedOver Batch(DateTimeOffset at, string? error, params string[] ids) => new(
        "mapping", "message_aggregator", "shard-1", BatchKind.Records, [.. ids.Select(Record)], null, at, TimeSpan.Zero, "request", error);

    private static StreamEntry Record(string id) =>
        new(id, DateTimeOffset.UnixEpoch, System.Text.Encoding.UTF8.GetBytes($$"""{ "dynamodb": { "Keys": { "from": { "S": "49" }, "id": { "S": "{{id}}" } } } }"""));
}
