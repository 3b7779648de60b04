using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using WhatsAppBuffer.Simulator.App.Control;

namespace EndToEnd.Tests;

public class UpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static async Task<Uri> EndpointOf(SimulatorProgram simulator)
    {
        IReadOnlyList<string> lines = await RunningSimulator.WhenAsync(
            () => Task.FromResult(simulator.Lines),
            lines => new[] { "on_raw_messages", "message_aggregator", "whatsapp_event_handler", "connect_event_handler" }.All(f => lines.Any(l => l.StartsWith($"{f}: ready", StringComparison.Ordinal))));
        string endpoint = lines.First(line => line.StartsWith("local cloud: ready", StringComparison.Ordinal));
        return new Uri(endpoint.Split('(', ')')[1]);
    }

    /// <summary>On Linux the simulator's own; elsewhere those of any simulator on this machine.</summary>
    private static List<Process> FunctionProcesses(SimulatorProgram simulator) =>
    [
        .. Process.GetProcesses().Where(process => new[] { "OnRawMessages", "MessageAggrega", "WhatsAppEventH", "ConnectEventHa" }.Any(name => process.ProcessName.StartsWith(name, StringComparison.Ordinal)))
            .Where(process => !OperatingSystem.IsLinux() || ParentOf(process.Id) == simulator.Id),
    ];

    private static int ParentOf(int id)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [Fact]
    public async Task Ctrl_C_stops_everything_and_leaves_no_process_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to a single process of a console on Windows.");
        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", "0");
        await EndpointOf(simulator);
        List<Process> functions = FunctionProcesses(simulator);
        Assert.InRange(functions.Count, 4, int.MaxValue);

        simulator.Interrupt();

        Assert.Equal(0, await simulator.WhenExitedAsync(Patience));
        await RunningSimulator.WhenAsync(() => Task.FromResult(functions.Where(p => !p.HasExited).Select(p => p.Id).ToList()), left => left.Count == 0);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_sentence_with_what_to_do_and_nothing_else()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", $"{port}");

        Assert.Equal(2, await simulator.WhenExitedAsync(Patience));

        string said = string.Join(' ', simulator.Lines.Select(line => line.Trim()).Where(line => line.Length > 0));
        Assert.Contains($"Port {port} of 127.0.0.1 is in use", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", simulator.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", simulator.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_process_that_dies_is_replaced_and_shown_as_restarted()
    {
        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", "0", "--window", "1");
        using var http = new HttpClient { BaseAddress = await EndpointOf(simulator) };
        var control = new ControlClient(http);
        FunctionProcesses(simulator).First(p => p.ProcessName.StartsWith("MessageAggrega", StringComparison.Ordinal)).Kill();

        await control.SendAsync(new SendMessageRequest { Customer = "Kike", Text = "still there?" }, CancellationToken.None);

        await RunningSimulator.WhenAsync(() => control.GetChatsAsync(CancellationToken.None), chats => chats.Any(c => c.Transcript.Any(i => i.Content == "still there?")));
        StatusView status = await control.GetStatusAsync(CancellationToken.None);
        Assert.Contains(status.Parts, part => part.Name == "message_aggregator" && part.Detail.Contains("restarted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reset_forgets_what_was_and_the_next_message_starts_anew()
    {
        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", "0", "--window", "1");
        using var http = new HttpClient { BaseAddress = await EndpointOf(simulator) };
        var control = new ControlClient(http);
        await control.SendAsync(new SendMessageRequest { Customer = "Kike", Text = "before" }, CancellationToken.None);
        await RunningSimulator.WhenAsync(() => control.GetChatsAsync(CancellationToken.None), chats => chats.Any(c => c.Transcript.Any(i => i.Content == "before")));
        await RunningSimulator.WhenAsync(() => control.GetStatusAsync(CancellationToken.None), status => status.Idle);

        (await http.PostAsync(new Uri("_wab/reset", UriKind.Relative), null)).EnsureSuccessStatusCode();

        Assert.Empty(await control.GetChatsAsync(CancellationToken.None));
        Assert.Equal(0, (await control.GetStatisticsAsync(CancellationToken.None)).WhatsAppMessagesIn);
        await control.SendAsync(new SendMessageRequest { Customer = "Kike", Text = "after" }, CancellationToken.None);
        var chats = await RunningSimulator.WhenAsync(() => control.GetChatsAsync(CancellationToken.None), chats => chats.Any(c => c.Transcript.Any(i => i.Content == "after")));
        Assert.DoesNotContain(chats.SelectMany(c => c.Transcript), item => item.Content == "before");
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_remedy()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", $"{port}");

        Assert.Equal(2, await simulator.WhenExitedAsync(Patience));
        Assert.Contains($"Port {port}", simulator.Output, StringComparison.Ordinal);
        Assert.Contains("--port", simulator.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_that_were_never_built_are_named_with_the_remedy()
    {
        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", "0", "--functions", Directory.CreateTempSubdirectory().FullName);

        Assert.Equal(2, await simulator.WhenExitedAsync(Patience));
        Assert.Contains("on_raw_messages", simulator.Output, StringComparison.Ordinal);
        Assert.Contains("publish", simulator.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_that_run_elsewhere_are_shown_with_where_and_under_which_name()
    {
        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", "0", "--lambda-endpoint", "http://127.0.0.1:5050");

        await RunningSimulator.WhenAsync(
            () => Task.FromResult(simulator.Lines), lines => lines.Contains("on_raw_messages: elsewhere (at http://127.0.0.1:5050/, as on-raw-messages)"));

        simulator.Interrupt();
        await simulator.WhenExitedAsync(Patience);
    }

    [Fact]
    public async Task A_function_that_dies_at_start_is_shown_as_failed_with_its_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The broken functions are shell scripts.");
        string folder = Directory.CreateTempSubdirectory().FullName;
        foreach (string function in new[] { "OnRawMessages", "MessageAggregator", "WhatsAppEventHandler", "ConnectEventHandler", "SendWhatsAppMessage" })
        {
            string file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, function)).FullName, function);
            await File.WriteAllTextAsync(file, "#!/bin/sh\necho broken on purpose >&2\nexit 3\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", "0", "--functions", folder);

        await RunningSimulator.WhenAsync(() => Task.FromResult(simulator.Output), output => output.Contains("on_raw_messages: failed", StringComparison.Ordinal));
        simulator.Interrupt();
        await simulator.WhenExitedAsync(Patience);
    }
}
