using System.Text.Json;
using LocalAws.Endpoint;
using Microsoft.AspNetCore.Http;
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

    [Fact]
    public void Messages_that_are_let_go_together_have_one_reason()
    {
        var journal = new Journal(_clock, "raw_messages");
        journal.OnCall(Put("1", "wamid.1", "wamid.2"));
        journal.OnCall(Put("2", "wamid.3"));
        journal.OnCall(Put("3", "wamid.4"));
        _clock.Advance(TimeSpan.FromSeconds(6));
        DateTimeOffset released = _clock.GetUtcNow();

        journal.OnCall(Call("UpdateItem", """{"Key":{"conversation":{"S":"503#49"},"item":{"S":"outbox#1"}},"ExpressionAttributeValues":{":seal":{"S":"{\"Items\":[\"outbox#1\",\"outbox#2\",\"outbox#9\"],\"Reason\":\"Maximum\"}"}}}"""));
        journal.OnCall(Call("UpdateItem", """{"Key":{"conversation":{"S":"503#49"},"item":{"S":"outbox#3"}},"ExpressionAttributeValues":{":seal":{"S":"{\"Items\":[\"outbox#3\"],\"Reason\":\"Tap\"}"}}}""") with { ErrorCode = "ConditionalCheckFailedException" });

        Assert.Equal(
            [("wamid.1", released, "Maximum"), ("wamid.2", released, "Maximum"), ("wamid.3", released, "Maximum")],
            journal.All.Where(times => times.ReleasedAt is not null).Select(times => (times.Id, times.ReleasedAt!.Value, times.ReleaseReason!)).OrderBy(times => times.Id, StringComparer.Ordinal));
    }

    private static AwsCall Call(string operation, string body) =>
        new("dynamodb", operation, 200, null, new AwsRequest("POST", "/", QueryCollection.Empty, new HeaderDictionary(), System.Text.Encoding.UTF8.GetBytes(body)));

    private static AwsCall Put(string number, params string[] ids)
    {
        string aggregated = JsonSerializer.Serialize(new { aggregation = new { message_ids = ids } });
        return Call("TransactWriteItems", JsonSerializer.Serialize(new
        {
            TransactItems = new object[]
            {
                new { Update = new { } },
                new { Put = new { TableName = "active_connections", Item = new { conversation = new { S = "503#49" }, item = new { S = $"outbox#{number}" }, @event = new { S = aggregated } } } },
            },
        }));
    }

    private static BatchHandedOver Batch(DateTimeOffset at, string? error, params string[] ids) => new(
        "mapping", "message_aggregator", "shard-1", BatchKind.Records, [.. ids.Select(Record)], null, at, TimeSpan.Zero, "request", error);

    private static StreamEntry Record(string id) =>
        new(id, DateTimeOffset.UnixEpoch, System.Text.Encoding.UTF8.GetBytes($$"""{ "dynamodb": { "Keys": { "from": { "S": "49" }, "id": { "S": "{{id}}" } } } }"""));
}
