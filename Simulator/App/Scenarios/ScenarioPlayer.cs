using WhatsAppBuffer.Simulator.App.Control;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>Plays the scenarios that come with the simulator against the running simulator itself, for the control API.</summary>
/// <param name="simulator">The simulator's endpoint.</param>
/// <param name="clock">Real time.</param>
internal sealed class ScenarioPlayer(Uri simulator, TimeProvider clock)
{
    /// <exception cref="ScenarioException">No such scenario comes with the simulator, or it cannot be played.</exception>
    public async Task<ScenarioOutcome> PlayAsync(string name, CancellationToken cancellationToken)
    {
        // Over HTTP only by name: a path would let a caller read files.
        if (!ScenarioFile.Names.Contains(name))
        {
            throw ScenarioFile.Unknown("scenario", name);
        }

        using var http = new HttpClient { BaseAddress = simulator };
        ScenarioRun run = await new ScenarioRunner(new ControlClient(http), clock).PlayAsync(ScenarioFile.Read(name), cancellationToken);
        IReadOnlyList<Verdict> verdicts = Judgement.Of(run);
        return new ScenarioOutcome(name, verdicts.All(verdict => verdict.Holds), verdicts);
    }
}
