using Spectre.Console;
using WhatsAppBuffer.Simulator.App.Dashboard;
using WhatsAppBuffer.Simulator.App.Terminal;

namespace WhatsAppBuffer.Simulator.App.Cli;

/// <summary><c>up</c>: runs the whole system until Ctrl+C, its state in a table that is kept up to date.</summary>
internal sealed class UpCommand(TimeProvider clock)
{
    public async Task<int> RunAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using AspireDashboard dashboard = await AspireDashboard.TryStartAsync(options.Dashboard, clock, cancellationToken);
            foreach ((string name, string value) in dashboard.Environment)
            {
                // This process and, by inheritance, every function's process export to it.
                Environment.SetEnvironmentVariable(name, value);
            }

            await using SimulatorHost simulator = await SimulatorHost.StartAsync(options, clock, cancellationToken);
            foreach (string note in simulator.Notes)
            {
                Console.Out.WriteLine(note);
            }

            await new StatusTable(AnsiConsole.Console, simulator, options.Address is null ? dashboard : null, clock).ShowAsync(cancellationToken);
            return 0;
        }
        catch (UserErrorException e)
        {
            await Console.Error.WriteLineAsync($"wab: {e.Message}");
            return 2;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }
}
