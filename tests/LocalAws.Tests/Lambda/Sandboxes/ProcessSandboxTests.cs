using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using LocalAws.Tests.Lambda.Runtimes;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;

namespace LocalAws.Tests.Lambda.Sandboxes;

/// <summary>Real processes that speak the Runtime API, one per sandbox.</summary>
public sealed class ProcessSandboxTests : IAsyncDisposable
{
    private readonly LambdaFixture _lambda = new(new LambdaOptions { InitLimit = TimeSpan.FromSeconds(10), DefaultConcurrency = 4 });

    private static FunctionDefinition Function => new() { Name = "probe", Code = Runtime.Python, Timeout = TimeSpan.FromSeconds(20) };

    [Fact]
    public async Task The_event_goes_in_and_the_result_comes_out()
    {
        _lambda.Engine.CreateFunction(Function);

        InvocationResult result = await _lambda.InvokeAsync("probe", """{"text":"Grüße 👋"}""");

        Assert.Null(result.FunctionError);
        Assert.Equal("Grüße 👋", JsonDocument.Parse(result.Payload).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_node_runtime_works_as_well_as_a_python_one()
    {
        _lambda.Engine.CreateFunction(Function with { Code = Runtime.Node });

        Assert.Equal("[1,2]", (await _lambda.InvokeAsync("probe", "[1,2]")).Text());
    }

    [Fact]
    public async Task The_process_sees_the_reserved_variables_and_its_own_and_no_other_of_AWS()
    {
        _lambda.Engine.CreateFunction(Function with { Handler = "app", MemorySize = 256, Environment = new Dictionary<string, string> { ["TABLE_NAME"] = "raw" } });

        JsonElement variables = JsonDocument.Parse((await _lambda.InvokeAsync("probe", """{"do":"environment"}""")).Payload).RootElement;

        Assert.Equal("raw", variables.GetProperty("TABLE_NAME").GetString());
        Assert.Equal("app", variables.GetProperty("_HANDLER").GetString());
        Assert.Equal("probe", variables.GetProperty("AWS_LAMBDA_FUNCTION_NAME").GetString());
        Assert.Equal("256", variables.GetProperty("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").GetString());
        Assert.Equal("$LATEST", variables.GetProperty("AWS_LAMBDA_FUNCTION_VERSION").GetString());
        Assert.Equal("us-east-1", variables.GetProperty("AWS_REGION").GetString());
        Assert.Equal("/aws/lambda/probe", variables.GetProperty("AWS_LAMBDA_LOG_GROUP_NAME").GetString());
        Assert.Matches(@"^127\.0\.0\.1:\d+$", variables.GetProperty("AWS_LAMBDA_RUNTIME_API").GetString());
        Assert.False(variables.TryGetProperty("AWS_PROFILE", out _));
    }

    [Fact]
    public async Task Next_carries_request_id_absolute_deadline_function_arn_and_a_valid_trace_id()
    {
        _lambda.Engine.CreateFunction(Function);
        long before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        InvocationResult result = await _lambda.InvokeAsync("probe", """{"do":"context"}""");

        JsonElement headers = JsonDocument.Parse(result.Payload).RootElement;
        Assert.Equal(result.RequestId, headers.GetProperty("Lambda-Runtime-Aws-Request-Id").GetString());
        Assert.InRange(long.Parse(headers.GetProperty("Lambda-Runtime-Deadline-Ms").GetString()!), before + 20_000, before + 30_000);
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:probe", headers.GetProperty("Lambda-Runtime-Invoked-Function-Arn").GetString());
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]$", headers.GetProperty("Lambda-Runtime-Trace-Id").GetString());
    }

    [Fact]
    public async Task A_warm_process_is_used_again()
    {
        _lambda.Engine.CreateFunction(Function);

        string first = (await _lambda.InvokeAsync("probe", """{"do":"pid"}""")).Text();
        string second = (await _lambda.InvokeAsync("probe", """{"do":"pid"}""")).Text();

        Assert.Equal(first, second);
        Assert.Equal(1, _lambda.Engine.GetStatistics("probe").ColdStarts);
    }

    [Fact]
    public async Task Concurrent_calls_get_a_process_each()
    {
        _lambda.Engine.CreateFunction(Function with { ReservedConcurrency = 3 });
        using var gate = new Gate();

        var calls = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _lambda.InvokeAsync("probe", gate.Wait)));
        gate.Open();
        await calls;

        Assert.Equal(3, _lambda.Engine.GetStatus("probe").Sandboxes);
    }

    [Fact]
    public async Task A_call_above_the_reserved_concurrency_is_throttled()
    {
        _lambda.Engine.CreateFunction(Function with { ReservedConcurrency = 1 });
        using var gate = new Gate();
        Task<InvocationResult> first = _lambda.InvokeAsync("probe", gate.Wait);

        AwsException error = await Assert.ThrowsAsync<AwsException>(() => _lambda.InvokeAsync("probe", "{}"));
        gate.Open();

        Assert.Equal(("TooManyRequestsException", 429), (error.Code, error.StatusCode));
        Assert.Equal("\"ReservedFunctionConcurrentInvocationLimitExceeded\"", error.Members["Reason"]);
        Assert.Null((await first).FunctionError);
        Assert.Equal(1, _lambda.Engine.GetStatistics("probe").Throttles);
    }

    [Fact]
    public async Task An_exception_is_the_functions_own_error_object()
    {
        _lambda.Engine.CreateFunction(Function);

        InvocationResult result = await _lambda.InvokeAsync("probe", """{"do":"raise","text":"bad record"}""");

        Assert.Equal("Unhandled", result.FunctionError);
        JsonElement error = JsonDocument.Parse(result.Payload).RootElement;
        Assert.Equal(("ValueError", "bad record"), (error.GetProperty("errorType").GetString(), error.GetProperty("errorMessage").GetString()));
        Assert.Equal(FunctionState.Ready, _lambda.Engine.GetStatus("probe").State);
    }

    [Fact]
    public async Task A_crash_in_the_middle_is_Runtime_ExitError_and_the_next_call_gets_a_new_process()
    {
        _lambda.Engine.CreateFunction(Function);

        InvocationResult crash = await _lambda.InvokeAsync("probe", """{"do":"exit","status":17}""");
        InvocationResult next = await _lambda.InvokeAsync("probe", "1");

        JsonElement error = JsonDocument.Parse(crash.Payload).RootElement;
        Assert.Equal("Runtime.ExitError", error.GetProperty("errorType").GetString());
        Assert.Equal($"RequestId: {crash.RequestId} Error: Runtime exited with error: exit status 17", error.GetProperty("errorMessage").GetString());
        Assert.Equal("1", next.Text());
        Assert.Equal(1, _lambda.Engine.GetStatus("probe").Restarts);
    }

    [Fact]
    public async Task A_timeout_kills_the_process_and_its_children()
    {
        _lambda.Engine.CreateFunction(Function with { Timeout = TimeSpan.FromSeconds(4) });
        int pid = int.Parse((await _lambda.InvokeAsync("probe", """{"do":"pid"}""")).Text());
        int child = int.Parse((await _lambda.InvokeAsync("probe", """{"do":"spawn"}""")).Text());

        InvocationResult result = await _lambda.InvokeAsync("probe", """{"do":"sleep","seconds":30}""");

        JsonElement error = JsonDocument.Parse(result.Payload).RootElement;
        Assert.Equal("Sandbox.Timedout", error.GetProperty("errorType").GetString());
        Assert.Equal($"RequestId: {result.RequestId} Error: Task timed out after 4.00 seconds", error.GetProperty("errorMessage").GetString());
        await Eventually.IsTrueAsync(() => !IsRunning(pid) && !IsRunning(child), "the process and its child are gone");
        Assert.Equal("1", (await _lambda.InvokeAsync("probe", "1")).Text());
    }

    [Fact]
    public async Task An_init_error_is_reported_with_the_functions_own_text()
    {
        _lambda.Engine.CreateFunction(Function with { Environment = new Dictionary<string, string> { ["INIT"] = "error" } });

        InvocationResult result = await _lambda.InvokeAsync("probe", "{}");

        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Equal("no settings", JsonDocument.Parse(result.Payload).RootElement.GetProperty("errorMessage").GetString());
        FunctionStatus status = _lambda.Engine.GetStatus("probe");
        Assert.Equal((FunctionState.Failed, 2, "Broken.Init: no settings"), (status.State, status.Restarts, status.LastError));
    }

    [Fact]
    public async Task A_process_that_dies_at_start_is_shown_with_its_exit_status_and_output()
    {
        _lambda.Engine.CreateFunction(Function with { Environment = new Dictionary<string, string> { ["INIT"] = "exit" } });
        var seen = new List<FunctionState>();
        _lambda.Engine.StatusChanged += status => seen.Add(status.State);

        await _lambda.Engine.WarmUpAsync("probe");

        FunctionStatus status = _lambda.Engine.GetStatus("probe");
        Assert.Equal(FunctionState.Failed, status.State);
        Assert.EndsWith("Runtime exited with error: exit status 3", status.LastError);
        Assert.Contains(_lambda.Engine.GetLog("probe"), line => line.Text == "dying at start");
        Assert.Equal([FunctionState.Starting, FunctionState.Failed], seen.Distinct());
    }

    [Fact]
    public async Task An_init_phase_that_hangs_ends_with_the_limits_of_init_and_function()
    {
        await using var lambda = new LambdaFixture(new LambdaOptions { InitLimit = TimeSpan.FromSeconds(0.3) });
        lambda.Engine.CreateFunction(Function with { Timeout = TimeSpan.FromSeconds(0.3), Environment = new Dictionary<string, string> { ["INIT"] = "hang" } });

        InvocationResult result = await lambda.InvokeAsync("probe", "{}");

        Assert.Contains("Init phase timed out after 0.30 seconds", result.Text());
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_an_invalid_entry_point()
    {
        _lambda.Engine.CreateFunction(Function with { Code = new FunctionCode.Program("/no/such/bootstrap") });

        InvocationResult result = await _lambda.InvokeAsync("probe", "{}");

        Assert.Equal("Runtime.InvalidEntrypoint", JsonDocument.Parse(result.Payload).RootElement.GetProperty("errorType").GetString());
    }

    [Fact]
    public async Task A_result_of_6_MB_passes_and_a_larger_one_is_Function_ResponseSizeTooLarge()
    {
        _lambda.Engine.CreateFunction(Function);

        InvocationResult largest = await _lambda.InvokeAsync("probe", """{"do":"big","bytes":6291554}""");
        InvocationResult tooLarge = await _lambda.InvokeAsync("probe", """{"do":"big","bytes":7000000}""");
        InvocationResult after = await _lambda.InvokeAsync("probe", "1");

        Assert.Equal((null, 6_291_556), (largest.FunctionError, largest.Payload.Length));
        Assert.Equal("Function.ResponseSizeTooLarge", JsonDocument.Parse(tooLarge.Payload).RootElement.GetProperty("errorType").GetString());
        Assert.Equal("1", after.Text());
        await Eventually.IsTrueAsync(() => _lambda.Engine.GetLog("probe").Any(l => l.Text.StartsWith("answered 413", StringComparison.Ordinal)), "413 for the runtime");
    }

    [Fact]
    public async Task A_reply_to_an_unknown_request_id_is_400_and_a_good_one_202()
    {
        _lambda.Engine.CreateFunction(Function);

        JsonElement answer = JsonDocument.Parse((await _lambda.InvokeAsync("probe", """{"do":"wrong-id"}""")).Payload).RootElement;

        Assert.Equal(400, answer.GetProperty("status").GetInt32());
        Assert.Equal("InvalidRequestID", answer.GetProperty("body").GetProperty("errorType").GetString());
        await Eventually.IsTrueAsync(() => _lambda.Engine.GetLog("probe").Any(l => l.Text == """answered 202 {"status":"OK"}"""), "202 for the good one");
    }

    [Fact]
    public async Task Output_is_logged_between_START_and_END_with_a_REPORT()
    {
        _lambda.Engine.CreateFunction(Function);

        InvocationResult result = await _lambda.InvokeAsync("probe", """{"do":"log","text":"on stdout"}""");

        await Eventually.IsTrueAsync(
            () => _lambda.Engine.GetLog("probe").Select(l => l.Text).ToList() is var lines && lines.Contains("on stdout") && lines.Contains("on stderr"), "both outputs");
        Assert.Contains(_lambda.Engine.GetLog("probe"), l => l.Text == $"START RequestId: {result.RequestId} Version: $LATEST");
        Assert.Contains(_lambda.Engine.GetLog("probe"), l => l.Text == $"END RequestId: {result.RequestId}");
        string report = Assert.Single(_lambda.Engine.GetLog("probe"), l => l.Text.StartsWith("REPORT", StringComparison.Ordinal)).Text;
        Assert.Matches(
            $@"^REPORT RequestId: {result.RequestId}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: [1-9]\d* MB\tInit Duration: [\d.]+ ms\t$",
            report);
    }

    [Fact]
    public async Task Warming_up_starts_one_process_that_the_first_call_finds_waiting()
    {
        _lambda.Engine.CreateFunction(Function);

        await _lambda.Engine.WarmUpAsync("probe");
        Assert.Equal((FunctionState.Ready, 1), (_lambda.Engine.GetStatus("probe").State, _lambda.Engine.GetStatus("probe").Sandboxes));
        await _lambda.InvokeAsync("probe", "{}");

        Assert.Equal(0, _lambda.Engine.GetStatistics("probe").ColdStarts);
    }

    [Fact]
    public async Task Warming_up_for_many_starts_what_is_missing_and_no_more_than_may_work_at_once()
    {
        // A busy machine may need more than AWS's ten seconds for several processes at once.
        await using var lambda = new LambdaFixture(new LambdaOptions { InitLimit = TimeSpan.FromMinutes(1), DefaultConcurrency = 4 });
        lambda.Engine.CreateFunction(Function);

        await lambda.Engine.WarmUpAsync("probe", 3);
        Assert.Equal((3, 0), (lambda.Engine.GetStatus("probe").Sandboxes, lambda.Engine.GetStatus("probe").Busy));
        await lambda.Engine.WarmUpAsync("probe", 2);
        Assert.Equal(3, lambda.Engine.GetStatus("probe").Starts);
        await lambda.Engine.WarmUpAsync("probe", 99);
        Assert.Equal(4, lambda.Engine.GetStatus("probe").Starts);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => lambda.InvokeAsync("probe", """{"do":"sleep","seconds":0.3}""")));

        Assert.Equal((0, 4L), (lambda.Engine.GetStatistics("probe").ColdStarts, lambda.Engine.GetStatistics("probe").Invocations));
    }

    [Fact]
    public async Task An_idle_process_is_stopped_after_the_idle_limit()
    {
        await using var lambda = new LambdaFixture(new LambdaOptions { IdleLimit = TimeSpan.FromSeconds(0.4) });
        lambda.Engine.CreateFunction(Function);
        int pid = int.Parse((await lambda.InvokeAsync("probe", """{"do":"pid"}""")).Text());

        await Eventually.IsTrueAsync(() => !IsRunning(pid), "the idle process is gone");
        await Eventually.IsTrueAsync(() => lambda.Engine.GetStatus("probe") is { State: FunctionState.Cold, Sandboxes: 0 }, "the function is cold");
    }

    [Fact]
    public async Task A_process_that_dies_while_it_waits_is_noticed_at_once()
    {
        _lambda.Engine.CreateFunction(Function);
        int pid = int.Parse((await _lambda.InvokeAsync("probe", """{"do":"pid"}""")).Text());
        var failed = new TaskCompletionSource();
        _lambda.Engine.StatusChanged += status =>
        {
            if (status.State == FunctionState.Failed)
            {
                failed.TrySetResult();
            }
        };

        Process.GetProcessById(pid).Kill();

        await failed.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        Assert.Equal(1, _lambda.Engine.GetStatus("probe").Restarts);
        Assert.Equal("1", (await _lambda.InvokeAsync("probe", "1")).Text());
    }

    [Fact]
    public async Task No_process_outlives_the_cloud()
    {
        _lambda.Engine.CreateFunction(Function);
        int idle = int.Parse((await _lambda.InvokeAsync("probe", """{"do":"pid"}""")).Text());
        Task<InvocationResult> busy = _lambda.InvokeAsync("probe", """{"do":"sleep","seconds":30}""");

        await _lambda.DisposeAsync();

        await Eventually.IsTrueAsync(() => !IsRunning(idle), "the process is gone");
        Assert.Equal("Unhandled", (await busy).FunctionError);
    }

    public ValueTask DisposeAsync() => _lambda.DisposeAsync();

    private static bool IsRunning(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A port that calls wait at for as long as somebody listens there.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Gate() => _listener.Start();

        public string Wait => $$"""{"do":"wait","port":{{((IPEndPoint)_listener.LocalEndpoint).Port}}}""";

        public void Open() => _listener.Stop();

        public void Dispose() => _listener.Dispose();
    }
}
