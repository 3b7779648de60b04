using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Benchmarks;

/// <summary>
/// How many messages a second go from SNS to the agents' transcripts, how long they take once their window is handed over, what waiting ones
/// cost in memory, and how all this grows with their number.
/// </summary>
internal static class Throughput
{
    private const int Customers = 250;
    private static readonly int[] BufferSeconds = [1, BufferSettings.DefaultSeconds];
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <param name="most">Messages in the largest run; null for 100,000.</param>
    public static async Task RunAsync(string? most)
    {
        int limit = most is null ? 100_000 : int.Parse(most, CultureInfo.InvariantCulture);
        int[] sizes = [.. new[] { 1_000, 10_000, 100_000 }.Where(messages => messages <= limit)];
        Table speed = new Table().Title($"From SNS to the agents' transcripts, {Customers} customers, {(BenchCloud.PublishedFunctions is null ? "JIT" : "Native AOT")}")
            .AddColumn("buffer").AddColumn("messages").AddColumn("messages/s").AddColumn("p50 after the window").AddColumn("p99 after the window");
        foreach (int buffer in BufferSeconds)
        {
            foreach (int messages in sizes)
            {
                (double rate, double[] delays) = await DeliverAsync(messages, buffer);
                speed.AddRow($"{buffer} s", $"{messages:N0}", $"{rate:N0}", $"{delays[delays.Length / 2]:N0} ms", $"{delays[(int)(delays.Length * 0.99)]:N0} ms");
            }
        }

        Table memory = new Table().Title("What the simulator holds for messages that wait").AddColumn("messages").AddColumn("memory per 10,000");
        foreach (int messages in sizes)
        {
            memory.AddRow($"{messages:N0}", $"{await WaitAsync(messages) / messages * 10_000:N0} MB");
        }

        AnsiConsole.Write(speed);
        AnsiConsole.WriteLine("All messages are published at once, into running chats. The time when all are stored and only wait for the end of the buffer is not counted.");
        AnsiConsole.Write(memory);
    }

    private static async Task<(double Rate, double[] Delays)> DeliverAsync(int messages, int bufferSeconds)
    {
        await using SimulatorHost simulator = await StartAsync(bufferSeconds);

        // Afterwards the chats are open, the processes warm, and the simulator's own code is compiled.
        Send(simulator, "warm-up", 8 * Customers);
        await ArriveAsync(simulator, "warm-up", 8 * Customers);

        DateTimeOffset start = simulator.Simulation.Clock.GetUtcNow();
        Send(simulator, "measured", messages);
        Dictionary<string, DateTimeOffset> arrivals = await ArriveAsync(simulator, "measured", messages);
        MessageTimes[] known = [.. simulator.Simulation.Times.Where(times => arrivals.ContainsKey(times.Id) && times.HandedOverAt is not null)];
        double[] delays = [.. known.Select(times => (arrivals[times.Id] - times.HandedOverAt!.Value).TotalMilliseconds).Order()];
        double onlyWaiting = Math.Max(0, (known.Max(times => times.HandedOverAt!.Value) - known.Max(times => times.StoredAt!.Value)).TotalSeconds);
        return (messages / ((arrivals.Values.Max() - start).TotalSeconds - onlyWaiting), delays);
    }

    /// <returns>Megabytes that the simulator holds for messages in the table and its stream, with the mapping switched off: a batch in the making holds 1,000 at the most.</returns>
    private static async Task<double> WaitAsync(int messages)
    {
        await using SimulatorHost simulator = await StartAsync(BufferSettings.DefaultSeconds);
        await SwitchOffAsync(simulator.Uri);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Send(simulator, "waiting", messages);
        await UntilAsync(() => simulator.Simulation.Statistics().Calls.GetValueOrDefault("dynamodb.PutItem") >= messages);
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
    }

    /// <summary>UpdateEventSourceMapping.</summary>
    private static async Task SwitchOffAsync(Uri cloud)
    {
        using var http = new HttpClient { BaseAddress = cloud };
        using JsonDocument list = JsonDocument.Parse(await http.GetStringAsync(new Uri("2015-03-31/event-source-mappings", UriKind.Relative)));
        string? id = list.RootElement.GetProperty("EventSourceMappings")[0].GetProperty("UUID").GetString();
        using var off = new StringContent("""{"Enabled":false}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PutAsync(new Uri($"2015-03-31/event-source-mappings/{id}", UriKind.Relative), off);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<SimulatorHost> StartAsync(int bufferSeconds)
    {
        SimulatorHost simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { Port = 0, BufferSeconds = bufferSeconds, FunctionsFolder = BenchCloud.PublishedFunctions }, TimeProvider.System, CancellationToken.None);
        await simulator.WhenReadyAsync(CancellationToken.None);
        return simulator;
    }

    /// <summary>A message's text is its id.</summary>
    private static void Send(SimulatorHost simulator, string run, int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            simulator.Simulation.WhatsApp.Send(new SendMessageRequest { Customer = $"Customer {i % Customers}", Id = $"{run}-{i}", Text = $"{run}-{i}" });
        }
    }

    /// <returns>When each message came into a transcript, by id.</returns>
    private static async Task<Dictionary<string, DateTimeOffset>> ArriveAsync(SimulatorHost simulator, string run, int messages)
    {
        await UntilAsync(() => simulator.Simulation.Status().Idle);
        var arrivals = new Dictionary<string, DateTimeOffset>();
        foreach (ChatItem item in simulator.Simulation.Chats().SelectMany(chat => chat.Transcript))
        {
            foreach (string text in item.Content.Split('\n').Where(text => text.StartsWith(run, StringComparison.Ordinal)))
            {
                arrivals.Add(text, item.At);
            }
        }

        return arrivals.Count == messages ? arrivals : throw new InvalidOperationException($"{messages} messages were sent, {arrivals.Count} arrived.");
    }

    /// <summary>A quiet moment between two stages is told from the end by its length.</summary>
    private static async Task UntilAsync(Func<bool> condition)
    {
        for (int holds = 0; holds < 10; holds = condition() ? holds + 1 : 0)
        {
            await Task.Delay(Poll, TimeProvider.System);
        }
    }
}
