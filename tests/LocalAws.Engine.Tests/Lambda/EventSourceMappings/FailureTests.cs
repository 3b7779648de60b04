using System.Text.Json;
using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.S3;
using Microsoft.Extensions.Time.Testing;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

public sealed class FailureTests : IAsyncDisposable
{
    private const string Bucket = "arn:aws:s3:::given-up";

    private readonly MappingFixture _mapping = new();

    [Fact]
    public async Task A_thrown_error_is_retried_with_the_same_batch_as_often_as_allowed()
    {
        AlwaysThrow();
        await StartAsync(s => s with { MaximumRetryAttempts = 2 }, "a", "b");

        _mapping.Pass(60);

        Assert.Equal(["a b", "a b", "a b"], _mapping.Batches);
        Assert.Equal(3, Count(Assert.Single(_mapping.GivenUp)));
    }

    [Fact]
    public async Task By_default_a_failing_batch_is_retried_until_its_records_are_24_hours_old()
    {
        AlwaysThrow();
        await StartAsync(s => s, "a");
        _mapping.Clock.Advance(TimeSpan.FromHours(23));
        _mapping.Pass(120);
        Assert.Empty(_mapping.GivenUp);

        _mapping.Clock.Advance(TimeSpan.FromHours(1));
        _mapping.Pass(120);

        Assert.Equal("RecordAgeExceeded", Condition(Assert.Single(_mapping.GivenUp)));
    }

    [Fact]
    public async Task Retries_back_off_from_1_second_doubling_up_to_a_minute()
    {
        AlwaysThrow();
        await StartAsync(s => s, "a");

        _mapping.Pass(300);

        double[] pauses = [.. _mapping.Function.Calls.Zip(_mapping.Function.Calls.Skip(1), (a, b) => (b.At - a.At).TotalSeconds)];
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], pauses);
    }

    [Fact]
    public async Task The_destination_record_tells_where_the_batch_is_and_holds_no_records()
    {
        AlwaysThrow();
        await StartAsync(s => s with { MaximumRetryAttempts = 1 }, "a", "b");

        _mapping.Pass(10);

        JsonElement record = Assert.Single(_mapping.GivenUp);
        Assert.Equal(
            $$$"""{"requestContext":{"requestId":"request-2","functionArn":"arn:aws:lambda:us-east-1:123456789012:function:aggregator","condition":"RetryAttemptsExhausted","approximateInvokeCount":2},"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},"version":"1.0","timestamp":"{{{record.GetProperty("timestamp").GetString()}}}","DDBStreamBatchInfo":{"shardId":"shard-1","startSequenceNumber":"100001","endSequenceNumber":"100002","approximateArrivalOfFirstRecord":"2026-11-22T10:00:00Z","approximateArrivalOfLastRecord":"2026-11-22T10:00:00Z","batchSize":2,"streamArn":"{{{MemoryStreamSource.Arn}}}"}}""",
            record.GetRawText());
        Assert.Matches(@"^2026-11-22T10:00:0\d\.\d{3}Z$", record.GetProperty("timestamp").GetString());
    }

    [Fact]
    public async Task A_bucket_gets_the_record_with_the_whole_event_named_by_mapping_shard_and_time()
    {
        _mapping.Buckets.CreateBucket("given-up");
        AlwaysThrow();
        EventSourceMappingState mapping = await StartAsync(s => s with { MaximumRetryAttempts = 0 }, Bucket, ["a", "b"]);

        _mapping.Pass(1);

        S3Object written = Assert.Single(Written());
        Assert.Matches($@"^aws/lambda/{mapping.Id}/shard-1/2026/11/22/2026-11-22T10\.00\.0\d-[0-9a-f-]{{36}}$", written.Key);
        Assert.Equal("application/octet-stream", written.ContentType);
        using JsonDocument record = JsonDocument.Parse(written.Content);
        Assert.Equal(
            ["requestContext", "responseContext", "version", "timestamp", "DDBStreamBatchInfo", "payload"], record.RootElement.EnumerateObject().Select(member => member.Name));
        using JsonDocument payload = JsonDocument.Parse(record.RootElement.GetProperty("payload").GetString()!);
        Assert.Equal(_mapping.Function.Calls[0].Event.GetRawText(), payload.RootElement.GetRawText());
        Assert.Empty(_mapping.GivenUp);
    }

    [Fact]
    public async Task Without_a_limit_of_attempts_a_batch_is_tried_until_it_is_too_old_and_then_lies_in_the_bucket_whole()
    {
        _mapping.Buckets.CreateBucket("given-up");
        AlwaysThrow();
        await StartAsync(s => s with { MaximumRetryAttempts = -1, MaximumRecordAgeInSeconds = 3600, BisectBatchOnFunctionError = true }, Bucket, ["a", "b"]);
        _mapping.Pass(3500);
        Assert.Empty(Written());

        _mapping.Pass(200);

        string?[] payloads = [.. Written().Select(written => JsonDocument.Parse(written.Content).RootElement).OrderBy(record => record.GetProperty("timestamp").GetString())
            .Select(record => $"{Condition(record)} {new FunctionCall(default, JsonDocument.Parse(record.GetProperty("payload").GetString()!).RootElement, 0).Ids}")];
        Assert.Equal(["RecordAgeExceeded a", "RecordAgeExceeded b"], payloads.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_told_to_the_host_and_the_shard_goes_on()
    {
        var failed = new List<string>();
        _mapping.Engine.DeliveryFailed += (_, arn, error) => failed.Add($"{arn} {error.Code}");
        _mapping.Function.Answer = c => c.Ids == "a" ? throw new FunctionErrorException("poison") : ScriptedFunction.Ok;
        await StartAsync(s => s with { MaximumRetryAttempts = 0, BatchSize = 1 }, Bucket, ["a", "b"]);

        _mapping.Pass(5);

        Assert.Equal(["a", "b"], _mapping.Batches);
        Assert.Equal([$"{Bucket} NoSuchBucket"], failed);
    }

    [Fact]
    public async Task After_giving_up_the_stream_goes_on()
    {
        _mapping.Function.Answer = c => c.Ids == "a" ? throw new FunctionErrorException("poison") : ScriptedFunction.Ok;
        await StartAsync(s => s with { MaximumRetryAttempts = 0, BatchSize = 1 }, "a", "b");

        _mapping.Pass(5);

        Assert.Equal(["a", "b"], _mapping.Batches);
    }

    [Fact]
    public async Task A_destination_that_refuses_its_record_does_not_hold_up_the_shard()
    {
        var failed = new List<string>();
        _mapping.Engine.DeliveryFailed += (_, arn, _) => failed.Add(arn);
        _mapping.Mailbox.Refuses = true;
        _mapping.Function.Answer = c => c.Ids == "a" ? throw new FunctionErrorException("poison") : ScriptedFunction.Ok;
        await StartAsync(s => s with { MaximumRetryAttempts = 0, BatchSize = 1 }, "a", "b");

        _mapping.Pass(5);

        Assert.Equal(["a", "b"], _mapping.Batches);
        Assert.Equal([MappingFixture.Queue], failed);
    }

    [Fact]
    public async Task Bisecting_isolates_a_bad_record_left_half_first_and_uses_up_no_retry()
    {
        _mapping.Function.Answer = c => c.Ids.Contains('3') ? throw new FunctionErrorException("poison") : ScriptedFunction.Ok;
        await StartAsync(s => s with { MaximumRetryAttempts = 1, BisectBatchOnFunctionError = true }, "1", "2", "3", "4");

        _mapping.Pass(30);

        Assert.Equal(["1 2 3 4", "1 2", "3 4", "3", "3", "4"], _mapping.Batches);
        JsonElement record = Assert.Single(_mapping.GivenUp);
        Assert.Equal((2, 1), (Count(record), record.GetProperty("DDBStreamBatchInfo").GetProperty("batchSize").GetInt32()));
    }

    [Fact]
    public async Task Reported_failures_move_the_checkpoint_before_the_lowest_and_the_rest_has_all_its_retries()
    {
        _mapping.Function.Answer = c => $$"""{"batchItemFailures":[{"itemIdentifier":"{{c.SequenceNumberOf("4")}}"},{"itemIdentifier":"{{c.SequenceNumberOf("2")}}"}]}""";
        await StartAsync(s => s with { MaximumRetryAttempts = 1, ReportBatchItemFailures = true }, "1", "2", "3", "4");

        _mapping.Pass(30);

        Assert.Equal(["1 2 3 4", "2 3 4", "2 3 4"], _mapping.Batches);
        JsonElement record = Assert.Single(_mapping.GivenUp);
        Assert.Equal(2, Count(record));
        Assert.Equal(JsonValueKind.Null, record.GetProperty("responseContext").GetProperty("functionError").ValueKind);
    }

    [Fact]
    public async Task A_reported_failure_together_with_bisecting_splits_at_the_failure()
    {
        _mapping.Function.Answer = c => c.Ids.Contains('3') && c.Count > 1 ? $$"""{"batchItemFailures":[{"itemIdentifier":"{{c.SequenceNumberOf("3")}}"}]}""" : ScriptedFunction.Ok;
        await StartAsync(s => s with { ReportBatchItemFailures = true, BisectBatchOnFunctionError = true }, "1", "2", "3", "4");

        _mapping.Pass(30);

        Assert.Equal(["1 2 3 4", "3 4", "3", "4"], _mapping.Batches);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"batchItemFailures":[]}""")]
    [InlineData("""{"batchItemFailures":null}""")]
    public async Task An_answer_without_failures_is_success(string answer)
    {
        _mapping.Function.Answer = _ => answer;
        await StartAsync(s => s with { ReportBatchItemFailures = true }, "a");

        _mapping.Pass(10);

        Assert.Equal(["a"], _mapping.Batches);
    }

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("""{"batchItemFailures":[{"foo":"100002"}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"100002"},{"itemIdentifier":"of another batch"}]}""")]
    public async Task An_identifier_that_names_no_record_of_the_batch_fails_the_whole_batch(string answer)
    {
        _mapping.Function.Answer = _ => answer;
        await StartAsync(s => s with { ReportBatchItemFailures = true, MaximumRetryAttempts = 1 }, "a", "b");

        _mapping.Pass(10);

        Assert.Equal(["a b", "a b"], _mapping.Batches);
        Assert.Equal(JsonValueKind.Null, Assert.Single(_mapping.GivenUp).GetProperty("responseContext").GetProperty("functionError").ValueKind);
    }

    [Fact]
    public async Task Without_the_setting_reported_failures_are_ignored()
    {
        _mapping.Function.Answer = c => $$"""{"batchItemFailures":[{"itemIdentifier":"{{c.SequenceNumberOf("a")}}"}]}""";
        await StartAsync(s => s, "a", "b");

        _mapping.Pass(10);

        Assert.Equal(["a b"], _mapping.Batches);
    }

    [Fact]
    public async Task A_record_that_is_too_old_is_given_up_without_a_call()
    {
        _mapping.Stream.Write("old", createdAt: _mapping.Clock.GetUtcNow().AddSeconds(-90));
        await StartAsync(s => s with { MaximumRecordAgeInSeconds = 60 }, "new");

        _mapping.Pass(1);

        Assert.Equal(["new"], _mapping.Batches);
        JsonElement record = Assert.Single(_mapping.GivenUp);
        Assert.Equal(("RecordAgeExceeded", 1), (Condition(record), Count(record)));
        Assert.False(record.TryGetProperty("responseContext", out _));
    }

    [Fact]
    public async Task Records_that_grow_too_old_while_they_are_retried_are_given_up()
    {
        AlwaysThrow();
        await StartAsync(s => s with { MaximumRecordAgeInSeconds = 60 }, "a");

        _mapping.Pass(200);

        JsonElement record = Assert.Single(_mapping.GivenUp);
        Assert.Equal(("RecordAgeExceeded", _mapping.Function.Calls.Count), (Condition(record), Count(record)));
    }

    [Fact]
    public async Task Of_a_batch_that_is_retried_only_what_is_too_old_is_given_up()
    {
        AlwaysThrow();
        _mapping.Stream.Write("old", createdAt: _mapping.Clock.GetUtcNow().AddSeconds(-50));
        await StartAsync(s => s with { MaximumRecordAgeInSeconds = 60 }, "new");

        _mapping.Pass(20);
        Assert.Equal("old new", _mapping.Batches.First());
        Assert.Equal("new", _mapping.Batches.Last());
        Assert.Equal(1, Assert.Single(_mapping.GivenUp).GetProperty("DDBStreamBatchInfo").GetProperty("batchSize").GetInt32());
        _mapping.Function.Answer = _ => ScriptedFunction.Ok;
        _mapping.Pass(60);

        Assert.Single(_mapping.GivenUp);
        Assert.True(_mapping.Engine.IsIdle);
    }

    [Fact]
    public async Task A_reported_failure_is_told_until_the_batch_succeeds()
    {
        _mapping.Function.Answer = c => _mapping.Function.Calls.Count == 1 ? $$"""{"batchItemFailures":[{"itemIdentifier":"{{c.SequenceNumberOf("b")}}"}]}""" : ScriptedFunction.Ok;
        var told = new List<string?>();
        _mapping.Engine.HandedOver += batch => told.Add(batch.Error);
        await StartAsync(s => s with { ReportBatchItemFailures = true }, "a", "b");

        _mapping.Pass(5);

        Assert.Equal(["The function reported failed records, or returned no state.", null], told);
    }

    [Fact]
    public async Task What_was_done_with_or_given_up_does_not_come_again_after_an_update_and_the_rest_does()
    {
        _mapping.Function.Answer = c => c.Ids.Contains('d') ? throw new AwsException("TooManyRequestsException", "Rate Exceeded.", 429)
            : c.Ids == "a" ? throw new FunctionErrorException("poison")
            : ScriptedFunction.Ok;
        EventSourceMappingState mapping = await StartAsync(s => s with { BatchSize = 1, MaximumRetryAttempts = 0 }, "a", "b", "d", "e");
        _mapping.Pass(5);
        _mapping.Function.Calls.Clear();
        _mapping.Function.Answer = _ => ScriptedFunction.Ok;

        await _mapping.UpdateAsync(mapping.Id, s => s with { BatchSize = 10 });
        _mapping.Pass(5);

        Assert.Equal(["d e"], _mapping.Batches);
    }

    [Fact]
    public async Task After_a_reported_failure_an_update_goes_on_before_the_failed_record()
    {
        _mapping.Function.Answer = c => c.Ids.StartsWith('b')
            ? throw new AwsException("TooManyRequestsException", "Rate Exceeded.", 429)
            : $$"""{"batchItemFailures":[{"itemIdentifier":"{{c.SequenceNumberOf("b")}}"}]}""";
        EventSourceMappingState mapping = await StartAsync(s => s with { ReportBatchItemFailures = true }, "a", "b", "c");
        _mapping.Pass(5);
        _mapping.Function.Calls.Clear();
        _mapping.Function.Answer = _ => ScriptedFunction.Ok;

        await _mapping.UpdateAsync(mapping.Id, s => s with { BatchSize = 10 });
        _mapping.Pass(5);

        Assert.Equal(["b c"], _mapping.Batches);
    }

    [Fact]
    public async Task Refusals_back_off_as_failures_do_and_begin_anew_after_a_call_that_got_through()
    {
        _mapping.Function.Answer = _ => _mapping.Function.Calls.Count == 4 ? throw new FunctionErrorException("poison") : throw new AwsException("TooManyRequestsException", "Rate Exceeded.", 429);
        await StartAsync(s => s, "a");

        _mapping.Pass(15);

        double[] pauses = [.. _mapping.Function.Calls.Zip(_mapping.Function.Calls.Skip(1), (a, b) => (b.At - a.At).TotalSeconds)];
        Assert.Equal([1, 2, 4, 1, 1, 2], pauses.Take(6));
    }

    [Fact]
    public async Task Throttling_is_retried_and_uses_up_no_attempt()
    {
        _mapping.Function.Answer = _ => _mapping.Function.Calls.Count <= 5 ? throw new AwsException("TooManyRequestsException", "Rate Exceeded.", 429) : ScriptedFunction.Ok;
        EventSourceMappingState mapping = await StartAsync(s => s with { MaximumRetryAttempts = 0 }, "a");
        _mapping.Pass(0.5);
        Assert.Contains("TooManyRequestsException", _mapping.Engine.GetShards(mapping.Id)[0].LastError);

        _mapping.Pass(60);

        Assert.Equal(6, _mapping.Function.Calls.Count);
        Assert.Empty(_mapping.GivenUp);
        Assert.True(_mapping.Engine.IsIdle);
    }

    [Fact]
    public async Task A_function_that_is_missing_is_waited_for()
    {
        _mapping.Function.Answer = _ => _mapping.Function.Calls.Count <= 2 ? throw new AwsException("ResourceNotFoundException", "Function not found", 404) : ScriptedFunction.Ok;
        await StartAsync(s => s, "a");

        _mapping.Pass(10);

        Assert.Equal(["a", "a", "a"], _mapping.Batches);
    }

    [Fact]
    public async Task A_failing_shard_does_not_hold_up_another()
    {
        _mapping.Stream.AddShard("shard-2");
        _mapping.Stream.Write("b", "shard-2");
        _mapping.Function.Answer = c => c.Ids == "a" ? throw new FunctionErrorException("poison") : ScriptedFunction.Ok;
        await StartAsync(s => s, "a");

        _mapping.Pass(10);

        Assert.Contains("b", _mapping.Batches);
    }

    [Fact]
    public async Task LastProcessingResult_tells_how_the_last_call_went()
    {
        EventSourceMappingState mapping = await StartAsync(s => s);
        Assert.Equal("No records processed", _mapping.Engine.Get(mapping.Id).LastProcessingResult);
        AlwaysThrow();
        _mapping.Stream.Write("a");
        _mapping.Pass(0.5);
        Assert.Equal("PROBLEM: Function call failed", _mapping.Engine.Get(mapping.Id).LastProcessingResult);
        _mapping.Function.Answer = _ => ScriptedFunction.Ok;
        _mapping.Pass(5);

        Assert.Equal("OK", _mapping.Engine.Get(mapping.Id).LastProcessingResult);
    }

    [Fact]
    public async Task A_destination_that_breaks_is_told_to_the_host_and_the_shard_goes_on()
    {
        var failed = new List<string>();
        _mapping.Engine.DeliveryFailed += (_, arn, error) => failed.Add($"{arn} {error.Code}: {error.Message}");
        _mapping.Mailbox.Breaks = true;
        AlwaysThrow();
        await StartAsync(s => s with { MaximumRetryAttempts = 0 }, "a");
        _mapping.Pass(5);
        _mapping.Function.Answer = _ => ScriptedFunction.Ok;
        _mapping.Stream.Write("b");
        _mapping.Pass(5);

        Assert.Equal([$"{MappingFixture.Queue} InternalFailure: The mailbox is broken."], failed);
        Assert.Equal(["a", "b"], _mapping.Batches);
    }

    [Fact]
    public async Task What_observers_throw_does_not_end_the_shard_and_is_counted()
    {
        _mapping.Engine.HandedOver += _ => throw new InvalidOperationException("The observer is broken.");
        _mapping.Engine.DeliveryFailed += (_, _, _) => throw new InvalidOperationException("The other one, too.");
        _mapping.Mailbox.Refuses = true;
        AlwaysThrow();
        await StartAsync(s => s with { MaximumRetryAttempts = 0 }, "a");
        _mapping.Pass(5);
        _mapping.Function.Answer = _ => ScriptedFunction.Ok;
        _mapping.Stream.Write("b");
        _mapping.Pass(5);

        Assert.Equal(
            [("DeliveryFailed", 1, "InvalidOperationException: The other one, too."), ("HandedOver", 2, "InvalidOperationException: The observer is broken.")],
            _mapping.Engine.Observers.Failures.Select(failure => (failure.Event, failure.Count, failure.FirstError)));
        Assert.Equal(["a", "b"], _mapping.Batches);
    }

    [Fact]
    public async Task A_shard_that_breaks_says_so_and_why()
    {
        var clock = new BreakableClock();
        await using var mapping = new MappingFixture(clock: clock);
        EventSourceMappingState created = await mapping.StartAsync();
        mapping.Stream.Write("a");
        mapping.Pass(2);
        ShardStatus before = Assert.Single(mapping.Engine.GetShards(created.Id));

        clock.Breaks = true;
        clock.Advance(TimeSpan.FromSeconds(1));
        clock.Breaks = false;
        mapping.Pass(11);

        Assert.Null(before.Fault);
        Assert.Equal(
            "It is no longer worked on, which is a fault of the local cloud: InvalidOperationException: The clock is broken.", Assert.Single(mapping.Engine.GetShards(created.Id)).Fault);
        Assert.Equal(
            "PROBLEM: Shard shard-1: It is no longer worked on, which is a fault of the local cloud: InvalidOperationException: The clock is broken.",
            mapping.Engine.Get(created.Id).LastProcessingResult);
    }

    [Fact]
    public async Task A_call_that_failed_is_told_before_a_read_that_failed_which_is_a_fault()
    {
        AlwaysThrow();
        EventSourceMappingState created = await StartAsync(s => s with { MaximumRetryAttempts = 0 }, "a");
        _mapping.Pass(1);
        _mapping.Stream.ReadErrors.Enqueue(new AwsException("InternalServerError", "The stream is down.", 500));
        _mapping.Pass(0.5);

        ShardStatus status = Assert.Single(_mapping.Engine.GetShards(created.Id));
        Assert.Contains("poison", status.LastError, StringComparison.Ordinal);
        Assert.Equal("Reading the stream failed: The stream is down.", status.Fault);
    }

    [Fact]
    public async Task A_shard_that_cannot_be_read_says_so_until_it_can()
    {
        EventSourceMappingState created = await StartAsync(s => s, "a");
        for (int i = 0; i < 10; i++)
        {
            _mapping.Stream.ReadErrors.Enqueue(new AwsException("InternalServerError", "The stream is down.", 500));
        }

        _mapping.Pass(2);
        string? broken = Assert.Single(_mapping.Engine.GetShards(created.Id)).Fault;
        _mapping.Pass(60);

        Assert.Equal("Reading the stream failed: The stream is down.", broken);
        Assert.Null(Assert.Single(_mapping.Engine.GetShards(created.Id)).Fault);
    }

    public ValueTask DisposeAsync() => _mapping.DisposeAsync();

    /// <summary>Nothing else should be able to break a shard.</summary>
    private sealed class BreakableClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero))
    {
        public bool Breaks { get; set; }

        public override DateTimeOffset GetUtcNow() => Breaks ? throw new InvalidOperationException("The clock is broken.") : base.GetUtcNow();
    }

    private static int Count(JsonElement record) => record.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32();

    private static string? Condition(JsonElement record) => record.GetProperty("requestContext").GetProperty("condition").GetString();

    private void AlwaysThrow() => _mapping.Function.Answer = _ => throw new FunctionErrorException("poison");

    private IReadOnlyList<S3Object> Written() => [.. _mapping.Buckets.ListObjects("given-up", new ObjectListing()).Contents];

    private Task<EventSourceMappingState> StartAsync(Func<StreamMappingSettings, StreamMappingSettings> change, params string[] keys) =>
        StartAsync(change, MappingFixture.Queue, keys);

    private Task<EventSourceMappingState> StartAsync(Func<StreamMappingSettings, StreamMappingSettings> change, string destination, string[] keys)
    {
        foreach (string key in keys)
        {
            _mapping.Stream.Write(key);
        }

        return _mapping.StartAsync(s => change(s) with { OnFailure = destination });
    }
}
