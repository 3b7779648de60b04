using LocalAws.Faults;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Agents;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.Page.Hosting;

namespace WhatsAppBuffer.Simulator.Page.Scenarios;

/// <summary>The scenarios that were played from the page, one after the other; they go on while nobody looks.</summary>
/// <param name="live">The simulator.</param>
internal sealed class ScenarioRuns(Live live) : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ScenarioState> _states = new(StringComparer.Ordinal);
    private CancellationTokenSource? _cancel;
    private string? _running;
    private long _sentBefore;

    /// <summary>The scenario that is being played; null for none.</summary>
    public string? Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    /// <summary>Where a scenario is.</summary>
    public ScenarioState StateOf(string name)
    {
        lock (_lock)
        {
            ScenarioState state = _states.GetValueOrDefault(name) ?? ScenarioState.NotRun;
            return name == _running && live.Simulation is { } simulation ? state with { Sent = Math.Min(state.Messages, simulation.WhatsApp.Sent - _sentBefore) } : state;
        }
    }

    /// <summary>Begins to play one.</summary>
    /// <exception cref="ArgumentException">Another one is being played, or there is no simulator yet.</exception>
    public void Start(string name)
    {
        Simulation simulation = live.Simulation ?? throw new ArgumentException("The simulator is still being set up. Try again in a moment.");
        Scenario scenario = ScenarioFile.Read(name);
        CancellationToken cancel;
        lock (_lock)
        {
            if (_running is not null)
            {
                throw new ArgumentException($"{_running} is being played. Wait for it, or cancel it.");
            }

            _cancel?.Dispose();
            _cancel = new CancellationTokenSource();
            cancel = _cancel.Token;
            (_running, _sentBefore) = (name, simulation.WhatsApp.Sent);
            _states[name] = new ScenarioState(ScenarioPhase.Running, live.Now, ScenarioScript.Write(scenario).Count);
        }

        _ = PlayAsync(simulation, scenario, cancel);
    }

    /// <summary>Ends what is being played.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _cancel?.Cancel();
        }
    }

    public void Dispose()
    {
        _cancel?.Cancel();
        _cancel?.Dispose();
    }

    /// <summary>What still waits of somebody's words, or of a scenario that was cancelled, would be joined with this one's.</summary>
    private async Task WhenSettledAsync(Simulation simulation, CancellationToken cancellationToken)
    {
        for (long began = live.Real.GetTimestamp(); !simulation.Status().Idle && live.Real.GetElapsedTime(began) < LongestWait;)
        {
            await Task.Delay(Poll, live.Real, cancellationToken);
        }
    }

    private async Task PlayAsync(Simulation simulation, Scenario scenario, CancellationToken cancellationToken)
    {
        string name = ScenarioFile.Names.First(known => ScenarioFile.Read(known).Name == scenario.Name);
        ScenarioState end = StateOf(name);
        try
        {
            await WhenSettledAsync(simulation, cancellationToken);
            ScenarioOutcome outcome = await simulation.Scenarios.PlayAsync(name, cancellationToken);
            end = end with { Phase = outcome.Holds ? ScenarioPhase.Held : ScenarioPhase.Failed, Verdicts = [.. outcome.Verdicts.Select(verdict => (verdict.Holds, verdict.What))] };
        }
        catch (OperationCanceledException)
        {
            // What it has set for its own time ends with it; what it has sent goes its way.
            simulation.SetFaults(scenario.Faults is null ? simulation.Faults().Plan : FaultPlan.None);
            simulation.Agents.Follow(AnswerPlan.Nobody);
            end = end with { Phase = ScenarioPhase.Cancelled };
        }
        catch (Exception e)
        {
            end = end with { Phase = ScenarioPhase.NotPlayed, Verdicts = [(false, e.Message)] };
        }

        lock (_lock)
        {
            _states[name] = end with { EndedAt = live.Now };
            _running = null;
        }

        live.Touch();
    }
}

/// <summary>How far a scenario is.</summary>
/// <param name="Phase">In a word.</param>
/// <param name="At">When it began.</param>
/// <param name="Messages">How many messages it sends.</param>
public sealed record ScenarioState(ScenarioPhase Phase, DateTimeOffset At, long Messages)
{
    /// <summary>One that nobody played.</summary>
    public static ScenarioState NotRun { get; } = new(ScenarioPhase.NotRun, default, 0);

    /// <summary>How many are sent.</summary>
    public long Sent { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What was expected, and whether it held.</summary>
    public IReadOnlyList<(bool Holds, string What)> Verdicts { get; init; } = [];

    /// <summary>In words, for the list.</summary>
    public string InWords => Phase switch
    {
        ScenarioPhase.Running => Messages == 0 ? "running" : $"{100 * Sent / Messages} %",
        ScenarioPhase.Held => "held",
        ScenarioPhase.Failed => $"{Verdicts.Count(verdict => !verdict.Holds)} of {Verdicts.Count} failed",
        ScenarioPhase.Cancelled => "cancelled",
        ScenarioPhase.NotPlayed => "could not be played",
        _ => "not run yet",
    };
}

/// <summary>What a scenario is doing.</summary>
public enum ScenarioPhase
{
    /// <summary>Nobody played it.</summary>
    NotRun,

    /// <summary>It is being played.</summary>
    Running,

    /// <summary>Everything expected held.</summary>
    Held,

    /// <summary>Something did not.</summary>
    Failed,

    /// <summary>Somebody ended it.</summary>
    Cancelled,

    /// <summary>It could not be played.</summary>
    NotPlayed,
}
