using System.Globalization;
using Spectre.Console;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Scenarios;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>From the aggregator's invocation to the agent's transcript, with 250 conversations in one window: first in new chats, then in running ones.</summary>
internal static class Delivery
{
    private const int Customers = 250;
    private const int Rounds = 4;

    /// <param name="only">"jit" or "aot"; null for both.</param>
    public static async Task RunAsync(string? only)
    {
        var table = new Table().Title($"From the batch handed to the aggregator to the agent's transcript, {Customers} conversations in one window, {Rounds} windows")
            .AddColumn("functions").AddColumn("chats").AddColumn("p50").AddColumn("p99").AddColumn("longest wait beyond the window");
        if (only is not "aot")
        {
            await MeasureAsync(table, "JIT", null);
        }

        if (only is not "jit" && BenchCloud.PublishedFunctions is { } published)
        {
            await MeasureAsync(table, "Native AOT", published);
        }

        AnsiConsole.Write(table);
    }

    private static async Task MeasureAsync(Table table, string name, string? functionsFolder)
    {
        const int Window = 5;
        await using SimulatorHost simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Port = 0, BufferSeconds = Window, Speed = 1, FunctionsFolder = functionsFolder }, TimeProvider.System, CancellationToken.None);
        await simulator.WhenReadyAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        var runner = new ScenarioRunner(new ControlClient(http), TimeProvider.System);
        var scenario = new Scenario
        {
            Name = "delivery",
            Description = "delivery",
            Bursts = [new BurstSpec { At = 0.5, Customers = Customers, MessagesPerCustomer = 2, Spread = 2, MinimumGap = 0.5, MaximumGap = 1 }],
        };
        var delays = new Dictionary<string, List<double>> { ["new"] = [], ["running"] = [] };
        var calls = new Dictionary<string, Dictionary<string, long>> { ["new"] = [], ["running"] = [] };
        var waits = new Dictionary<string, double> { ["new"] = 0, ["running"] = 0 };

        // The simulator is what measures: its own code is compiled when the first round is over, which does not count.
        for (int round = 0; round <= Rounds; round++)
        {
            foreach (string chats in delays.Keys)
            {
                ScenarioRun run = await runner.PlayAsync(scenario, CancellationToken.None);
                if (round == 0)
                {
                    continue;
                }

                IReadOnlyList<MessageFate> fates = Account.Of(run).Fates;
                delays[chats].AddRange(fates.Select(fate => (fate.DeliveredAt!.Value - run.Times[fate.Message.Sent.Id].HandedOverAt!.Value).TotalMilliseconds));
                foreach ((string call, long times) in run.Statistics.Calls)
                {
                    calls[chats][call] = calls[chats].GetValueOrDefault(call) + times;
                }

                waits[chats] = Math.Max(waits[chats], fates.Max(fate => fate.Wait!.Value.TotalSeconds) - Window);
            }

            using HttpResponseMessage reset = await http.PostAsync(new Uri("/_wab/reset", UriKind.Relative), null);
            reset.EnsureSuccessStatusCode();
        }

        foreach ((string chats, List<double> measured) in delays)
        {
            IEnumerable<string> ofEach = calls[chats].Where(call => call.Value > 0).OrderByDescending(call => call.Value)
                .Select(call => string.Create(CultureInfo.InvariantCulture, $"{call.Key} {(double)call.Value / (Rounds * Customers):0.00}"));
            AnsiConsole.WriteLine($"{name}, {chats} chats, calls for each conversation (two messages): {string.Join(", ", ofEach)}");
            measured.Sort();
            table.AddRow(
                name, chats, $"{measured[measured.Count / 2]:0} ms", $"{measured[(int)(measured.Count * 0.99)]:0} ms", $"{waits[chats]:0.00} s");
        }
    }
}
