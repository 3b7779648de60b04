using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Simulation.Tests.World;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

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
        AssertFound(Law.Waiting, rush => rush.Cloud.WakeUps = new UnreliableQueue(rush.Cloud) { Loss = 0.3 });

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

    private static void AssertFound(string breach, Action<Rush> change)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            using var rush = new Rush(seed);
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

    private sealed class RemovingFirst(IOutbox outbox) : IOutbox
    {
        public Task AdmitAsync(OutboxItem item, CancellationToken cancellationToken) => outbox.AdmitAsync(item, cancellationToken);

        public Task<bool> ContainsAsync(string conversation, string sortKey, CancellationToken cancellationToken) =>
            outbox.ContainsAsync(conversation, sortKey, cancellationToken);

        public async Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken)
        {
            IReadOnlyList<OutboxItem> waiting = await outbox.WaitingAsync(conversation, cancellationToken);
            foreach (OutboxItem item in waiting)
            {
                await outbox.RemoveAsync(item, cancellationToken);
            }

            return waiting;
        }

        public Task NoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken) =>
            outbox.NoteAsync(item, progress, cancellationToken);

        public Task RemoveAsync(OutboxItem item, CancellationToken cancellationToken) => outbox.RemoveAsync(item, cancellationToken);
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

        public Task<bool> TryReleaseAsync(string conversation, string owner, OutboxItem delivered, CancellationToken cancellationToken) =>
            chats.TryReleaseAsync(conversation, "everybody", delivered, cancellationToken);

        public Task ReleaseAsync(string conversation, string owner, CancellationToken cancellationToken) =>
            chats.ReleaseAsync(conversation, "everybody", cancellationToken);
    }
}
