using WhatsAppBuffer.Simulator.App.Control;
using LocalAws.Clock;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>Seconds of a scenario on the simulator's clock.</summary>
internal sealed class Pace : IDisposable
{
    private readonly TimeProvider _simulators;
    private readonly CloudClock? _own;
    private readonly SlowMachine? _machine;
    private readonly long _started;

    private Pace(SlowMachine? machine, TimeProvider real, StatusView status)
    {
        _machine = machine;
        _own = machine is null ? new CloudClock(status.Speed, real) : null;
        _simulators = machine?.Clock ?? _own!;
        _started = _simulators.GetTimestamp();
        (Speed, Start, StartSeconds) = (status.Speed, status.Now, status.Now.ToUnixTimeSeconds());
        Patience = TimeSpan.FromSeconds(((300 + (2 * status.BufferSeconds)) / status.Speed) + 60);
    }

    /// <summary>Of the simulator when the scenario began.</summary>
    public double Speed { get; }

    public DateTimeOffset Start { get; }

    /// <summary>The scenario's second 0 in epoch seconds, for WhatsApp's timestamps.</summary>
    public long StartSeconds { get; }

    /// <summary>
    /// How long nothing may happen while something is on its way, in real time: Lambda's longest retry (5 minutes), two buffers, and time
    /// for the functions, which run unscaled.
    /// </summary>
    public TimeSpan Patience { get; }

    /// <exception cref="ScenarioException">The simulator's clock is frozen.</exception>
    public static async Task<Pace> StartAsync(ControlClient simulator, Scenario scenario, SlowMachine? machine, TimeProvider real, CancellationToken cancellationToken)
    {
        StatusView status = await simulator.GetStatusAsync(cancellationToken);
        if (status.Frozen)
        {
            throw new ScenarioException("The simulator's clock is frozen, so that no scenario would end. Let it go on first: on its page, or POST /_wab/clock/go-on.");
        }

        if (scenario.Start == ScenarioStart.Window)
        {
            double intoWindow = (status.Now - DateTimeOffset.UnixEpoch).TotalSeconds % status.BufferSeconds;
            var left = TimeSpan.FromSeconds(status.BufferSeconds - intoWindow);
            if (machine is null)
            {
                await Task.Delay(left / status.Speed, real, cancellationToken);
            }
            else
            {
                machine.Clock.Step(left);
            }

            status = await simulator.GetStatusAsync(cancellationToken);
        }

        return new Pace(machine, real, status);
    }

    /// <summary>Does something at its second. A machine that is slow with it is late.</summary>
    public async Task<T> DoAtAsync<T>(double second, Func<Task<T>> action, CancellationToken cancellationToken)
    {
        TimeSpan left = TimeSpan.FromSeconds(second) - _simulators.GetElapsedTime(_started);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, _simulators, cancellationToken);
        }

        using IDisposable? due = _machine?.Begin();
        return await action();
    }

    public void Dispose() => _own?.Dispose();
}
