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

    [Fact]
    public void A_record_as_deep_as_a_table_takes_it_is_noted_like_any_other()
    {
        var journal = new Journal(_clock, "raw_messages");
        // 32 levels, each of which is two of JSON.
        string deep = string.Concat(Enumerable.Repeat("""{"L":[""", 32)) + string.Concat(Enumerable.Repeat("]}", 32));
        StreamEntry record = Record("wamid.1") with
        {
            Json = System.Text.Encoding.UTF8.GetBytes($$"""{ "dynamodb": { "NewImage": { "deep": {{deep}} }, "Keys": { "from": { "S": "49" }, "id": { "S": "wamid.1" } } } }"""),
        };

        journal.OnBatch(Batch(_clock.GetUtcNow(), null) with { Records = [record] });

        Assert.NotNull(Assert.Single(journal.All).HandedOverAt);
    }

    private static BatchHandedOver Batch(DateTimeOffset at, string? error, params string[] ids) => new(
        "mapping", "message_aggregator", "shard-1", BatchKind.Records, [.. ids.Select(Record)], null, at, TimeSpan.Zero, "request", error);

    private static StreamEntry Record(string id) =>
        new(id, DateTimeOffset.UnixEpoch, System.Text.Encoding.UTF8.GetBytes($$"""{ "dynamodb": { "Keys": { "from": { "S": "49" }, "id": { "S": "{{id}}" } } } }"""));
}
