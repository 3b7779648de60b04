using Microsoft.Extensions.Time.Testing;
using LocalAws.Clock;

namespace LocalAws.Tests.Clock;

public sealed class CloudClockTests : IDisposable
{
    private readonly FakeTimeProvider _real = new();
    private readonly CloudClock _clock;
    private readonly DateTimeOffset _start;
    private readonly List<string> _fired = [];

    public CloudClockTests()
    {
        _clock = new CloudClock(20, _real);
        _start = _clock.GetUtcNow();
    }

    private double SecondsPassed => (_clock.GetUtcNow() - _start).TotalSeconds;

    public void Dispose() => _clock.Dispose();

    [Fact]
    public void A_clock_of_speed_20_passes_a_20_second_window_in_one_real_second()
    {
        Assert.Equal(_real.GetUtcNow(), _start);

        _real.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(20, SecondsPassed);
    }

    [Fact]
    public void Timers_shrink_with_the_clock()
    {
        FireAfter(20);
        FireAfter(40);

        _real.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Empty(_fired);
        _real.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(["20 at 20"], _fired);
        _real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["20 at 20", "40 at 40"], _fired);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_that_cannot_be_is_refused_and_changes_nothing(double speed)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CloudClock(speed, _real));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Accelerate(speed));
        Assert.Equal(20, _clock.Read().Speed);
    }

    [Theory]
    [InlineData(CloudClock.MinimumSpeed)]
    [InlineData(CloudClock.MaximumSpeed)]
    public void The_slowest_and_the_highest_speed_are_speeds(double speed)
    {
        _clock.Accelerate(speed);

        Assert.Equal(speed, _clock.Read().Speed);
    }

    [Fact]
    public void A_clock_runs_on_another_clock() =>
        Assert.Throws<ArgumentNullException>(() => new CloudClock(1, null!));

    [Fact]
    public void A_frozen_clock_shows_one_time_and_fires_nothing_until_it_goes_on()
    {
        FireAfter(5);
        _clock.Freeze();

        _real.Advance(TimeSpan.FromHours(1));

        Assert.Equal((0, true), (SecondsPassed, _clock.Read().IsFrozen));
        Assert.Empty(_fired);

        _clock.GoOn();
        _real.Advance(TimeSpan.FromSeconds(0.25));

        Assert.Equal(["5 at 5"], _fired);
    }

    [Fact]
    public void A_callback_that_freezes_the_clock_stops_the_timers_due_after_its_own()
    {
        using ITimer freezing = _clock.CreateTimer(_ => _clock.Freeze(), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        FireAfter(5);

        _real.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_fired);

        _clock.GoOn();
        _real.Advance(TimeSpan.Zero);
        Assert.Single(_fired);
    }

    [Fact]
    public void A_step_fires_what_is_due_on_the_way_each_at_its_time_and_leaves_the_rest()
    {
        _clock.Freeze();
        FireAfter(3);
        FireAfter(11);
        FireAfter(2);

        int fired = _clock.Step(TimeSpan.FromSeconds(10));

        Assert.Equal(["2 at 2", "3 at 3"], _fired);
        Assert.Equal((2, 10), (fired, SecondsPassed));
        Assert.Equal(new ClockReading(_start.AddSeconds(10), Speed: 20, IsFrozen: true, NextTimer: _start.AddSeconds(11), Timers: 1), _clock.Read());
    }

    [Fact]
    public async Task A_loop_that_waits_again_and_again_is_taken_along_by_one_step()
    {
        _clock.Freeze();
        int turns = 0;
        using var stop = new CancellationTokenSource();
        Task loop = LoopAsync();

        _clock.Step(TimeSpan.FromSeconds(10));

        Assert.Equal(10, turns);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);

        async Task LoopAsync()
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _clock, stop.Token);
                turns++;
            }
        }
    }

    [Fact]
    public void A_step_to_the_next_timer_goes_exactly_that_far()
    {
        _clock.Freeze();
        FireAfter(7);
        FireAfter(7);
        FireAfter(8);

        Assert.Equal(2, _clock.StepToNextTimer());
        Assert.Equal(7, SecondsPassed);
        Assert.Equal(1, _clock.StepToNextTimer());
        Assert.Equal(0, _clock.StepToNextTimer());
        Assert.Equal(8, SecondsPassed);
    }

    [Fact]
    public void A_running_clock_is_put_forward_and_runs_on()
    {
        FireAfter(30);
        FireAfter(60);

        Assert.Equal(1, _clock.Step(TimeSpan.FromSeconds(40)));
        _real.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(60, SecondsPassed);
        Assert.Equal(["30 at 30", "60 at 60"], _fired);
    }

    [Fact]
    public void A_timer_that_waits_already_follows_a_change_of_speed()
    {
        FireAfter(20);

        _clock.Accelerate(1);
        _real.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(_fired);
        _clock.Accelerate(100);
        _real.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(["20 at 20"], _fired);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_periodic_timer_fires_once_for_each_period_on_the_way_until_it_is_disposed(bool asynchronously)
    {
        _clock.Freeze();
        int fired = 0;
        ITimer timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _clock.Step(TimeSpan.FromSeconds(6));
        Assert.Equal(3, fired);
        if (asynchronously)
        {
            await timer.DisposeAsync();
        }
        else
        {
            timer.Dispose();
        }

        Assert.Equal(0, _clock.Step(TimeSpan.FromSeconds(6)));
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void A_period_of_zero_is_none_as_with_the_frameworks_timers()
    {
        using ITimer timer = _clock.CreateTimer(_ => _fired.Add("once"), null, TimeSpan.FromSeconds(1), TimeSpan.Zero);

        _clock.StepToNextTimer();

        Assert.Equal(["once"], _fired);
    }

    [Fact]
    public void A_timer_that_is_told_never_waits_no_more_until_it_is_told_anew()
    {
        using ITimer timer = _clock.CreateTimer(_ => _fired.Add("told anew"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _clock.Step(TimeSpan.FromSeconds(10));
        Assert.Empty(_fired);
        Assert.True(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
        _clock.Step(TimeSpan.FromSeconds(1));
        Assert.Equal(["told anew"], _fired);
    }

    [Fact]
    public void The_longest_step_is_a_step()
    {
        _clock.Step(CloudClock.LongestStep);

        Assert.Equal(CloudClock.LongestStep.TotalSeconds, SecondsPassed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(86_401)]
    public void A_step_that_cannot_be_is_refused(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Step(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_callback_sees_the_context_its_timer_was_made_in()
    {
        var local = new AsyncLocal<string> { Value = "made here" };
        string? seen = null;
        using ITimer timer = _clock.CreateTimer(_ => seen = local.Value, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        local.Value = "fired here";

        _clock.StepToNextTimer();

        Assert.Equal("made here", seen);
    }

    [Fact]
    public async Task A_wait_in_full_is_over_when_its_moment_has_come()
    {
        _clock.Freeze();
        DateTimeOffset moment = _start.AddMilliseconds(12.3);
        Task wait = Task.Delay((moment - _start).InFull(), _clock, TestContext.Current.CancellationToken);

        _clock.StepToNextTimer();
        await wait;

        Assert.True(_clock.GetUtcNow() >= moment);
    }

    [Fact]
    public void A_clock_that_may_run_for_a_while_waits_there_until_it_is_told_anew()
    {
        FireAfter(3);
        FireAfter(7);
        _clock.RunFor(TimeSpan.FromSeconds(5));

        _real.Advance(TimeSpan.FromSeconds(0.15));
        _real.Advance(TimeSpan.FromHours(1));
        Assert.Equal((5, false), (SecondsPassed, _clock.Read().IsFrozen));
        Assert.Equal(["3 at 3"], _fired);

        _clock.RunFor(TimeSpan.FromSeconds(5));
        _real.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(7, SecondsPassed);
        Assert.Equal(["3 at 3", "7 at 7"], _fired);

        _clock.RunFor(null);
        _real.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(207, SecondsPassed);
    }

    [Fact]
    public void A_clock_that_is_held_still_can_be_stepped()
    {
        FireAfter(3);
        _clock.RunFor(TimeSpan.Zero);
        _real.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, _clock.Step(TimeSpan.FromSeconds(4)));
        _real.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(4, SecondsPassed);
        Assert.Equal(["3 at 3"], _fired);
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.RunFor(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void What_is_due_at_once_fires_on_a_clock_that_was_stepped_past_where_it_waits()
    {
        _clock.RunFor(TimeSpan.FromSeconds(1));
        _clock.Step(TimeSpan.FromSeconds(4));
        FireAfter(0);

        _real.Advance(TimeSpan.Zero);

        Assert.Equal(["0 at 4"], _fired);
    }

    [Theory]
    [InlineData(-2, 1000)]
    [InlineData(1000, -2)]
    [InlineData(-60_000, -1)]
    public void A_timers_time_below_zero_is_refused_as_by_the_frameworks_clock(double due, double period)
    {
        ArgumentOutOfRangeException expected = Assert.Throws<ArgumentOutOfRangeException>(() => Create(TimeProvider.System));
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => Create(_clock));
        using ITimer timer = _clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        Assert.Equal(expected.ParamName, refused.ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => timer.Change(TimeSpan.FromMilliseconds(due), TimeSpan.FromMilliseconds(period)));
        Assert.Equal(1, _clock.Read().Timers);

        ITimer Create(TimeProvider clock) => clock.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(due), TimeSpan.FromMilliseconds(period));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-1.5)]
    public void Less_than_two_milliseconds_below_zero_are_never_as_by_the_frameworks_clock(double milliseconds)
    {
        using ITimer timer = _clock.CreateTimer(_ => _fired.Add("at all"), null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);

        _real.Advance(TimeSpan.FromHours(1));

        Assert.Empty(_fired);
    }

    [Fact]
    public void A_timer_that_is_changed_while_it_is_disposed_waits_no_more()
    {
        using var real = new GatedTime();
        using var clock = new CloudClock(1, real);
        clock.Freeze();
        for (int round = 0; round < 200 && clock.Read().Timers == 0; round++)
        {
            ITimer timer = clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            real.Close();
            Thread looking = StartUntilItWaits(() => clock.GetTimestamp());
            Thread changing = StartUntilItWaits(() => timer.Change(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)));
            real.Open();
            timer.Dispose();
            looking.Join();
            changing.Join();
        }

        Assert.Equal(0, clock.Read().Timers);
        Assert.Equal(0, clock.StepToNextTimer());
    }

    private static Thread StartUntilItWaits(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        SpinWait.SpinUntil(() => (thread.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0);
        return thread;
    }

    private void FireAfter(double seconds) =>
        _clock.CreateTimer(_ => _fired.Add($"{seconds} at {SecondsPassed}"), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    /// <summary>Real time at which nobody can look while the gate is closed: who looks holds the clock's lock.</summary>
    private sealed class GatedTime : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim _gate = new(initialState: true);

        public void Close() => _gate.Reset();

        public void Open() => _gate.Set();

        public override long GetTimestamp()
        {
            _gate.Wait();
            return 0;
        }

        public void Dispose() => _gate.Dispose();
    }
}
