using System.Text.Json;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

/// <summary>The fixture's clock begins at 10:00:00, a window boundary.</summary>
public sealed class TumblingWindowTests : IAsyncDisposable
{
    private readonly MappingFixture _mapping = new();

    [Fact]
    public async Task An_event_carries_window_state_shard_stream_and_flags()
    {
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 20 });
        _mapping.Pass(5);
        _mapping.Stream.Write("a");
        _mapping.Pass(0.5);

        JsonElement call = _mapping.Function.Calls[0].Event;
        Assert.Equal("""{"start":"2026-11-22T10:00:00Z","end":"2026-11-22T10:00:20Z"}""", call.GetProperty("window").GetRawText());
        Assert.Equal("{}", call.GetProperty("state").GetRawText());
        Assert.Equal("shard-1", call.GetProperty("shardId").GetString());
        Assert.Equal(MemoryStreamSource.Arn, call.GetProperty("eventSourceARN").GetString());
        Assert.False(call.GetProperty("isFinalInvokeForWindow").GetBoolean());
        Assert.False(call.GetProperty("isWindowTerminatedEarly").GetBoolean());
        Assert.Equal(1, call.GetProperty("Records").GetArrayLength());
    }

    [Theory]
    [InlineData(20, "2026-11-22T10:00:59Z", "2026-11-22T10:00:40Z")]
    [InlineData(20, "2026-11-22T10:01:00Z", "2026-11-22T10:01:00Z")]
    [InlineData(900, "2026-11-22T10:14:59Z", "2026-11-22T10:00:00Z")]
    [InlineData(7, "2026-11-22T10:00:00Z", "2026-11-22T09:59:57Z")]
    public void Boundaries_are_multiples_of_the_length_since_the_epoch(int seconds, string createdAt, string start)
    {
        TimeWindow window = TimeWindow.Of(DateTimeOffset.Parse(createdAt), seconds);

        Assert.Equal((DateTimeOffset.Parse(start), seconds), (window.Start, (window.End - window.Start).TotalSeconds));
    }

    [Fact]
    public async Task Each_call_carries_the_state_of_the_call_before()
    {
        CountInState();
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 20, BatchSize = 1 });
        _mapping.Stream.Write("a");
        _mapping.Stream.Write("b");
        _mapping.Stream.Write("c");
        _mapping.Pass(1);

        Assert.Equal(["{}", """{"count":1}""", """{"count":2}"""], _mapping.Function.Calls.Select(c => c.State));
    }

    [Fact]
    public async Task Records_of_two_windows_never_share_a_call()
    {
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10, MaximumBatchingWindowInSeconds = 30 });
        _mapping.Pass(9);
        _mapping.Stream.Write("a");
        _mapping.Pass(2);
        _mapping.Stream.Write("b");
        _mapping.Pass(60);

        Assert.Equal(["a", "", "b"], _mapping.Batches);
        Assert.Equal(["2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z", "2026-11-22T10:00:10Z"], _mapping.Function.Calls.Select(c => c.WindowStart));
    }

    [Fact]
    public async Task A_batch_that_cannot_grow_because_its_window_is_over_does_not_wait_for_the_batching_window()
    {
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10, MaximumBatchingWindowInSeconds = 300 });
        _mapping.Stream.Write("a");
        _mapping.Pass(11);
        _mapping.Stream.Write("b");
        _mapping.Pass(0.5);

        Assert.Equal(["a", ""], _mapping.Batches);
    }

    [Fact]
    public async Task The_closing_call_comes_with_the_next_record_and_has_no_records_but_the_state()
    {
        CountInState();
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10 });
        _mapping.Stream.Write("a");
        _mapping.Pass(100);
        Assert.Single(_mapping.Function.Calls);

        _mapping.Stream.Write("b");
        _mapping.Pass(0.5);

        Assert.Equal(["a", "", "b"], _mapping.Batches);
        Assert.Equal([false, true, false], _mapping.Function.Calls.Select(c => c.IsFinal));
        Assert.Equal(["{}", """{"count":1}""", "{}"], _mapping.Function.Calls.Select(c => c.State));
    }

    [Fact]
    public async Task Without_a_next_record_the_closing_call_comes_120_seconds_after_the_end()
    {
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10 });
        _mapping.Stream.Write("a");
        _mapping.Pass(129.5);
        Assert.Single(_mapping.Function.Calls);

        _mapping.Pass(1);

        Assert.True(_mapping.Function.Calls[1].IsFinal);
    }

    [Fact]
    public async Task The_closing_call_is_not_put_off_until_the_stream_is_read_again()
    {
        _mapping.Pass(0.1);
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10 });
        _mapping.Stream.Write("a");
        DateTimeOffset start = _mapping.Clock.GetUtcNow().AddSeconds(-0.1);
        _mapping.Pass(135);

        Assert.Equal([0.35, 130], _mapping.Function.Calls.Select(call => (call.At - start).TotalSeconds));
    }

    [Fact]
    public async Task With_the_prompt_rule_the_closing_call_comes_as_soon_as_the_window_is_over()
    {
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10, WindowCloseRule = WindowCloseRule.Prompt });
        _mapping.Stream.Write("a");
        _mapping.Pass(9.9);
        _mapping.Stream.Write("b");
        _mapping.Pass(0.6);

        Assert.Equal(["a", "b", ""], _mapping.Batches);
        Assert.InRange(_mapping.Function.Calls[2].At.Second, 10, 10);
    }

    [Fact]
    public async Task A_window_without_records_is_never_announced()
    {
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10, WindowCloseRule = WindowCloseRule.Prompt });

        _mapping.Pass(60);

        Assert.Empty(_mapping.Function.Calls);
    }

    [Theory]
    [InlineData("""{"batchItemFailures":[]}""")]
    [InlineData("""{"state":"text"}""")]
    [InlineData("""["state"]""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("no JSON")]
    public async Task A_response_without_state_is_a_failed_invocation(string response)
    {
        _mapping.Function.Answer = _ => _mapping.Function.Calls.Count == 1 ? response : """{"state":{}}""";
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 60 });
        _mapping.Stream.Write("a");

        _mapping.Pass(5);

        Assert.Equal(["a", "a"], _mapping.Batches);
    }

    [Fact]
    public async Task Without_the_setting_failures_reported_beside_a_state_are_ignored()
    {
        _mapping.Function.Answer = c => $$"""{"state":{},"batchItemFailures":[{"itemIdentifier":"{{c.SequenceNumberOf("a")}}"}]}""";
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 60 });
        _mapping.Stream.Write("a");

        _mapping.Pass(5);

        Assert.Equal(["a"], _mapping.Batches);
    }

    [Fact]
    public async Task A_closing_call_may_be_answered_without_state()
    {
        _mapping.Function.Answer = c => c.IsFinal ? "null" : """{"state":{}}""";
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10 });
        _mapping.Stream.Write("a");
        _mapping.Pass(11);
        _mapping.Stream.Write("b");
        _mapping.Pass(5);

        Assert.Equal(["a", "", "b"], _mapping.Batches);
    }

    [Fact]
    public async Task A_state_over_1_MB_ends_the_window_early_and_the_same_window_goes_on_empty()
    {
        string large = $$"""{"blob":"{{new string('x', 1024 * 1024)}}"}""";
        _mapping.Function.Answer = c => c.Ids == "a" ? $$"""{"state":{{large}}}""" : """{"state":{"small":1}}""";
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 30 });
        _mapping.Stream.Write("a");
        _mapping.Pass(1);
        _mapping.Stream.Write("b");
        _mapping.Pass(1);

        Assert.Equal(["a", "", "b"], _mapping.Batches);
        Assert.Equal([(false, false), (true, true), (false, false)], _mapping.Function.Calls.Select(c => (c.IsFinal, c.IsEarly)));
        Assert.Equal(large, _mapping.Function.Calls[1].State);
        Assert.Equal("{}", _mapping.Function.Calls[2].State);
        Assert.Equal(_mapping.Function.Calls[0].WindowStart, _mapping.Function.Calls[2].WindowStart);
    }

    [Fact]
    public async Task A_state_of_exactly_1_MB_is_kept()
    {
        string largest = $$"""{"b":"{{new string('x', (1024 * 1024) - 8)}}"}""";
        _mapping.Function.Answer = c => c.Ids == "a" ? $$"""{"state":{{largest}}}""" : """{"state":{}}""";
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 30 });
        _mapping.Stream.Write("a");
        _mapping.Pass(1);
        _mapping.Stream.Write("b");
        _mapping.Pass(1);

        Assert.Equal([1024 * 1024], _mapping.Function.Calls.Skip(1).Select(c => c.State!.Length));
    }

    [Fact]
    public async Task A_failing_closing_call_holds_up_the_shard_until_it_succeeds()
    {
        int failures = 3;
        _mapping.Function.Answer = c => c.IsFinal && failures-- > 0 ? throw new FunctionErrorException("not now") : """{"state":{}}""";
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10 });
        _mapping.Stream.Write("a");
        _mapping.Pass(11);
        _mapping.Stream.Write("b");
        _mapping.Pass(60);

        Assert.Equal(["a", "", "", "", "", "b"], _mapping.Batches);
    }

    [Fact]
    public async Task A_closing_call_given_up_goes_to_the_destination_with_its_window_and_the_next_window_starts_empty()
    {
        CountInState();
        Func<FunctionCall, string> count = _mapping.Function.Answer;
        _mapping.Function.Answer = c => c.IsFinal ? throw new FunctionErrorException("never") : count(c);
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10, MaximumRetryAttempts = 0, OnFailure = MappingFixture.Queue });
        _mapping.Stream.Write("a");
        _mapping.Pass(11);
        _mapping.Stream.Write("b");
        _mapping.Pass(1);

        JsonElement record = Assert.Single(_mapping.GivenUp);
        Assert.Equal("RetryAttemptsExhausted", record.GetProperty("requestContext").GetProperty("condition").GetString());
        Assert.Equal(1, record.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal("Unhandled", record.GetProperty("responseContext").GetProperty("functionError").GetString());
        Assert.Equal(["shardId", "streamArn"], record.GetProperty("DDBStreamBatchInfo").EnumerateObject().Select(m => m.Name));
        Assert.Equal(
            """{"window":{"start":"2026-11-22T10:00:00Z","end":"2026-11-22T10:00:10Z"},"isFinalInvokeForWindow":true,"isWindowTerminatedEarly":false}""",
            record.GetProperty("timeWindowInfo").GetRawText());
        Assert.Equal("{}", _mapping.Function.Calls[^1].State);
    }

    [Fact]
    public async Task A_closing_call_that_fails_for_longer_than_records_may_be_old_is_given_up()
    {
        _mapping.Function.Answer = c => c.IsFinal ? throw new FunctionErrorException("never") : """{"state":{}}""";
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10, MaximumRecordAgeInSeconds = 60, OnFailure = MappingFixture.Queue });
        _mapping.Stream.Write("a");
        _mapping.Pass(11);
        _mapping.Stream.Write("b");
        _mapping.Pass(57);
        Assert.Empty(_mapping.GivenUp);

        _mapping.Pass(62);

        JsonElement record = _mapping.GivenUp[0];
        Assert.Equal("RecordAgeExceeded", record.GetProperty("requestContext").GetProperty("condition").GetString());
        Assert.True(record.TryGetProperty("timeWindowInfo", out _));
    }

    [Fact]
    public async Task Status_tells_the_open_window()
    {
        EventSourceMappingState mapping = await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10, WindowCloseRule = WindowCloseRule.Prompt });
        _mapping.Stream.Write("a");
        _mapping.Pass(5);
        TimeWindow? open = Assert.Single(_mapping.Engine.GetShards(mapping.Id)).Window;
        _mapping.Pass(10);

        Assert.Equal(TimeWindow.Of(_mapping.Function.Calls[0].At, 10), open);
        Assert.Null(Assert.Single(_mapping.Engine.GetShards(mapping.Id)).Window);
    }

    [Fact]
    public async Task The_end_of_a_shard_closes_the_window_and_the_child_starts_with_an_empty_state()
    {
        CountInState();
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 60, MaximumBatchingWindowInSeconds = 30 });
        _mapping.Stream.Write("a");
        _mapping.Stream.AddShard("shard-2", "shard-1");
        _mapping.Stream.Write("b", "shard-2");
        _mapping.Stream.Close("shard-1");

        _mapping.Pass(35);

        Assert.Equal(["a", "", "b"], _mapping.Batches);
        Assert.Equal(["{}", """{"count":1}""", "{}"], _mapping.Function.Calls.Select(c => c.State));
    }

    [Fact]
    public async Task A_partial_failure_keeps_the_state_that_came_with_it_for_the_rest()
    {
        _mapping.Function.Answer = c => c.Ids == "a b"
            ? $$"""{"state":{"done":"a"},"batchItemFailures":[{"itemIdentifier":"{{c.SequenceNumberOf("b")}}"}]}"""
            : """{"state":{}}""";
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 60, ReportBatchItemFailures = true });
        _mapping.Stream.Write("a");
        _mapping.Stream.Write("b");

        _mapping.Pass(5);

        Assert.Equal(["a b", "b"], _mapping.Batches);
        Assert.Equal("""{"done":"a"}""", _mapping.Function.Calls[1].State);
    }

    [Fact]
    public async Task A_thrown_error_keeps_the_state_of_the_last_success()
    {
        CountInState();
        Func<FunctionCall, string> count = _mapping.Function.Answer;
        _mapping.Function.Answer = c => _mapping.Function.Calls.Count == 2 ? throw new FunctionErrorException("once") : count(c);
        await _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 60, BatchSize = 1 });
        _mapping.Stream.Write("a");
        _mapping.Stream.Write("b");

        _mapping.Pass(5);

        Assert.Equal(["{}", """{"count":1}""", """{"count":1}"""], _mapping.Function.Calls.Select(c => c.State));
    }

    [Fact]
    public async Task A_filter_together_with_a_window_is_refused()
    {
        AwsException error = await Assert.ThrowsAsync<AwsException>(
            () => _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10, Filters = ["""{"eventName":["INSERT"]}"""] }));

        Assert.Equal("InvalidParameterValueException", error.Code);
        Assert.Contains("FilterCriteria", error.Message);
    }

    [Fact]
    public async Task A_parallelization_factor_together_with_a_window_is_refused()
    {
        AwsException error = await Assert.ThrowsAsync<AwsException>(() => _mapping.StartAsync(s => s with { TumblingWindowInSeconds = 10, ParallelizationFactor = 2 }));

        Assert.Contains("ParallelizationFactor must be 1", error.Message);
    }

    public ValueTask DisposeAsync() => _mapping.DisposeAsync();

    private void CountInState() => _mapping.Function.Answer = c =>
    {
        JsonElement state = c.Event.GetProperty("state");
        int count = (state.TryGetProperty("count", out JsonElement before) ? before.GetInt32() : 0) + c.Count;
        return $$$"""{"state":{"count":{{{count}}}}}""";
    };
}
