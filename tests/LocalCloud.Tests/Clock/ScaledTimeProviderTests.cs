using Microsoft.Extensions.Time.Testing;
using WhatsAppBuffer.Simulator.Clock;

namespace LocalCloud.Tests.Clock;

public class ScaledTimeProviderTests
{
    [Fact]
    public void A_clock_of_speed_20_passes_a_20_second_window_in_one_real_second()
    {
        var real = new FakeTimeProvider();
        var clock = new ScaledTimeProvider(20, real);
        DateTimeOffset start = clock.GetUtcNow();

        real.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(20), clock.GetUtcNow() - start);
    }

    [Fact]
    public void Timers_shrink_with_the_clock()
    {
        var real = new FakeTimeProvider();
        var clock = new ScaledTimeProvider(10, real);
        int fired = 0;
        using ITimer timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan);

        real.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(0, fired);
        real.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, fired);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_speed_that_is_not_above_zero_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledTimeProvider(speed, TimeProvider.System));
}
