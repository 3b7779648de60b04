using System.Collections.Concurrent;
using LocalAws.Lambda.EventSourceMappings.Shards;

namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>One mapping's life: created, enabled, updated, deleted. Its owner calls it for one thing at a time.</summary>
/// <param name="state">How it begins.</param>
/// <param name="newContext">What its shards share, for given settings.</param>
/// <param name="transition">How long passing states last.</param>
internal sealed class EventSourceMapping(EventSourceMappingState state, Func<EventSourceMapping, EventSourceMappingSettings, MappingContext> newContext, TimeSpan transition)
    : IDisposable
{
    private static readonly TimeSpan StartPause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, string> _checkpoints = new();
    private volatile EventSourceMappingState _state = state;
    private volatile MappingRun? _run;
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public EventSourceMappingState State => _state;

    public IReadOnlyList<ShardStatus> Shards => _run?.Shards ?? [];

    /// <summary>Begins to work by the current settings, after the transition.</summary>
    public void Start() => _running = RunToTheEndAsync(_stop.Token);

    /// <summary>Stops, and starts again with other settings where the mapping left off.</summary>
    public async Task UpdateAsync(EventSourceMappingSettings settings, string functionArn, DateTimeOffset now)
    {
        await StopAsync("Updating");
        Change(s => s with { Settings = settings, FunctionArn = functionArn, LastModified = now });
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        Start();
    }

    /// <summary>Stops for good or for an update.</summary>
    public async Task StopAsync(string stateMeanwhile)
    {
        Change(s => s with { State = stateMeanwhile, StateTransitionReason = "User action" });
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
        MappingContext context = newContext(this, _state.Settings);
        if (transition > TimeSpan.Zero)
        {
            await Task.Delay(transition, context.Clock, cancellationToken);
        }

        if (!context.Settings.Enabled)
        {
            Change(s => s with { State = "Disabled" });
            return;
        }

        var run = new MappingRun(context, _checkpoints, Problem);
        while (!await run.TryStartAsync(cancellationToken))
        {
            await Task.Delay(StartPause, context.Clock, cancellationToken);
        }

        _run = run;
        Change(s => s with { State = "Enabled" });
        await run.RunAsync(cancellationToken);
    }

    private void Change(Func<EventSourceMappingState, EventSourceMappingState> change)
    {
        lock (_lock)
        {
            _state = change(_state);
        }
    }
}
