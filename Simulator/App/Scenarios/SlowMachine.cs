using WhatsAppBuffer.Simulator.Clock;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>
/// Slows the simulator's clock while the functions cannot store messages as fast as a scenario sends them, and lets it catch up afterwards. The
/// functions run unscaled, so that without it a slow machine would store messages later than any real one: how a scenario ends must not
/// depend on the machine, only how long it takes.
/// </summary>
/// <param name="clock">The simulator's clock.</param>
/// <param name="behind">How many messages wait to be stored.</param>
/// <param name="real">Real time.</param>
internal sealed class SlowMachine(CloudClock clock, Func<int> behind, TimeProvider real)
{
    private const int Many = 20;
    private const int Few = 5;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly double _wanted = clock.Read().Speed;

    /// <summary>The clock's lowest speed so far.</summary>
    public double SlowestSpeed { get; private set; } = clock.Read().Speed;

    /// <summary>Watches until <paramref name="end"/>, then gives the clock its speed back.</summary>
    public async Task WatchAsync(CancellationToken end)
    {
        using var poll = new PeriodicTimer(Poll, real);
        try
        {
            for (double speed = _wanted; await poll.WaitForNextTickAsync(end);)
            {
                double next = Next(speed, _wanted, behind());
                if (next != speed)
                {
                    clock.Accelerate(speed = next);
                    SlowestSpeed = Math.Min(SlowestSpeed, speed);
                }
            }
        }
        catch (OperationCanceledException)
        {
            clock.Accelerate(_wanted);
        }
    }

    /// <summary>Down by half, never below the speed of life; up by a quarter, never above what is wanted.</summary>
    internal static double Next(double speed, double wanted, int behind) => behind switch
    {
        > Many => Math.Min(wanted, Math.Max(1, speed / 2)),
        < Few => Math.Min(wanted, speed * 1.25),
        _ => speed,
    };
}
