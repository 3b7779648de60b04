using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Cli;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Dashboard;
using WhatsAppBuffer.Simulator.App.Deployment;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

/// <summary>Functions whose processes a developer starts: they attach to a simulator that starts none. The buffer is six real seconds.</summary>
public sealed class AttachTests : IAsyncLifetime
{
    private static readonly FunctionSpec Handler = FunctionSpecs.WhatsAppEventHandler;

    private readonly List<Process> _processes = [];
    private SimulatorHost _simulator = null!;
    private HttpClient _http = null!;

    private ControlClient Control => new(_http);

    public async ValueTask InitializeAsync()
    {
        var options = new SimulatorOptions { Port = 0, BufferSeconds = 60, Speed = 10, Attached = FunctionSpecs.All.Select(function => function.Name).ToHashSet() };
        _simulator = await SimulatorHost.StartAsync(options, TimeProvider.System, CancellationToken.None);
        _http = new HttpClient { BaseAddress = _simulator.Uri };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            process.Dispose();
        }

        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task The_guides_burst_is_one_message_also_when_a_process_is_killed_at_work_and_started_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No process is stopped with a signal on Windows.");
        Assert.Equal(HttpStatusCode.OK, await StatusOf("_wab/health"));
        Assert.All(await Task.WhenAll(FunctionSpecs.All.Select(function => StatusOf($"_wab/functions/{function.Name}/health"))), status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        foreach (FunctionSpec function in FunctionSpecs.All.Where(function => function != Handler))
        {
            await StartAsync(function);
        }

        Process stopped = await StartAsync(Handler);
        Signal("STOP", stopped);

        await SendBurstAsync();
        await RunningSimulator.WhenAsync(() => EventsOf(Handler), events => events.Count == 1 && events[0].UnderWay);
        stopped.Kill();
        await stopped.WaitForExitAsync();
        await StartAsync(Handler);

        ChatView chat = await RunningSimulator.WhenAsync(() => Control.GetChatsAsync(CancellationToken.None), chats => chats.Any(c => Texts(c).Any())) is [var only] ? only : throw new InvalidOperationException("More than one chat.");
        Assert.Equal(["Hello\nI need help\nwith my order\nP12345"], Texts(chat));
        // The queue gave the wake-up a second time: another event, with the same message.
        var events = await RunningSimulator.WhenAsync(() => EventsOf(Handler), events => events.All(e => !e.UnderWay));
        Assert.Equal(2, events.Count);
        Assert.Null(events[0].Error);
        Assert.StartsWith("Runtime.ExitError", events[1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_can_be_sent_again_and_a_message_in_it_is_stored_once()
    {
        await StartAsync(FunctionSpecs.OnRawMessages);
        await Control.SendAsync(new SendMessageRequest { Customer = "Kike", Text = "Hello" }, CancellationToken.None);
        var events = await RunningSimulator.WhenAsync(() => EventsOf(FunctionSpecs.OnRawMessages), events => events.Any(e => !e.UnderWay));

        using HttpResponseMessage response = await _http.PostAsync(new Uri($"_wab/functions/on_raw_messages/events/{events[0].Id}/resend", UriKind.Relative), null);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(answer.TryGetProperty("functionError", out JsonElement error) && error.ValueKind != JsonValueKind.Null);
        Assert.Equal([answer.GetProperty("requestId").GetString(), events[0].Id], (await EventsOf(FunctionSpecs.OnRawMessages)).Select(e => e.Id));
        await RunningSimulator.WhenAsync(() => LogOf(FunctionSpecs.OnRawMessages), log => log.Split('\n').Count(line => line.Contains("REPORT", StringComparison.Ordinal)) == 2);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.PostAsync(new Uri("_wab/functions/on_raw_messages/events/none/resend", UriKind.Relative), null)).StatusCode);
    }

    [Fact]
    public async Task A_plan_that_kills_processes_is_refused_with_the_function_it_cannot_kill()
    {
        using HttpResponseMessage response = await _http.PutAsJsonAsync("_wab/faults", new { rules = new[] { new { service = "lambda", operation = "message_aggregator", effect = "kill" } } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("it would kill message_aggregator, which is attached", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_is_not_there_is_told_with_those_that_are()
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri("_wab/functions/nobody/environment", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        string? error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString();
        Assert.Equal("ResourceNotFoundException: There is no function 'nobody'. Functions: connect_event_handler, message_aggregator, on_raw_messages, send_whatsapp_message, whatsapp_event_handler.", error);
    }

    [Fact]
    public async Task A_name_after_attach_that_no_function_has_is_refused_with_the_names()
    {
        using var simulator = SimulatorProgram.Start("up", "--no-dashboard", "--port", "0", "--attach", "on_raw_messages,nobody");

        Assert.NotEqual(0, await simulator.WhenExitedAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("--attach nobody: there is no such function. Functions: on_raw_messages, message_aggregator, whatsapp_event_handler, connect_event_handler, send_whatsapp_message, or all.", simulator.Output, StringComparison.Ordinal);
    }

    /// <summary>What <c>dotnet run --project Functions/…</c> and an IDE take: a simulator with default settings is what they fit.</summary>
    [Theory]
    [InlineData("OnRawMessages")]
    [InlineData("MessageAggregator")]
    [InlineData("WhatsAppEventHandler")]
    [InlineData("ConnectEventHandler")]
    [InlineData("SendWhatsAppMessage")]
    public async Task The_launch_profile_of_a_function_fits_a_simulator_with_default_settings(string project)
    {
        FunctionSpec function = FunctionSpecs.All.Single(function => function.Project == project);
        Dictionary<string, string> expected = await EnvironmentOf(function);
        string here = _simulator.Uri.Authority;
        string there = $"127.0.0.1:{SimulatorOptions.DefaultPort}";
        foreach ((string name, string value) in expected)
        {
            expected[name] = value.Replace(here, there, StringComparison.Ordinal);
        }

        expected[Variables.LeaseSeconds] = FunctionVariables.LeaseAt(1);
        if (expected.ContainsKey(Variables.ReleasePolicy))
        {
            // As `up` starts.
            expected[Variables.ReleasePolicy] = "quiet";
        }

        expected["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{new DashboardOptions().OtlpPort}";
        expected["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        foreach (string pause in new[] { "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BLRP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL" })
        {
            expected[pause] = "1000";
        }

        string folder = FunctionExecutable.Find(function, functionsFolder: null).WorkingDirectory;
        string file = Path.Combine(folder[..folder.IndexOf($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)], "Properties", "launchSettings.json");
        using JsonDocument settings = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        JsonElement profile = Assert.Single(settings.RootElement.GetProperty("profiles").EnumerateObject()).Value;

        Assert.Equal("Project", profile.GetProperty("commandName").GetString());
        Assert.Equal(
            expected.OrderBy(variable => variable.Key, StringComparer.Ordinal),
            profile.GetProperty("environmentVariables").EnumerateObject().Select(variable => KeyValuePair.Create(variable.Name, variable.Value.GetString()!)).OrderBy(variable => variable.Key, StringComparer.Ordinal));
    }

    private async Task SendBurstAsync()
    {
        using HttpResponseMessage sent = await _http.PostAsync(new Uri("_wab/burst", UriKind.Relative), null);
        sent.EnsureSuccessStatusCode();
    }

    /// <summary>Starts a function's process as a developer would, and waits until its health check says that it works.</summary>
    private async Task<Process> StartAsync(FunctionSpec function)
    {
        FunctionExecutable executable = FunctionExecutable.Find(function, functionsFolder: null);
        var start = new ProcessStartInfo(executable.FileName, executable.Arguments) { WorkingDirectory = executable.WorkingDirectory, RedirectStandardOutput = true };
        foreach ((string name, string value) in await EnvironmentOf(function))
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        _processes.Add(process);
        await RunningSimulator.WhenAsync(() => StatusOf($"_wab/functions/{function.Name}/health"), status => status == HttpStatusCode.OK);
        return process;
    }

    private async Task<Dictionary<string, string>> EnvironmentOf(FunctionSpec function) =>
        (await _http.GetStringAsync(new Uri($"_wab/functions/{function.Name}/environment", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);

    private async Task<HttpStatusCode> StatusOf(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    private Task<string> LogOf(FunctionSpec function) => _http.GetStringAsync(new Uri($"_wab/functions/{function.Name}/log", UriKind.Relative));

    private async Task<IReadOnlyList<FunctionEventView>> EventsOf(FunctionSpec function) =>
        (await _http.GetFromJsonAsync(new Uri($"_wab/functions/{function.Name}/events", UriKind.Relative), ControlJsonContext.Default.IReadOnlyListFunctionEventView))!;

    private static IEnumerable<string> Texts(ChatView chat) => chat.Transcript.Where(item => item is { Role: "CUSTOMER", ContentType: "text/plain" }).Select(item => item.Content);

    private static void Signal(string signal, Process process)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
