using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using LocalAws.Tests.Lambda.Runtimes;
using LocalAws.Endpoint;
using LocalAws.Faults;
using LocalAws.Lambda;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;
using Cloud = LocalAws.LocalCloud;

namespace LocalAws.Tests.Lambda.Attached;

/// <summary>Functions whose processes somebody else starts: they attach to the cloud's endpoint.</summary>
public sealed class AttachedFunctionTests : IAsyncLifetime
{
    private static readonly TimeSpan OwnTimeout = TimeSpan.FromSeconds(3);

    private readonly TimerCountingClock _clock = new(new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero));
    private readonly TimerCountingClock _realTime = new(new DateTimeOffset(2026, 11, 29, 10, 0, 0, TimeSpan.Zero));
    private readonly List<IDisposable> _runtimes = [];
    private Cloud _cloud = null!;

    public async ValueTask InitializeAsync() =>
        _cloud = await Cloud.StartAsync(new LocalCloudOptions { Clock = _clock, Lambda = new LambdaOptions { RealTime = _realTime } });

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        _runtimes.ForEach(runtime => runtime.Dispose());
    }

    [Fact]
    public async Task The_process_that_asks_gets_the_event_with_all_that_belongs_to_it_and_its_answer_goes_to_the_caller()
    {
        Create("f");
        SteppedRuntime runtime = Attach("/_runtime/f");
        var request = new InvocationRequest(Utf8("""{"text":"Grüße 👋"}"""))
        {
            TraceHeader = "Root=1-65ab3f12-aaaaaaaaaaaaaaaaaaaaaaaa;Parent=bbbbbbbbbbbbbbbb;Sampled=1",
            ClientContext = """{"custom":{"shop":"7"}}""",
        };

        Task<InvocationResult> call = _cloud.Lambda.InvokeAsync("f", request, CancellationToken.None);
        Work work = await runtime.NextAsync();

        Assert.Equal((200, """{"text":"Grüße 👋"}"""), (work.Status, work.Body));
        Assert.Equal(request.RequestId, work.RequestId);
        Assert.Equal(request.TraceHeader, work.Header("Lambda-Runtime-Trace-Id"));
        Assert.Equal(request.ClientContext, work.Header("Lambda-Runtime-Client-Context"));
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:f", work.Header("Lambda-Runtime-Invoked-Function-Arn"));
        Assert.Equal(202, await runtime.AnswerAsync(work, """{"done":true}"""));
        Assert.Equal((null, """{"done":true}"""), ((await call).FunctionError, (await call).Text()));
        Assert.Contains(_cloud.Lambda.GetLog("f"), line => line.Text.StartsWith($"REPORT RequestId: {request.RequestId}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_in_another_language_attaches_with_the_same_variable()
    {
        Create("f");
        Process python = StartPython("/_runtime/f");

        Assert.Equal("Grüße", JsonDocument.Parse((await Invoke("f", "\"Grüße\"")).Payload).RootElement.GetString());
        Assert.Equal(python.Id.ToString(), (await Invoke("f", """{"do":"pid"}""")).Text());
    }

    [Fact]
    public async Task A_process_that_is_killed_at_work_and_started_again_gets_the_event_again()
    {
        Create("f");
        Process first = StartPython("/_runtime/f");
        await _cloud.Lambda.WarmUpAsync("f");
        _cloud.Lambda.InvokeEvent("f", new InvocationRequest(Utf8("""{"do":"exit","status":9}""")));
        await first.WaitForExitAsync();

        SteppedRuntime second = Attach("/_runtime/f");
        Task<Work> next = second.NextAsync();
        await PassAsync(() => next.IsCompleted, "the retry comes");

        Assert.Equal("""{"do":"exit","status":9}""", (await next).Body);
        Assert.Equal(202, await second.AnswerAsync(await next, "null"));
        await Eventually.IsTrueAsync(() => _cloud.Lambda.IsIdle, "the event is done with");
    }

    [Fact]
    public async Task An_invocation_waits_until_a_process_attaches()
    {
        Create("f");
        Task<InvocationResult> call = Invoke("f", "1");
        Assert.False(call.IsCompleted);
        Assert.Equal(FunctionState.Unattached, _cloud.Lambda.GetStatus("f").State);

        await AnswerNextAsync(Attach("/_runtime/f"), "2");

        Assert.Equal("2", (await call).Text());
        Assert.Equal(0, _cloud.Lambda.GetStatistics("f").Throttles);
    }

    [Fact]
    public async Task An_event_is_not_lost_however_long_nothing_is_attached()
    {
        Create("f");
        _cloud.Lambda.InvokeEvent("f", new InvocationRequest(Utf8("1")));
        _clock.Advance(TimeSpan.FromHours(12));

        await AnswerNextAsync(Attach("/_runtime/f"), "null");

        await Eventually.IsTrueAsync(() => _cloud.Lambda.IsIdle, "the event is done with");
        Assert.Equal((1, 0), (_cloud.Lambda.GetStatistics("f").Invocations, _cloud.Lambda.GetStatistics("f").Errors));
    }

    [Fact]
    public async Task Records_of_a_stream_wait_for_the_process_too()
    {
        Create("f");
        using var dynamoDb = new AmazonDynamoDBClient(Cloud.Credentials, _cloud.ClientConfig<AmazonDynamoDBConfig>());
        CreateTableResponse table = await dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = "orders",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
            StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.NEW_IMAGE },
        });
        await _cloud.Mappings.CreateAsync(new StreamMappingSettings
        {
            FunctionName = "f",
            EventSourceArn = table.TableDescription.LatestStreamArn,
            StartingPosition = "TRIM_HORIZON",
            MaximumRetryAttempts = 0,
        }, CancellationToken.None);
        await dynamoDb.PutItemAsync("orders", new Dictionary<string, AttributeValue> { ["id"] = new("P12345") });

        Task<Work> next = Attach("/_runtime/f").NextAsync();
        await PassAsync(() => next.IsCompleted, "the batch comes");

        Assert.Contains("P12345", (await next).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_slot_is_a_sandbox_and_a_call_more_waits_in_line()
    {
        Create("f");
        SteppedRuntime zero = Attach("/_runtime/f");
        SteppedRuntime one = Attach("/_runtime/f/1");
        Task<InvocationResult>[] calls = [Invoke("f", "1"), Invoke("f", "2"), Invoke("f", "3")];

        Work[] atWork = await Task.WhenAll(zero.NextAsync(), one.NextAsync());
        Assert.Equal(["1", "2"], atWork.Select(work => work.Body).Order());
        FunctionStatus status = _cloud.Lambda.GetStatus("f");
        Assert.Equal((FunctionState.Ready, 2, 2), (status.State, status.Sandboxes, status.Busy));
        await one.AnswerAsync(atWork[1], "null");

        Assert.Equal("3", (await one.NextAsync()).Body);
        Assert.False(calls[2].IsCompleted);
    }

    [Fact]
    public async Task Reserved_concurrency_holds_whatever_is_attached()
    {
        Create("f", f => f with { ReservedConcurrency = 1 });
        SteppedRuntime zero = Attach("/_runtime/f");
        SteppedRuntime one = Attach("/_runtime/f/1");
        Task<Work>[] asking = [zero.NextAsync(), one.NextAsync()];
        await Eventually.IsTrueAsync(() => _cloud.Lambda.GetStatus("f").Sandboxes == 2, "both are attached");

        _ = Invoke("f", "1");
        _ = Invoke("f", "2");
        Work first = await asking[0];
        Assert.Equal((1, false), (_cloud.Lambda.GetStatus("f").Busy, asking[1].IsCompleted));
        await zero.AnswerAsync(first, "null");

        Assert.Equal("2", (await asking[1]).Body);
    }

    [Fact]
    public async Task A_function_that_is_switched_off_throttles()
    {
        Create("f", f => f with { ReservedConcurrency = 0 });

        AwsException error = await Assert.ThrowsAsync<AwsException>(() => Invoke("f", "1"));

        Assert.Equal("TooManyRequestsException", error.Code);
    }

    [Fact]
    public async Task Asking_again_while_a_call_is_open_ends_it_as_an_exit_and_the_late_answer_is_refused_and_logged()
    {
        Create("f");
        SteppedRuntime runtime = Attach("/_runtime/f");
        Task<InvocationResult> call = Invoke("f", "1");
        Work lost = await runtime.NextAsync();

        using var goAway = new CancellationTokenSource();
        Task<Work> again = Attach("/_runtime/f").NextAsync(goAway.Token);
        InvocationResult result = await call;
        int late = await runtime.AnswerAsync(lost, "null");

        Assert.Equal("Unhandled", result.FunctionError);
        JsonElement error = JsonDocument.Parse(result.Payload).RootElement;
        Assert.Equal("Runtime.ExitError", error.GetProperty("errorType").GetString());
        Assert.Equal($"RequestId: {lost.RequestId} Error: Runtime exited without providing a reason", error.GetProperty("errorMessage").GetString());
        Assert.Equal(400, late);
        Assert.Contains(
            _cloud.Lambda.GetLog("f"),
            line => line.Text.StartsWith($"RequestId: {lost.RequestId} Refused the late answer of slot 0, because slot 0 asked for work again before it answered.", StringComparison.Ordinal));
        Assert.Equal(1, _cloud.Lambda.GetStatus("f").Restarts);
        Assert.False(again.IsCompleted);
        await goAway.CancelAsync();
    }

    [Fact]
    public async Task A_breakpoint_may_be_longer_than_the_functions_own_timeout()
    {
        Create("f");
        SteppedRuntime runtime = Attach("/_runtime/f");
        int timers = _realTime.Timers;
        Task<InvocationResult> call = Invoke("f", "1");
        Work work = await runtime.NextAsync();
        await Eventually.IsTrueAsync(() => _realTime.Timers > timers, "the limit is set");

        _realTime.Advance(TimeSpan.FromMinutes(14));

        Assert.Equal(_realTime.Start + TimeSpan.FromMinutes(15), work.Deadline);
        Assert.Equal(202, await runtime.AnswerAsync(work, "2"));
        Assert.Equal("2", (await call).Text());
    }

    [Fact]
    public async Task After_fifteen_minutes_the_call_is_over_and_the_late_answer_refused()
    {
        Create("f");
        SteppedRuntime runtime = Attach("/_runtime/f");
        Task<InvocationResult> call = Invoke("f", "1");
        Work work = await runtime.NextAsync();
        await Eventually.IsTrueAsync(() => call.IsCompleted, "the limit is over", meanwhile: () => _realTime.Advance(TimeSpan.FromMinutes(5)));

        Assert.Contains("Task timed out after 900.00 seconds", (await call).Text(), StringComparison.Ordinal);
        Assert.Equal(400, await runtime.AnswerAsync(work, "2"));
        Assert.Contains(_cloud.Lambda.GetLog("f"), line => line.Text.Contains("because its limit of 900 seconds was over", StringComparison.Ordinal));
        Assert.Equal(FunctionState.Unattached, _cloud.Lambda.GetStatus("f").State);
    }

    [Fact]
    public async Task The_functions_own_timeout_counts_where_it_is_enforced()
    {
        Create("f", f => f with { Code = new FunctionCode.Attached { EnforcesTimeout = true } });
        SteppedRuntime runtime = Attach("/_runtime/f");
        Task<InvocationResult> call = Invoke("f", "1");
        Work work = await runtime.NextAsync();
        await Eventually.IsTrueAsync(() => call.IsCompleted, "the limit is over", meanwhile: () => _realTime.Advance(TimeSpan.FromSeconds(1)));

        Assert.Equal(_realTime.Start + OwnTimeout, work.Deadline);
        Assert.Contains("Task timed out after 3.00 seconds", (await call).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_goes_is_missed_at_once_and_one_that_comes_is_seen()
    {
        Create("f");
        using var stop = new CancellationTokenSource();
        Task<Work> first = Attach("/_runtime/f").NextAsync(stop.Token);
        await _cloud.Lambda.WarmUpAsync("f");
        Assert.Equal((FunctionState.Ready, 1), (_cloud.Lambda.GetStatus("f").State, _cloud.Lambda.GetStatus("f").Sandboxes));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Eventually.IsTrueAsync(() => _cloud.Lambda.GetStatus("f") is { State: FunctionState.Unattached, Sandboxes: 0 }, "it is missed");
        Task<InvocationResult> call = Invoke("f", "1");
        await AnswerNextAsync(Attach("/_runtime/f"), "2");

        Assert.Equal("2", (await call).Text());
    }

    [Fact]
    public async Task A_process_that_has_answered_has_not_gone_for_that_but_is_missed_when_it_does_not_ask_again()
    {
        Create("f");
        Task<InvocationResult> call = Invoke("f", "1");
        await AnswerNextAsync(Attach("/_runtime/f"), "2");
        await call;
        Assert.Equal((FunctionState.Ready, 1), (_cloud.Lambda.GetStatus("f").State, _cloud.Lambda.GetStatus("f").Sandboxes));

        _realTime.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(FunctionState.Unattached, _cloud.Lambda.GetStatus("f").State);
    }

    [Fact]
    public async Task Of_two_processes_in_one_slot_the_first_is_sent_away_with_a_sentence()
    {
        Create("f");
        Task<Work> first = Attach("/_runtime/f").NextAsync();
        await _cloud.Lambda.WarmUpAsync("f");

        Task<Work> second = Attach("/_runtime/f").NextAsync();

        Assert.Equal(403, (await first).Status);
        Assert.Contains("Another process has attached to slot 0 of f. Give each process a slot of its own: AWS_LAMBDA_RUNTIME_API=…/f/1", (await first).Body, StringComparison.Ordinal);
        _ = Invoke("f", "1");
        Assert.Equal("1", (await second).Body);
    }

    [Fact]
    public async Task A_caller_that_gives_up_before_a_process_attaches_takes_its_call_back()
    {
        Create("f");
        using var givesUp = new CancellationTokenSource();
        Task<InvocationResult> call = _cloud.Lambda.InvokeAsync("f", Utf8("1"), givesUp.Token);
        Task<InvocationResult> next = Invoke("f", "2");

        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal("2", (await Attach("/_runtime/f").NextAsync()).Body);
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task What_a_process_fails_with_at_start_shows_until_one_asks_for_work()
    {
        Create("f");
        await Attach("/_runtime/f").FailInitAsync("Broken.Init", "no settings");
        Assert.Equal((FunctionState.Unattached, "Broken.Init: no settings"), (_cloud.Lambda.GetStatus("f").State, _cloud.Lambda.GetStatus("f").LastError));

        _ = Attach("/_runtime/f").NextAsync();
        await _cloud.Lambda.WarmUpAsync("f");

        Assert.Null(_cloud.Lambda.GetStatus("f").LastError);
    }

    [Theory]
    [InlineData("/_runtime/nobody", "There is no function 'nobody'. Attached functions: f, g.")]
    [InlineData("/_runtime/own", "The function 'own' runs in processes of this local cloud's own")]
    [InlineData("/_runtime/f/x", "'x' is no slot. Slots are 0 to 999")]
    [InlineData("/_runtime/f/1000", "'1000' is no slot. Slots are 0 to 999")]
    [InlineData("", "AWS_LAMBDA_RUNTIME_API has to say which function it is, with host:port/_runtime/name; only where one is attached, host and port will do. Attached functions: f, g.")]
    public async Task An_address_that_leads_nowhere_is_told_with_the_names_that_do(string path, string sentence)
    {
        Create("f");
        Create("g");
        _cloud.Lambda.CreateFunction(new FunctionDefinition { Name = "own", Code = FunctionCode.FromText(Task.FromResult) });

        Work refused = await Attach(path).NextAsync();

        Assert.Equal(404, refused.Status);
        JsonElement error = JsonDocument.Parse(refused.Body).RootElement;
        Assert.StartsWith(sentence, error.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal("ResourceNotFoundException", error.GetProperty("errorType").GetString());
    }

    [Fact]
    public async Task A_runtime_that_takes_no_path_attaches_to_the_only_attached_function()
    {
        Create("f");
        Task<InvocationResult> call = Invoke("f", "1");

        await AnswerNextAsync(Attach(""), "2");

        Assert.Equal("2", (await call).Text());
    }

    [Fact]
    public void The_variables_that_a_process_needs_can_be_asked_for()
    {
        Create("f", f => f with { MemorySize = 256, Environment = new Dictionary<string, string> { ["TABLE_NAME"] = "raw" } });

        IReadOnlyDictionary<string, string> variables = _cloud.Lambda.GetAttachedEnvironment("f", _cloud.Uri, slot: 2);

        Assert.Equal($"{_cloud.Uri.Authority}/_runtime/f/2", variables["AWS_LAMBDA_RUNTIME_API"]);
        Assert.Equal(("f", "256", "us-east-1", "raw"), (variables["AWS_LAMBDA_FUNCTION_NAME"], variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], variables["AWS_REGION"], variables["TABLE_NAME"]));
    }

    [Theory]
    [InlineData("own", 0, "The function 'own' runs in processes of this local cloud's own")]
    [InlineData("f", -1, "'-1' is no slot. Slots are 0 to 999.")]
    [InlineData("f", 1000, "'1000' is no slot. Slots are 0 to 999.")]
    public void There_are_no_such_variables_where_no_process_may_attach(string name, int slot, string sentence)
    {
        Create("f");
        _cloud.Lambda.CreateFunction(new FunctionDefinition { Name = "own", Code = FunctionCode.FromText(Task.FromResult) });

        AwsException refusal = Assert.Throws<AwsException>(() => _cloud.Lambda.GetAttachedEnvironment(name, _cloud.Uri, slot));

        Assert.StartsWith(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("f")]
    public void A_plan_that_would_kill_an_attached_process_is_refused_by_name(string operation)
    {
        Create("f");

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => _cloud.Faults.Set(Kill(operation)));

        Assert.Contains("it would kill f, which is attached", refusal.Message, StringComparison.Ordinal);
        Assert.Same(FaultPlan.None, _cloud.Faults.Plan);
    }

    [Fact]
    public async Task A_plan_may_kill_others_and_what_is_attached_no_longer()
    {
        Create("f");
        _cloud.Faults.Set(Kill("g"));
        await _cloud.Lambda.DeleteFunctionAsync("f");

        _cloud.Faults.Set(Kill("f"));

        AwsException refusal = Assert.Throws<AwsException>(() => Create("f"));
        Assert.Equal("InvalidParameterValueException", refusal.Code);
    }

    [Fact]
    public async Task Deleting_the_function_sends_its_process_away()
    {
        Create("f");
        Task<Work> next = Attach("/_runtime/f").NextAsync();
        await _cloud.Lambda.WarmUpAsync("f");

        await _cloud.Lambda.DeleteFunctionAsync("f");

        // The client asks again where its connection was closed, and is told then.
        Exception? closed = await Record.ExceptionAsync(() => next);
        Assert.True(closed is HttpRequestException || (await next).Status == 404);
    }

    [Fact]
    public async Task Deleting_the_function_fails_the_calls_that_are_open_or_in_line()
    {
        Create("f");
        Task<InvocationResult> open = Invoke("f", "1");
        Task<InvocationResult> inLine = Invoke("f", "2");
        await Attach("/_runtime/f").NextAsync();

        await _cloud.Lambda.DeleteFunctionAsync("f");

        Assert.Contains("Runtime.ExitError", (await open).Text(), StringComparison.Ordinal);
        Assert.Equal("ServiceException", (await Assert.ThrowsAsync<AwsException>(() => inLine)).Code);
    }

    private void Create(string name, Func<FunctionDefinition, FunctionDefinition>? change = null)
    {
        var definition = new FunctionDefinition { Name = name, Code = new FunctionCode.Attached(), Timeout = OwnTimeout };
        _cloud.Lambda.CreateFunction(change?.Invoke(definition) ?? definition);
    }

    private SteppedRuntime Attach(string path)
    {
        var runtime = new SteppedRuntime(_cloud.Uri, path);
        _runtimes.Add(runtime);
        return runtime;
    }

    private Process StartPython(string path)
    {
        var start = new ProcessStartInfo(Runtime.Python.Command, Runtime.Python.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = $"{_cloud.Uri.Authority}{path}";
        var process = new OwnedProcess(Process.Start(start)!);
        _runtimes.Add(process);
        return process.Process;
    }

    private Task<InvocationResult> Invoke(string name, string json) => _cloud.Lambda.InvokeAsync(name, Utf8(json), CancellationToken.None);

    private static async Task AnswerNextAsync(SteppedRuntime runtime, string json) => Assert.Equal(202, await runtime.AnswerAsync(await runtime.NextAsync(), json));

    private Task PassAsync(Func<bool> condition, string expectation) =>
        Eventually.IsTrueAsync(condition, expectation, meanwhile: () => _clock.Advance(TimeSpan.FromSeconds(5)));

    private static FaultPlan Kill(string operation) => new() { Rules = [new FaultRule { Service = "lambda", Operation = operation, Effect = FaultEffect.Kill }] };

    private static ReadOnlyMemory<byte> Utf8(string json) => Encoding.UTF8.GetBytes(json);

    private sealed record OwnedProcess(Process Process) : IDisposable
    {
        public void Dispose()
        {
            Process.Kill(entireProcessTree: true);
            Process.Dispose();
        }
    }
}
