using LocalAws.Connect;

namespace LocalAws.Tests.Connect;

public class OrderedOutboxTests
{
    [Fact]
    public void Every_item_is_sent_once_in_order_whoever_sends()
    {
        const int Count = 10_000;
        var gate = new Lock();
        int next = 0;
        List<int> sent = [];
        var outbox = new OrderedOutbox<int>(item =>
        {
            sent.Add(item);
            return Task.CompletedTask;
        });

        Parallel.For(0, Count, turn =>
        {
            lock (gate)
            {
                outbox.Add(next++);
            }

            _ = outbox.SendAsync();
        });

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref next) == Count && sent.Count == Count, TimeSpan.FromSeconds(10)));
        Assert.Equal(Enumerable.Range(0, Count), sent);
    }

    [Fact]
    public async Task A_slow_item_holds_back_the_next()
    {
        var slow = new TaskCompletionSource();
        List<string> sent = [];
        var outbox = new OrderedOutbox<string>(async item =>
        {
            await (item == "slow" ? slow.Task : Task.CompletedTask);
            sent.Add(item);
        });

        outbox.Add("slow");
        Task sending = outbox.SendAsync();
        outbox.Add("quick");
        await outbox.SendAsync();
        Assert.Empty(sent);

        slow.SetResult();
        await sending;
        Assert.Equal(["slow", "quick"], sent);
    }
}
