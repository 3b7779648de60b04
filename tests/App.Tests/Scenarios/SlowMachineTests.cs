using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.Clock;
using WhatsAppBuffer.Simulator.Testing;

namespace App.Tests.Scenarios;

public class SlowMachineTests
{
    [Theory]
    [InlineData(15, 15, 21, 7.5)]
    [InlineData(1.5, 15, 1000, 1)]
    [InlineData(1, 15, 1000, 1)]
    [InlineData(7.5, 15, 10, 7.5)]
    [InlineData(7.5, 15, 0, 9.375)]
    [InlineData(14, 15, 0, 15)]
    [InlineData(0.5, 0.5, 1000, 0.5)]
    public void The_clock_is_halved_while_many_messages_wait_and_catches_up_when_few_do(double speed, double wanted, int behind, double next) =>
        Assert.Equal(next, SlowMachine.Next(speed, wanted, behind));

    [Fact]
    public async Task A_clock_that_was_slowed_has_its_speed_back_in_the_end()
    {
        var real = new FakeTimeProvider();
        using var clock = new CloudClock(16, real);
        var machine = new SlowMachine(clock, () => 100, real);
        using var end = new CancellationTokenSource();

        Task watching = machine.WatchAsync(end.Token);
        await Eventually.IsTrueAsync(() => clock.Read().Speed <= 4, "the clock is slowed", meanwhile: () => real.Advance(TimeSpan.FromMilliseconds(100)));
        await end.CancelAsync();
        await watching;

        Assert.Equal(16, clock.Read().Speed);
        Assert.True(machine.SlowestSpeed <= 4);
    }
}
