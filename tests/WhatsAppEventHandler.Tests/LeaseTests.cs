using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

public class LeaseTests
{
    private const string Conversation = "1#569";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero));
    private readonly TableChats _chats = new();

    [Fact]
    public async Task A_lease_is_renewed_when_half_of_it_is_gone_and_not_before()
    {
        Lease lease = await TakeAsync();

        _clock.Advance(Lease.Length / 2);
        await lease.HoldAsync(default);
        Assert.Equal(1, _chats.Takes);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await lease.HoldAsync(default);
        Assert.Equal(2, _chats.Takes);
        _clock.Advance(Lease.Length - TimeSpan.FromSeconds(1));
        await lease.HoldAsync(default);
        Assert.Equal(3, _chats.Takes);
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_lost_even_though_nobody_holds_it_now()
    {
        Lease lease = await TakeAsync();
        _clock.Advance(Lease.Length);

        // Another invocation may have held it since, and have written the row that this one has read.
        await Assert.ThrowsAsync<LeaseLostException>(() => lease.HoldAsync(default));
    }

    [Fact]
    public async Task Nothing_is_saved_by_who_has_lost_the_lease()
    {
        Lease lease = await TakeAsync();
        _clock.Advance(Lease.Length + TimeSpan.FromSeconds(1));
        Lease other = await TakeAsync();
        await other.SaveAsync(new ChatState(2, null), default);

        await Assert.ThrowsAsync<LeaseLostException>(() => lease.SaveAsync(new ChatState(1, null), default));

        Assert.Equal(new ChatState(2, null), _chats.Table.Chats[Conversation].Chat);
        Assert.Equal(ChatState.None, lease.Chat);
    }

    [Fact]
    public async Task Two_owners_never_have_the_same_name()
    {
        Lease first = await TakeAsync();
        await first.ReleaseAsync(default);
        await TakeAsync();

        await Assert.ThrowsAsync<LeaseLostException>(() => first.SaveAsync(new ChatState(1, null), default));
    }

    [Fact]
    public async Task A_lease_freed_with_its_last_aggregate_is_not_freed_again()
    {
        var item = new OutboxItem(Conversation, "outbox#1", "id", "{}");
        _chats.Table.Put(item);
        Lease lease = await TakeAsync();
        Assert.True(await lease.TryReleaseAsync(item, default));
        Lease next = await TakeAsync();

        await lease.ReleaseAsync(default);

        await next.SaveAsync(new ChatState(1, null), default);
        Assert.Empty(_chats.Table.Outbox);
    }

    private async Task<Lease> TakeAsync() => (await Lease.TryTakeAsync(_chats, _clock, Conversation, Lease.Length, default))!;

    private sealed class TableChats : IChats
    {
        public FakeTable Table { get; } = new();

        public int Takes { get; private set; }

        public Task<ChatState?> TryTakeAsync(string conversation, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
        {
            Takes++;
            return Task.FromResult(Table.TryTake(conversation, owner, now, until));
        }

        public Task<bool> TryAnnounceAsync(string conversation, string owner, string contactId, ChatCustomer customer, CancellationToken cancellationToken) =>
            Task.FromResult(Table.TryAnnounce(conversation, owner, contactId));

        public Task<bool> TrySaveAsync(string conversation, string owner, ChatState chat, CancellationToken cancellationToken) =>
            Task.FromResult(Table.TrySave(conversation, owner, chat));

        public Task<bool> TryReleaseAsync(string conversation, string owner, OutboxItem delivered, ChatState chat, CancellationToken cancellationToken) =>
            Task.FromResult(Table.TryRelease(conversation, owner, delivered, chat));

        public Task ReleaseAsync(string conversation, string owner, CancellationToken cancellationToken)
        {
            Table.Release(conversation, owner);
            return Task.CompletedTask;
        }
    }
}
