using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Simulation.Tests.World;
using WhatsAppBuffer.Topology;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppEventHandler.Tests.World;

namespace Simulation.Tests;

/// <summary>A simulation that finds nothing proves nothing: here the system is made worse in ways that look right, and each must be found out.</summary>
public class NaiveVersionsTests
{
    private const int Seeds = 200;

    [Fact]
    public void An_aggregator_without_a_watermark_shows_messages_twice() =>
        AssertFound(Law.Doubled, rush => rush.Cloud.Rewrite = WithoutWatermark);

    [Fact]
    public void A_handler_that_removes_before_it_sends_loses_messages() =>
        AssertFound(Law.Lost, rush => rush.Cloud.Outbox = outbox => new RemovingFirst(outbox));

    [Fact]
    public void A_handler_without_a_lease_scatters_a_conversation() => AssertFound(Law.Scattered, rush =>
    {
        rush.Cloud.Chats = chats => new WithoutLease(chats);
        rush.Cloud.Latency = () => TimeSpan.FromMilliseconds(rush.Cloud.Steps[^1].EndsWith("Query", StringComparison.Ordinal) ? rush.Cloud.Random.Next(10_000) : 5);
    });

    [Fact]
    public void A_wake_up_that_is_lost_without_a_sweep_leaves_messages_waiting() =>
        AssertFound(Law.Waiting, rush =>
        {
            rush.Cloud.WakeUps = new SimulatedQueue(rush.Cloud, FunctionSpecs.WhatsAppEventHandler) { Loss = 0.3 };
            rush.Cloud.HasSweep = false;
        });

    [Fact]
    public void A_mapping_that_does_not_hear_which_messages_failed_loses_them() =>
        AssertFound(Law.Lost, rush => rush.Cloud.Sns = new SimulatedQueue(rush.Cloud, FunctionSpecs.OnRawMessages) { IgnoresAnswers = true, LongestDelay = TimeSpan.FromSeconds(5) });

    /// <summary>As it was: the whole aggregate in the letter, which a redrive gives a new id, so that Connect does not know its client tokens.</summary>
    [Fact]
    public void A_redrive_of_a_whole_aggregate_shows_what_was_not_refused_twice() => AssertFound(Law.Doubled, rush =>
    {
        Dictionary<string, JsonObject> aggregates = [];
        rush.WithRefusals().Cloud.WakeUps = new Overheard(rush.Cloud.WakeUps, wakeUp => aggregates[wakeUp["aggregation"]!["id"]!.GetValue<string>()] = wakeUp);
        rush.Cloud.EventOf = letter =>
        {
            JsonObject whole = aggregates[letter.Item.AggregationId].DeepClone().AsObject();
            whole.Remove("aggregation");
            return whole.ToJsonString();
        };
    }, Wiring.Guide);

    /// <summary>The letter goes out, the sandbox dies, and the next invocation does not know of it: nothing stands in the outbox but what was accepted.</summary>
    [Fact]
    public void A_handler_that_forgets_a_refusal_shows_a_part_twice() => AssertFound(Law.Doubled, rush =>
    {
        rush.WithRefusals().Cloud.Outbox = outbox => new Forgetful(outbox);
        rush.Cloud.Connect.Fail = (operation, text) => rush.Cloud.Refuses.Contains(text) && rush.Cloud.Random.Next(2) == 0 ? FakeConnect.Refused(operation) : null;
    });

    [Fact]
    public void A_redrive_of_a_batch_that_does_not_ask_what_was_handed_over_shows_messages_twice() =>
        AssertFound(Law.Doubled, rush => rush.WithOutage().AsksFirst = false);

    /// <summary>
    /// Two ids of one person are two partitions, and may be two shards: the watermark of one conversation then says nothing about the other
    /// shard's records, and drops those with lower sequence numbers.
    /// </summary>
    [Fact]
    public void Two_raw_keys_that_feed_one_conversation_lose_messages() =>
        AssertFound(Law.Lost, rush => rush.Cloud.ConversationOf = _ => "person");

    [Fact]
    public void Two_ids_that_are_one_raw_key_lose_nothing()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            using var rush = new Rush(seed) { Senders = ["person"] };
            Assert.Empty(rush.Run());
        }
    }

    private static void AssertFound(string breach, Action<Rush> change, Wiring wiring = Wiring.Queues)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            using var rush = new Rush(seed, wiring);
            change(rush);
            if (rush.Run().Any(found => found.Contains(breach, StringComparison.Ordinal)))
            {
                return;
            }
        }

        Assert.Fail($"Not found in {Seeds} rushes: {breach}.");
    }

    private static void WithoutWatermark(AmazonDynamoDBRequest request)
    {
        if (request is TransactWriteItemsRequest { TransactItems: [{ Update: { ConditionExpression: { } condition } advance }, ..] }
            && condition.Contains("handedOverThrough", StringComparison.Ordinal))
        {
            advance.ConditionExpression = $"{condition} OR attribute_exists(handedOverThrough)";
        }
    }

    private class RemovingFirst(IOutbox outbox) : IOutbox
    {
        protected IOutbox Outbox => outbox;

        public Task AdmitAsync(OutboxItem item, CancellationToken cancellationToken) => outbox.AdmitAsync(item, cancellationToken);

        public Task<bool> ContainsAsync(string conversation, string sortKey, CancellationToken cancellationToken) =>
            outbox.ContainsAsync(conversation, sortKey, cancellationToken);

        public virtual async Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken)
        {
            IReadOnlyList<OutboxItem> waiting = await outbox.WaitingAsync(conversation, cancellationToken);
            foreach (OutboxItem item in waiting)
            {
                await outbox.RemoveAsync(item, cancellationToken);
            }

            return waiting;
        }

        public virtual Task<bool> TryNoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken) =>
            outbox.TryNoteAsync(item, progress, cancellationToken);

        public Task RemoveAsync(OutboxItem item, CancellationToken cancellationToken) => outbox.RemoveAsync(item, cancellationToken);
    }

    private sealed class Forgetful(IOutbox outbox) : RemovingFirst(outbox)
    {
        public override Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken) => Outbox.WaitingAsync(conversation, cancellationToken);

        public override Task<bool> TryNoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken) =>
            progress.Refusal is null ? Outbox.TryNoteAsync(item, progress, cancellationToken) : Task.FromResult(true);
    }

    private sealed class Overheard(ICarrier carrier, Action<JsonObject> hear) : ICarrier
    {
        public void Accept(byte[] payload, TimeSpan delay)
        {
            JsonObject wakeUp = JsonNode.Parse(payload)!.AsObject();
            if (wakeUp.ContainsKey("aggregation"))
            {
                hear(wakeUp);
            }

            carrier.Accept(payload, delay);
        }
    }

    private sealed class WithoutLease(IChats chats) : IChats
    {
        public Task<ChatState?> TryTakeAsync(string conversation, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
            chats.TryTakeAsync(conversation, "everybody", now, until, cancellationToken);

        public async Task<bool> TrySaveAsync(string conversation, string owner, ChatState chat, CancellationToken cancellationToken)
        {
            await chats.TryTakeAsync(conversation, "everybody", default, default, cancellationToken);
            return await chats.TrySaveAsync(conversation, "everybody", chat, cancellationToken);
        }

        public Task<bool> TryReleaseAsync(string conversation, string owner, OutboxItem delivered, long newestMessage, CancellationToken cancellationToken) =>
            chats.TryReleaseAsync(conversation, "everybody", delivered, newestMessage, cancellationToken);

        public Task ReleaseAsync(string conversation, string owner, CancellationToken cancellationToken) =>
            chats.ReleaseAsync(conversation, "everybody", cancellationToken);
    }
}
