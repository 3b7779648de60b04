using Spectre.Console;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Dashboard;

namespace WhatsAppBuffer.Simulator.App.Terminal;

/// <summary>The state of each part: a live table on a terminal, a line for each change elsewhere (a log file, a build server).</summary>
/// <param name="console">The terminal.</param>
/// <param name="simulator">Whose parts.</param>
/// <param name="dashboard">The dashboard beside it; null where an orchestrator has its own.</param>
/// <param name="clock">Real time.</param>
internal sealed class StatusTable(IAnsiConsole console, SimulatorHost simulator, AspireDashboard? dashboard, TimeProvider clock)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    public Task ShowAsync(CancellationToken cancellationToken) =>
        console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal ? ShowLiveAsync(cancellationToken) : ShowLinesAsync(cancellationToken);

    private async Task ShowLiveAsync(CancellationToken cancellationToken) => await console.Live(Draw()).AutoClear(false).StartAsync(async live =>
    {
        using var timer = new PeriodicTimer(Refresh, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            live.UpdateTarget(Draw());
        }
    });

    private async Task ShowLinesAsync(CancellationToken cancellationToken)
    {
        var shown = new Dictionary<string, PartStatus>();
        using var timer = new PeriodicTimer(Refresh, clock);
        do
        {
            foreach (PartStatus part in Parts(simulator.Simulation.Status()).Where(part => shown.GetValueOrDefault(part.Name) != part))
            {
                shown[part.Name] = part;
                Console.Out.WriteLine($"{part.Name}: {part.State}{(part.Detail.Length == 0 ? "" : $" ({part.Detail})")}");
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private IEnumerable<PartStatus> Parts(StatusView status)
    {
        if (dashboard is null)
        {
            return status.Parts;
        }

        string state = !dashboard.Settled.IsCompleted ? PartState.Starting : dashboard.Url is null ? PartState.Off : PartState.Ready;
        return status.Parts.Append(new PartStatus("Aspire dashboard", state, dashboard.Status));
    }

    private Table Draw()
    {
        StatusView status = simulator.Simulation.Status();
        var table = new Table().Border(TableBorder.Rounded)
            .Title($"WhatsAppBuffer [grey]{(status.Release == "quiet" ? "a burst ends when the customer is quiet" : $"a burst ends with the clock, every {status.BufferSeconds} s")}; speed {status.Speed:0.###}{(status.Frozen ? ", frozen" : "")}; Ctrl+C stops everything[/]")
            .AddColumn("part").AddColumn("state").AddColumn("detail");
        foreach (PartStatus part in Parts(status))
        {
            table.AddRow(Markup.Escape(part.Name), Colour(part.State), Markup.Escape(part.Detail));
        }

        return table;
    }

    private static string Colour(string state) => state switch
    {
        PartState.Ready => $"[green]{state}[/]",
        PartState.Off or PartState.Elsewhere => $"[grey]{state}[/]",
        PartState.Failed => $"[red]{state}[/]",
        _ => $"[yellow]{state}[/]",
    };
}
