using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>
/// The memory of the function that attaches customers' files while many large ones pass it: it must not grow with their number or size. What is measured is what the kernel counts as the largest
/// that was ever resident, of the sandbox that needed most.
/// </summary>
internal static class Files
{
    private const int Megabyte = 1024 * 1024;
    private const int Customers = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public static async Task RunAsync()
    {
        var table = new Table().Title("Files through whatsapp_event_handler").AddColumn("files").AddColumn("size").AddColumn("peak memory of a sandbox").AddColumn("time");
        foreach ((int files, int bytes) in new[] { (20, 1_000), (20, 16 * Megabyte), (100, 16 * Megabyte) })
        {
            (double peak, TimeSpan time) = await MeasureAsync(files, bytes);
            table.AddRow($"{files}", bytes < Megabyte ? $"{bytes / 1_000} KB" : $"{bytes / Megabyte} MB", $"{peak:0} MB", $"{time.TotalSeconds:0} s");
        }

        AnsiConsole.Write(table);
    }

    private static async Task<(double Peak, TimeSpan Time)> MeasureAsync(int files, int bytes)
    {
        await using SimulatorHost simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Port = 0, BufferSeconds = 1, Speed = 1, FunctionsFolder = BenchCloud.PublishedFunctions }, TimeProvider.System, CancellationToken.None);
        await simulator.WhenReadyAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        var control = new ControlClient(http);
        var file = new SampleFile("application/pdf", new byte[bytes]);
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < files; i++)
        {
            var content = new JsonObject { ["id"] = simulator.Simulation.WhatsApp.Keep(BusinessNumber.Default, file), ["mime_type"] = file.MimeType, ["filename"] = $"{i}.pdf" };
            await control.SendAsync(new SendMessageRequest { Customer = $"Customer {i % Customers}", Type = "document", Content = content }, CancellationToken.None);
        }

        double peak = 0;
        while (await ArrivedAsync(control) < files)
        {
            peak = Math.Max(peak, PeakOf(FunctionSpecs.WhatsAppEventHandler.Project));
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"Of {files} files only {await ArrivedAsync(control)} are in the chats after {Patience}.");
            }

            await Task.Delay(Poll, TimeProvider.System);
        }

        return (Math.Max(peak, PeakOf(FunctionSpecs.WhatsAppEventHandler.Project)), Stopwatch.GetElapsedTime(began));
    }

    private static async Task<int> ArrivedAsync(ControlClient control) =>
        (await control.GetChatsAsync(CancellationToken.None)).Sum(chat => chat.Transcript.Count(item => item.File is not null));

    /// <summary>In MB: <c>VmHWM</c> of <c>/proc/{pid}/status</c>, of this program's own processes.</summary>
    private static double PeakOf(string program) => Process.GetProcessesByName(program)
        .Select(process => $"/proc/{process.Id}/status")
        .Where(File.Exists)
        .Select(status => File.ReadAllLines(status).Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1].Trim()))
        .Where(status => status["PPid"] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
        .Select(status => double.Parse(status["VmHWM"].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1_024)
        .DefaultIfEmpty()
        .Max();
}
