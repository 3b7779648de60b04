using System.Text.Json;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;

namespace LocalAws.Tests.Lambda.Invocations;

public sealed class AsyncInvocationTests : IAsyncDisposable
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:failed";

    private readonly LambdaFixture _lambda = new();
    private readonly List<DateTimeOffset> _attempts = [];

    [Fact]
    public async Task A_function_error_is_retried_after_one_and_after_two_minutes()
    {
        Create(_ => throw new InvalidOperationException("no"));
        Invoke("{}");
        await AttemptsAsync(1);
        await PassAsync(TimeSpan.FromSeconds(60), attempts: 2);
        await PassAsync(TimeSpan.FromSeconds(119), attempts: 2);
        await PassAsync(TimeSpan.FromSeconds(1), attempts: 3);
        await IdleAsync();

        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)], _attempts.Zip(_attempts.Skip(1), (a, b) => b - a));
    }

    [Fact]
    public async Task A_retry_that_succeeds_ends_it_and_tells_the_success_destination()
    {
        Create(_ => _attempts.Count < 2 ? throw new InvalidOperationException("no") : """{"ok":true}""", a => a with { OnSuccess = Queue, OnFailure = "arn:aws:sqs:us-east-1:123456789012:never" });
        Invoke("""{"n":1}""");
        await AttemptsAsync(1);
        await PassAsync(TimeSpan.FromSeconds(60), attempts: 2);
        await IdleAsync();

        (string arn, DeliveryMessage message) = Assert.Single(_lambda.Mailbox.Messages);
        JsonElement record = JsonDocument.Parse(message.Body).RootElement;
        Assert.Equal((Queue, "Success"), (arn, record.GetProperty("requestContext").GetProperty("condition").GetString()));
        Assert.Equal("""{"ok":true}""", record.GetProperty("responsePayload").GetRawText());
    }

    [Fact]
    public async Task The_failure_record_carries_the_event_and_the_last_error()
    {
        Create(_ => throw new InvalidOperationException("no"), a => a with { MaximumRetryAttempts = 0, OnFailure = Queue });
        Invoke("""{"from":"49"}""");
        await IdleAsync();

        JsonElement record = JsonDocument.Parse(Assert.Single(_lambda.Mailbox.Messages).Message.Body).RootElement;
        JsonElement context = record.GetProperty("requestContext");
        Assert.Equal("1.0", record.GetProperty("version").GetString());
        Assert.Matches(@"^2026-11-22T10:00:00\.\d{3}Z$", record.GetProperty("timestamp").GetString());
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:handler:$LATEST", context.GetProperty("functionArn").GetString());
        Assert.Equal(("RetriesExhausted", 1), (context.GetProperty("condition").GetString(), context.GetProperty("approximateInvokeCount").GetInt32()));
        Assert.Equal("""{"from":"49"}""", record.GetProperty("requestPayload").GetRawText());
        Assert.Equal(
            """{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"}""", record.GetProperty("responseContext").GetRawText());
        Assert.Equal("no", record.GetProperty("responsePayload").GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task The_dead_letter_is_the_event_unchanged_with_the_error_in_attributes()
    {
        _lambda.Create("handler", _ => throw new InvalidOperationException(new string('x', 2000)), d => d with
        {
            AsyncInvocation = new AsyncInvocationSettings { MaximumRetryAttempts = 0 },
            DeadLetterTargetArn = Queue,
        });
        _lambda.Engine.InvokeEvent("handler", new InvocationRequest("""{ "from" : "49" }"""u8.ToArray()) { RequestId = "the-id" });
        await IdleAsync();

        DeliveryMessage message = Assert.Single(_lambda.Mailbox.Messages).Message;
        Assert.Equal("""{ "from" : "49" }""", message.Body);
        Assert.Equal(new DeliveryAttribute("String", "the-id"), message.Attributes["RequestID"]);
        Assert.Equal(new DeliveryAttribute("Number", "200"), message.Attributes["ErrorCode"]);
        Assert.Equal(1024, message.Attributes["ErrorMessage"].Value.Length);
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_carried_as_a_string()
    {
        Create(_ => "plain text", a => a with { OnSuccess = Queue });
        Invoke("{}");
        await IdleAsync();

        Assert.Equal("\"plain text\"", JsonDocument.Parse(Assert.Single(_lambda.Mailbox.Messages).Message.Body).RootElement.GetProperty("responsePayload").GetRawText());
    }

    [Fact]
    public async Task A_throttled_event_is_tried_again_and_uses_up_no_attempt()
    {
        var release = new TaskCompletionSource<string>();
        _lambda.Create("handler", payload => payload == "\"blocker\"" ? release.Task : Task.FromResult("1"), d => d with
        {
            ReservedConcurrency = 1,
            Timeout = TimeSpan.FromMinutes(1),
            AsyncInvocation = new AsyncInvocationSettings { MaximumRetryAttempts = 0, OnSuccess = Queue },
        });
        Task blocker = _lambda.InvokeAsync("handler", "\"blocker\"");
        Invoke("{}");
        await Eventually.IsTrueAsync(() => _lambda.Engine.GetStatistics("handler").Throttles == 1, "the event is throttled");
        release.SetResult("null");
        await blocker;
        await PassUntilIdleAsync();

        JsonElement record = JsonDocument.Parse(Assert.Single(_lambda.Mailbox.Messages).Message.Body).RootElement;
        Assert.Equal(1, record.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
    }

    [Fact]
    public async Task Events_wait_for_a_free_sandbox_instead_of_being_throttled()
    {
        _lambda.Create("handler", async _ =>
        {
            await Task.Yield();
            return "1";
        }, d => d with { ReservedConcurrency = 2, Timeout = TimeSpan.FromMinutes(1) });
        for (int i = 0; i < 100; i++)
        {
            Invoke("{}");
        }

        await IdleAsync();

        FunctionStatistics statistics = _lambda.Engine.GetStatistics("handler");
        Assert.Equal((100, 0), (statistics.Invocations, statistics.Throttles));
    }

    [Fact]
    public async Task With_reserved_concurrency_0_events_go_straight_to_the_failure_destination()
    {
        _lambda.Create("handler", _ => Task.FromResult("1"), d => d with { ReservedConcurrency = 0, AsyncInvocation = new AsyncInvocationSettings { OnFailure = Queue } });
        Invoke("{}");
        await IdleAsync();

        JsonElement record = JsonDocument.Parse(Assert.Single(_lambda.Mailbox.Messages).Message.Body).RootElement;
        Assert.Equal(0, record.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.False(record.TryGetProperty("responseContext", out _));
    }

    [Fact]
    public async Task A_function_can_be_the_destination_of_another()
    {
        string? received = null;
        _lambda.Create("collector", payload =>
        {
            received = payload;
            return Task.FromResult("null");
        });
        Create(_ => throw new InvalidOperationException("no"), a => a with { MaximumRetryAttempts = 0, OnFailure = "arn:aws:lambda:us-east-1:123456789012:function:collector" });
        Invoke("{}");

        await Eventually.IsTrueAsync(() => _lambda.Engine.IsIdle && received is not null, "the record arrived");
        Assert.Contains("RetriesExhausted", received);
    }

    [Fact]
    public async Task A_destination_that_refuses_the_record_is_told_to_the_host()
    {
        var failed = new List<string>();
        _lambda.Engine.DeliveryFailed += (_, arn, _) => failed.Add(arn);
        _lambda.Mailbox.Refuses = true;
        Create(_ => throw new InvalidOperationException("no"), a => a with { MaximumRetryAttempts = 0, OnFailure = Queue });
        Invoke("{}");
        await IdleAsync();

        Assert.Equal([Queue], failed);
    }

    [Fact]
    public async Task A_destination_that_breaks_is_told_to_the_host_as_well()
    {
        var failed = new List<string>();
        _lambda.Engine.DeliveryFailed += (_, arn, error) => failed.Add($"{arn} {error.Code}: {error.Message}");
        _lambda.Mailbox.Breaks = true;
        Create(_ => throw new InvalidOperationException("no"), a => a with { MaximumRetryAttempts = 0, OnFailure = Queue });
        Invoke("{}");
        await IdleAsync();

        Assert.Equal([$"{Queue} InternalFailure: The mailbox is broken."], failed);
    }

    [Fact]
    public async Task What_an_observer_of_failed_deliveries_throws_is_counted()
    {
        _lambda.Engine.DeliveryFailed += (_, _, _) => throw new InvalidOperationException("The observer is broken.");
        _lambda.Mailbox.Refuses = true;
        Create(_ => throw new InvalidOperationException("no"), a => a with { MaximumRetryAttempts = 0, OnFailure = Queue });
        Invoke("{}");
        await IdleAsync();

        Assert.Equal("InvalidOperationException: The observer is broken.", Assert.Single(_lambda.Engine.Observers.Failures).FirstError);
    }

    [Fact]
    public void An_event_over_1_MB_is_refused_with_413()
    {
        Create(_ => "1");

        AwsException error = Assert.Throws<AwsException>(() => Invoke($"\"{new string('x', 1024 * 1024)}\""));

        Assert.Equal(("RequestTooLargeException", 413), (error.Code, error.StatusCode));
    }

    [Fact]
    public async Task Attempts_keep_their_request_id()
    {
        Create(_ => throw new InvalidOperationException("no"));
        Invoke("{}");
        await AttemptsAsync(1);
        await PassAsync(TimeSpan.FromSeconds(60), attempts: 2);

        Assert.Single(_lambda.Engine.GetLog("handler").Where(l => l.Text.StartsWith("START", StringComparison.Ordinal)).Select(l => l.Text).Distinct());
    }

    public ValueTask DisposeAsync() => _lambda.DisposeAsync();

    private void Create(Func<string, string> handler, Func<AsyncInvocationSettings, AsyncInvocationSettings>? change = null) =>
        _lambda.Create("handler", payload =>
        {
            lock (_attempts)
            {
                _attempts.Add(_lambda.Clock.GetUtcNow());
            }

            return Task.FromResult(handler(payload));
        }, d => change is null ? d : d with { AsyncInvocation = change(d.AsyncInvocation) });

    private void Invoke(string json) => _lambda.Engine.InvokeEvent("handler", new InvocationRequest(System.Text.Encoding.UTF8.GetBytes(json)));

    /// <summary>Lets time pass once the last attempt's retry has been scheduled, then waits for what is due.</summary>
    private async Task PassAsync(TimeSpan time, int attempts)
    {
        await Eventually.IsTrueAsync(() => _lambda.Engine.GetStatistics("handler").Errors == _attempts.Count, "the attempt has ended");
        await Eventually.IsTrueAsync(() => _lambda.Clock.Timers == _attempts.Count, "each attempt's retry is timed");
        _lambda.Clock.Advance(time);
        await AttemptsAsync(attempts);
    }

    private Task AttemptsAsync(int count) => Eventually.IsTrueAsync(() => _attempts.Count == count, $"{count} attempts");

    private Task IdleAsync() => Eventually.IsTrueAsync(() => _lambda.Engine.IsIdle, "the queue is empty");

    private Task PassUntilIdleAsync() =>
        Eventually.IsTrueAsync(() => _lambda.Engine.IsIdle, "the queue is empty", meanwhile: () => _lambda.Clock.Advance(TimeSpan.FromSeconds(1)));
}
