using System.Diagnostics;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.ServiceDefaults.Tests.Telemetry;

/// <summary>The environment is the process's: these tests run one after the other.</summary>
[Collection(nameof(FunctionTelemetryTests))]
[CollectionDefinition(nameof(FunctionTelemetryTests), DisableParallelization = true)]
public sealed partial class FunctionTelemetryTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string TraceParent = $"00-{TraceId}-b7ad6b7169203331-01";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Enough for a busy machine: the budget is not what these tests are about.</summary>
    private static readonly TimeSpan LongestFlush = TimeSpan.FromSeconds(30);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Endpoint, null);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
    }

    [Fact]
    public async Task Without_an_endpoint_the_handler_runs_in_the_trace_of_its_message()
    {
        using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);

        string? current = await InvokeAsync(telemetry, () => Task.FromResult(Activity.Current?.Id));

        Assert.StartsWith($"00-{TraceId}-", current, StringComparison.Ordinal);
        Assert.NotEqual(TraceParent, current);
    }

    [Fact]
    public async Task With_an_endpoint_all_three_signals_have_arrived_before_the_answer()
    {
        await using Collector collector = await StartCollectorAsync();
        using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System, LongestFlush);
        ILogger log = telemetry.LoggerFactory.CreateLogger("test");

        await InvokeAsync(telemetry, () =>
        {
            Forwarded(log, "106540352242922#5491155551234");
            return Task.FromResult<string?>(null);
        });

        string traces = collector.Text("traces");
        Assert.All(
            ["message_aggregator", "faas.trigger", "datasource", "faas.invocation_id", "faas.coldstart", "cloud.resource_id", "faas.name"],
            name => Assert.Contains(name, traces, StringComparison.Ordinal));
        Assert.DoesNotContain(":live", traces[traces.IndexOf("cloud.resource_id", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.All(
            ["faas.coldstarts", "faas.invocations", "faas.invoke_duration"],
            name => Assert.Contains(name, collector.Text("metrics"), StringComparison.Ordinal));
        Assert.Contains("Forwarded for ***2922#***1234", collector.Text("logs"), StringComparison.Ordinal);
        Assert.DoesNotContain("5491155551234", collector.Text("logs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invocation_that_is_no_messages_work_is_counted_and_makes_no_span()
    {
        await using Collector collector = await StartCollectorAsync();
        using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System, LongestFlush);

        await telemetry.InvokeAsync(new Invocation { RemainingTime = TimeSpan.FromMinutes(2) }, Conventions.DataSource, null, () => Task.CompletedTask);

        Assert.Empty(collector.Text("traces"));
        Assert.Contains("faas.invocations", collector.Text("metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_reported_by_its_kind_and_goes_on()
    {
        await using Collector collector = await StartCollectorAsync();
        using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System, LongestFlush);

        await Assert.ThrowsAsync<InvalidOperationException>(() => InvokeAsync(telemetry, () => throw new InvalidOperationException("text of the customer")));

        Assert.Contains("error.type", collector.Text("traces"), StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException", collector.Text("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain("text of the customer", collector.Text("traces"), StringComparison.Ordinal);
        Assert.Contains("faas.errors", collector.Text("metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_collector_neither_fails_nor_holds_up_the_invocation()
    {
        Environment.SetEnvironmentVariable(Endpoint, "http://127.0.0.1:9");
        using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);
        long began = Stopwatch.GetTimestamp();

        Assert.Equal("answer", await InvokeAsync(telemetry, () => Task.FromResult<string?>("answer")));

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static async Task<Collector> StartCollectorAsync()
    {
        Collector collector = await Collector.StartAsync();
        Environment.SetEnvironmentVariable(Endpoint, collector.Url);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        return collector;
    }

    private static Task<string?> InvokeAsync(FunctionTelemetry telemetry, Func<Task<string?>> handler) =>
        telemetry.InvokeAsync(new Invocation { RemainingTime = TimeSpan.FromMinutes(2) }, Conventions.DataSource, [TraceParent], handler);

    [LoggerMessage(1, LogLevel.Information, "Forwarded for {Conversation}")]
    private static partial void Forwarded(ILogger log, string conversation);
}
