using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.ServiceDefaults.Tests.Telemetry;

public sealed class FlushTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(200);
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(30_000, 500)]
    [InlineData(2_000, 500)]
    [InlineData(400, 100)]
    [InlineData(0, 0)]
    [InlineData(-50, 0)]
    public void The_budget_is_a_quarter_of_the_time_left_and_half_a_second_at_the_most(int remaining, int budget) =>
        Assert.Equal(TimeSpan.FromMilliseconds(budget), new Flush([], _clock).BudgetOf(TimeSpan.FromMilliseconds(remaining)));

    [Fact]
    public async Task Every_signal_is_flushed_and_told_its_budget()
    {
        int[] budgets = new int[3];
        var flush = new Flush([.. Enumerable.Range(0, 3).Select(i => new Func<int, bool>(ms => (budgets[i] = ms) > 0))], _clock);

        Assert.True(await flush.WithinAsync(Budget));

        Assert.All(budgets, budget => Assert.Equal(200, budget));
    }

    [Fact]
    public async Task A_collector_that_hangs_costs_the_budget_and_no_more()
    {
        using var hang = new ManualResetEventSlim();
        var flush = new Flush([_ => hang.Wait(TimeSpan.FromSeconds(30))], _clock);

        Task<bool> flushed = flush.WithinAsync(Budget);
        Assert.False(flushed.IsCompleted);
        _clock.Advance(Budget);

        Assert.False(await flushed.WaitAsync(TimeSpan.FromSeconds(10)));
        hang.Set();
    }

    [Fact]
    public async Task While_a_flush_hangs_no_other_is_begun()
    {
        using var hang = new ManualResetEventSlim();
        int begun = 0;
        var flush = new Flush([_ => Interlocked.Increment(ref begun) > 0 && hang.Wait(TimeSpan.FromSeconds(30))], _clock);

        for (int i = 0; i < 3; i++)
        {
            Task<bool> flushed = flush.WithinAsync(Budget);
            _clock.Advance(Budget);
            await flushed;
        }

        hang.Set();
        Assert.True(await flush.WithinAsync(Budget));
        Assert.InRange(begun, 1, 2);
    }

    [Fact]
    public async Task A_flush_that_throws_is_no_failure_of_the_invocation()
    {
        var flush = new Flush([_ => throw new InvalidOperationException("exporter broke")], _clock);

        Assert.False(await flush.WithinAsync(Budget));
    }
}
