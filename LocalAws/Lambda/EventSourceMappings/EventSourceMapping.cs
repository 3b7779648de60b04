namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>One mapping's life: created, enabled, updated, deleted. Its owner calls it for one thing at a time.</summary>
/// <param name="state">How it begins.</param>
/// <param name="clock">The cloud's clock.</param>
/// <param name="newRun">Makes what works by the current settings.</param>
/// <param name="transition">How long passing states last.</param>
internal sealed class EventSourceMapping(EventSourceMappingState state, TimeProvider clock, Func<EventSourceMapping, IMappingRun> newRun, TimeSpan transition) : IDisposable
{
    private static readonly TimeSpan StartPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private volatile EventSourceMappingState _state = state;
    private volatile IMappingRun? _run;
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public EventSourceMappingState State => _state;

    /// <summary>What works now, or worked last; null before it first did.</summary>
    public IMappingRun? Run => _run;

    /// <summary>Whether nothing waits for it or is being worked on. What waits for a disabled mapping may wait for ever, and does not count.</summary>
    public bool IsIdle => _state.State == "Disabled" || _run?.IsIdle != false;

    /// <summary>Begins to work by the current settings, after the transition.</summary>
    public void Start() => _running = RunToTheEndAsync(_stop.Token);

    /// <summary>Stops, and starts again with other settings where the mapping left off.</summary>
    /// <returns>The mapping as an update is answered: in the state on the way to the new one.</returns>
    public async Task<EventSourceMappingState> UpdateAsync(EventSourceMappingSettings settings, string functionArn, DateTimeOffset now)
    {
        string meanwhile = (_state.Settings.Enabled, settings.Enabled) switch
        {
            (false, true) => "Enabling",
            (true, false) => "Disabling",
            _ => "Updating",
        };
        await StopAsync(meanwhile);
        EventSourceMappingState updating = Change(s => s with { Settings = settings, FunctionArn = functionArn, LastModified = now });
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        Start();
        return updating;
    }

    /// <summary>Stops for good or for an update.</summary>
    public async Task StopAsync(string stateMeanwhile)
    {
        Change(s => s with { State = stateMeanwhile, StateTransitionReason = s.Settings.UserAction });
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Notes what came of a call.</summary>
    public void Processed(string? error) => Change(s => s with { LastProcessingResult = error is null ? "OK" : "PROBLEM: Function call failed" });

    /// <summary>Notes that something else went wrong.</summary>
    public void Problem(string what) => Change(s => s with { LastProcessingResult = $"PROBLEM: {what}" });

    public void Dispose() => _stop.Dispose();

    /// <summary>Nothing should break a mapping; if it does, nobody would know why nothing is read.</summary>
    private async Task RunToTheEndAsync(CancellationToken cancellationToken)
    {
        Change(s => s with { Fault = null });
        try
        {
            await RunAsync(cancellationToken);
        }
#pragma warning disable CA1031 // Whatever it is, whoever asks for the mapping is told.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            string fault = $"It no longer works, which is a fault of the local cloud: {e.GetType().Name}: {e.Message}";
            Change(s => s with { Fault = fault, LastProcessingResult = $"PROBLEM: {fault}" });
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        if (transition > TimeSpan.Zero)
        {
            await Task.Delay(transition, clock, cancellationToken);
        }

        if (!_state.Settings.Enabled)
        {
            Change(s => s with { State = "Disabled" });
            return;
        }

        IMappingRun run = newRun(this);
        while (!await run.TryStartAsync(cancellationToken))
        {
            await Task.Delay(StartPause, clock, cancellationToken);
        }

        _run = run;
        Change(s => s with { State = "Enabled" });
        await run.RunAsync(cancellationToken);
    }

    private EventSourceMappingState Change(Func<EventSourceMappingState, EventSourceMappingState> change)
    {
        lock (_lock)
        {
            return _state = change(_state);
        }
    }
}
