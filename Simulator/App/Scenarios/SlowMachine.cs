using System.Collections.Concurrent;
using LocalAws.Clock;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>
/// Lets the simulator's clock wait while the machine is late. Functions run in real time, so that without it a slow machine would store
/// messages later than any real one: how a scenario ends must not depend on the machine, only how long it takes.
/// </summary>
/// <param name="clock">The simulator's clock.</param>
/// <param name="isBehind">Whether the functions are late with anything, told how long a thing may take in real time.</param>
/// <param name="window">The buffer's length.</param>
/// <param name="real">Real time.</param>
internal sealed class SlowMachine(CloudClock clock, Func<TimeSpan, bool> isBehind, TimeSpan window, TimeProvider real)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>How far the clock runs before it is allowed anew: on a machine so busy that not even this class gets its turn, it waits by itself.</summary>
    private static readonly TimeSpan Ahead = 4 * Poll;

    private readonly ConcurrentDictionary<object, long> _due = new();
    private readonly long _began = real.GetTimestamp();

    public CloudClock Clock => clock;

    /// <summary>How fast the clock really ran.</summary>
    public EffectiveSpeed Speed { get; } = new(clock.Read().Speed);

    /// <summary>How long anything may take in real time: half a second, and where the clock is fast no more than a tenth of the window.</summary>
    internal static TimeSpan Patience(TimeSpan window, double speed)
    {
        TimeSpan tenth = window / (10 * speed);
        return tenth < TimeSpan.FromSeconds(0.5) ? tenth : TimeSpan.FromSeconds(0.5);
    }

    /// <summary>How far the clock may run on until it is looked at again.</summary>
    internal static TimeSpan Span(bool isBehind, double speed) => isBehind ? TimeSpan.Zero : Ahead * speed;

    /// <summary>Notes that something of the scenario is due and under way, until what is returned is disposed.</summary>
    public IDisposable Begin() => new Due(_due, real.GetTimestamp());

    /// <summary>Watches until <paramref name="end"/>, then lets the clock run freely.</summary>
    public async Task WatchAsync(CancellationToken end)
    {
        using var poll = new PeriodicTimer(Poll, real);
        try
        {
            do
            {
                Look();
            }
            while (await poll.WaitForNextTickAsync(end));
        }
        catch (OperationCanceledException)
        {
            Note();
        }
        finally
        {
            clock.RunFor(null);
        }
    }

    /// <summary>Looks once: holds the clock, or lets it run on for a little.</summary>
    internal void Look()
    {
        double speed = clock.Read().Speed;
        TimeSpan patience = Patience(window, speed);
        Note();
        clock.RunFor(Span(isBehind(patience) || _due.Values.Any(since => real.GetElapsedTime(since) > patience), speed));
    }

    private void Note() => Speed.Note(real.GetElapsedTime(_began), TimeSpan.FromTicks(clock.GetTimestamp()));

    private sealed class Due : IDisposable
    {
        private readonly ConcurrentDictionary<object, long> _due;

        public Due(ConcurrentDictionary<object, long> due, long since) => (_due = due)[this] = since;

        public void Dispose() => _due.TryRemove(this, out _);
    }
}
