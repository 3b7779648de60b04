using Spectre.Console;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;
using WhatsAppBuffer.Simulator.App.Terminal;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Cli;

/// <summary><c>scenario</c>: plays a scenario on the simulator that is up, or on one of its own.</summary>
internal sealed class ScenarioCommand(TimeProvider clock)
{
    private const int Held = 0;
    private const int DidNotHold = 1;
    private const int CouldNotPlay = 2;

    /// <summary>The clock waits while a process starts: how long that takes on a busy machine is no part of the scenario.</summary>
    private static readonly TimeSpan InitLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(0.05);

    public async Task<int> RunAsync(string? name, ReleaseChoice? release, int? window, double? speed, QuotaSet? quotas, Wiring? wiring, string? functionsFolder, bool rights, CancellationToken cancellationToken)
    {
        IAnsiConsole console = AnsiConsole.Console;
        try
        {
            if (name is null)
            {
                List(console);
                return Held;
            }

            Scenario scenario = ScenarioFile.Read(name);
            scenario = scenario with { Release = release ?? scenario.Release, Window = window ?? scenario.Window, Speed = speed ?? scenario.Speed, Quotas = quotas ?? scenario.Quotas };
            console.MarkupLineInterpolated($"[bold]{scenario.Name}[/]: {scenario.Description}");
            bool ownSettings = release is not null || window is not null || speed is not null || wiring is not null || functionsFolder is not null || rights;
            Uri? running = ownSettings ? null : await FindRunningAsync(scenario, console, cancellationToken);
            return running is null
                ? await PlayOnItsOwnAsync(scenario, wiring ?? Wiring.Queues, functionsFolder, rights, console, cancellationToken)
                : await PlayOnRunningAsync(running, scenario, console, cancellationToken);
        }
        catch (Exception e) when (e is ScenarioException or UserErrorException or ControlException)
        {
            await Console.Error.WriteLineAsync($"wab: {e.Message}");
            return CouldNotPlay;
        }
    }

    private static void List(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).AddColumn("scenario").AddColumn("what it shows");
        foreach (Scenario scenario in ScenarioFile.Names.Select(ScenarioFile.Read))
        {
            table.AddRow(Markup.Escape(scenario.Name), Markup.Escape(scenario.Description));
        }

        console.Write(table);
    }

    private async Task<int> PlayOnItsOwnAsync(Scenario scenario, Wiring wiring, string? functionsFolder, bool rights, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var options = new SimulatorOptions
        {
            Port = 0,
            BufferSeconds = scenario.Window,
            Speed = scenario.Speed,
            Quotas = scenario.Quotas,
            Wiring = wiring,
            Release = scenario.Release,
            FunctionsFolder = functionsFolder,
            InitLimit = InitLimit,
            Rights = rights,
        };
        console.MarkupLineInterpolated($"[grey]Starting a simulator of its own: {(scenario.Release is ReleaseChoice.Quiet ? "what ends a burst is the customer" : $"a window of {scenario.Window} s")}, at {scenario.Speed:0.##} times the speed of life.[/]");
        await using SimulatorHost simulator = await SimulatorHost.StartAsync(options, clock, cancellationToken);
        await simulator.WhenReadyAsync(cancellationToken);
        var machine = new SlowMachine(simulator.Simulation.Clock, simulator.Simulation.IsBehind, TimeSpan.FromSeconds(scenario.Window), clock);
        using var end = new CancellationTokenSource();
        Task watching = machine.WatchAsync(end.Token);
        ScenarioRun run;
        try
        {
            run = await PlayAsync(simulator.Uri, scenario, machine, cancellationToken);
        }
        finally
        {
            await end.CancelAsync();
            await watching;
        }

        int exitCode = Print(run, console);
        foreach (string right in run.Statistics.Rights)
        {
            // Not by the console, which breaks lines: these are for programs too.
            await Console.Out.WriteLineAsync($"right: {right}");
        }

        if (machine.Speed.Lost >= WorthTelling)
        {
            console.MarkupLineInterpolated($"[grey]This machine cannot keep up with speed {scenario.Speed:0.##}: the clock waited {machine.Speed.Lost.TotalSeconds:0.0} s for it and ran at {machine.Speed.Slowest:0.##} at its slowest, so that no message came later for it.[/]");
        }

        return exitCode;
    }

    /// <summary>There the clock is the user's, and waits for nobody: a slow machine can only be told of.</summary>
    private async Task<int> PlayOnRunningAsync(Uri simulator, Scenario scenario, IAnsiConsole console, CancellationToken cancellationToken)
    {
        ScenarioRun run = await PlayAsync(simulator, scenario, machine: null, cancellationToken);
        int exitCode = Print(run, console);
        if (scenario.Faults is null && run.SlowestStore is { } slowest && slowest > SlowMachine.Patience(TimeSpan.MaxValue, run.Speed) * run.Speed)
        {
            console.MarkupLineInterpolated($"[grey]It took up to {slowest.TotalSeconds:0.0} s of the simulator's clock until a message was stored: this machine is slow for speed {run.Speed:0.##}. The clock of a simulator that is up does not wait for it; that of a scenario's own does: add --speed {run.Speed:0.##} to play it there.[/]");
        }

        return exitCode;
    }

    private async Task<ScenarioRun> PlayAsync(Uri simulator, Scenario scenario, SlowMachine? machine, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = simulator };
        return await new ScenarioRunner(new ControlClient(http), clock, machine).PlayAsync(scenario, cancellationToken);
    }

    private static int Print(ScenarioRun run, IAnsiConsole console)
    {
        Account account = Account.Of(run);
        IReadOnlyList<Verdict> verdicts = Judgement.Of(run);
        new ScenarioReport(console).Print(run, account, verdicts);
        return verdicts.All(verdict => verdict.Holds) ? Held : DidNotHold;
    }

    private static async Task<Uri?> FindRunningAsync(Scenario scenario, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var uri = new Uri($"http://127.0.0.1:{SimulatorOptions.DefaultPort}/");
        using var http = new HttpClient { BaseAddress = uri, Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            StatusView status = await new ControlClient(http).GetStatusAsync(cancellationToken);
            if (!string.Equals(status.Quotas, scenario.Quotas.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            if (!string.Equals(status.Release, scenario.Release.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                console.MarkupLineInterpolated($"[grey]The simulator that is up has the release policy {status.Release}, and this scenario is of {scenario.Release.ToString().ToLowerInvariant()}.[/]");
                return null;
            }

            console.MarkupLineInterpolated($"[grey]Using the simulator that is up at {uri}: {(status.Release == "quiet" ? "what ends a burst is the customer" : $"a window of {status.BufferSeconds} s")}, at {status.Speed:0.##} times the speed of life.[/]");
            return uri;
        }
        catch (Exception e) when (e is HttpRequestException or ControlException or System.Text.Json.JsonException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
