using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.Simulator.App.Scenarios;
using LocalAws.Clock;

namespace App.Tests.Scenarios;

public sealed class SlowMachineTests : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _real = new();
    private readonly CancellationTokenSource _end = new();

    public void Dispose() => _end.Dispose();

    [Theory]
    [InlineData(20, 1, 0.5)]
    [InlineData(20, 4, 0.5)]
    [InlineData(20, 5, 0.4)]
    [InlineData(20, 20, 0.1)]
    [InlineData(300, 15, 0.5)]
    [InlineData(5, 0.1, 0.5)]
    public void Anything_may_take_half_a_second_and_no_more_than_a_tenth_of_the_window(double window, double speed, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SlowMachine.Patience(TimeSpan.FromSeconds(window), speed));

    [Theory]
    [InlineData(true, 15, 0)]
    [InlineData(true, 0.5, 0)]
    [InlineData(false, 15, 3)]
    [InlineData(false, 0.5, 0.1)]
    public void The_clock_stands_still_while_the_machine_is_behind_and_runs_on_a_little_at_a_time_while_it_is_not(bool isBehind, double speed, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SlowMachine.Span(isBehind, speed));

    [Theory]
    [InlineData(16)]
    [InlineData(1)]
    [InlineData(0.5)]
    public void A_clock_stands_still_while_the_machine_is_behind_at_any_speed(double speed)
    {
        using var clock = new CloudClock(speed, _real);
        bool isBehind = false;
        var machine = new SlowMachine(clock, _ => isBehind, Window, _real);

        Assert.Equal(speed, SecondsPassed(clock, machine), 0.001);
        isBehind = true;
        machine.Look();
        Assert.Equal(0, SecondsPassed(clock, machine));
        isBehind = false;
        machine.Look();
        Assert.Equal(speed, SecondsPassed(clock, machine), 0.001);
        Assert.Equal(1, machine.Speed.Lost.TotalSeconds, 0.001);
    }

    [Fact]
    public void The_functions_are_asked_with_the_patience_of_the_clocks_speed()
    {
        using var clock = new CloudClock(20, _real);
        var asked = new List<TimeSpan>();
        var machine = new SlowMachine(clock, IsBehind, Window, _real);

        machine.Look();
        clock.Accelerate(1);
        machine.Look();

        Assert.Equal([TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5)], asked);

        bool IsBehind(TimeSpan patience)
        {
            asked.Add(patience);
            return false;
        }
    }

    [Fact]
    public void What_is_due_and_takes_too_long_holds_the_clock_until_it_is_done()
    {
        using var clock = new CloudClock(1, _real);
        var machine = new SlowMachine(clock, _ => false, Window, _real);

        using (machine.Begin())
        {
            Assert.Equal(0.5, SecondsPassed(clock, machine), 0.051);
            Assert.Equal(0, SecondsPassed(clock, machine));
        }

        machine.Look();
        Assert.Equal(1, SecondsPassed(clock, machine), 0.001);
    }

    [Fact]
    public async Task A_machine_too_busy_even_to_look_lets_the_clock_wait_and_a_clock_that_was_held_runs_freely_in_the_end()
    {
        using var clock = new CloudClock(16, _real);
        var machine = new SlowMachine(clock, _ => true, Window, _real);
        machine.Look();
        Task watching = machine.WatchAsync(_end.Token);

        _real.Advance(TimeSpan.FromMinutes(1));
        long held = clock.GetTimestamp();
        await _end.CancelAsync();
        await watching;
        _real.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, held);
        Assert.Equal(TimeSpan.FromMinutes(16), TimeSpan.FromTicks(clock.GetTimestamp()));
        Assert.Equal((16, 0), (clock.Read().Speed, machine.Speed.Slowest));
    }

    [Fact]
    public void A_clock_that_is_not_looked_at_in_time_runs_no_further_than_it_was_allowed()
    {
        using var clock = new CloudClock(10, _real);
        var machine = new SlowMachine(clock, _ => false, Window, _real);

        machine.Look();
        _real.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromSeconds(2), TimeSpan.FromTicks(clock.GetTimestamp()));
    }

    [Fact]
    public void The_slowest_speed_is_over_five_seconds_and_what_was_lost_over_all()
    {
        var speed = new EffectiveSpeed(10);
        double shown = 0;
        for (int tick = 0; tick <= 300; tick++)
        {
            speed.Note(TimeSpan.FromSeconds(tick / 10.0), TimeSpan.FromSeconds(shown));
            shown += tick is >= 100 and < 125 ? 0 : 1;
        }

        Assert.Equal(5, speed.Slowest, 0.2);
        Assert.Equal(2.5, speed.Lost.TotalSeconds, 0.01);
    }

    [Fact]
    public void A_run_of_less_than_five_seconds_is_judged_as_a_whole_and_one_that_was_never_held_has_lost_nothing()
    {
        var speed = new EffectiveSpeed(10);
        Assert.Equal((10, TimeSpan.Zero), (speed.Slowest, speed.Lost));

        speed.Note(TimeSpan.Zero, TimeSpan.Zero);
        speed.Note(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20));
        Assert.Equal((10, TimeSpan.Zero), (speed.Slowest, speed.Lost));

        speed.Note(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(20));
        Assert.Equal((5, TimeSpan.FromSeconds(2)), (speed.Slowest, speed.Lost));
    }

    /// <summary>In one second of real time, looked at as often as by the watch.</summary>
    private double SecondsPassed(CloudClock clock, SlowMachine machine)
    {
        long start = clock.GetTimestamp();
        for (int look = 0; look < 20; look++)
        {
            machine.Look();
            _real.Advance(TimeSpan.FromSeconds(0.05));
        }

        return TimeSpan.FromTicks(clock.GetTimestamp() - start).TotalSeconds;
    }
}
