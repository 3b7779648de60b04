using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

public sealed class BatchingTests : IAsyncDisposable
{
    private readonly MappingFixture _mapping = new();

    [Fact]
    public async Task Without_a_batching_window_a_record_is_handed_over_at_the_next_poll()
    {
        await _mapping.StartAsync();
        _mapping.Stream.Write("a");

        _mapping.Pass(0.25);

        Assert.Equal(["a"], _mapping.Batches);
    }

    [Fact]
    public async Task A_shard_is_read_four_times_a_second()
    {
        await _mapping.StartAsync();

        _mapping.Pass(10);

        Assert.InRange(_mapping.Stream.Reads.Count, 40, 42);
    }

    [Fact]
    public async Task The_batching_timer_starts_with_the_first_waiting_record()
    {
        await _mapping.StartAsync(s => s with { MaximumBatchingWindowInSeconds = 20 });
        _mapping.Pass(60);
        DateTimeOffset written = _mapping.Clock.GetUtcNow();
        _mapping.Stream.Write("a");
        _mapping.Pass(10);
        _mapping.Stream.Write("b");
        _mapping.Pass(30);

        Assert.Equal(["a b"], _mapping.Batches);
        Assert.InRange(_mapping.Function.Calls[0].At - written, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20.3));
    }

    [Fact]
    public async Task The_batching_timer_of_records_already_waiting_starts_when_the_batch_before_was_handed_over()
    {
        await _mapping.StartAsync(s => s with { BatchSize = 2, MaximumBatchingWindowInSeconds = 5 });
        foreach (string key in new[] { "1", "2", "3", "4", "5" })
        {
            _mapping.Stream.Write(key);
        }

        _mapping.Pass(10);

        Assert.Equal(["1 2", "3 4", "5"], _mapping.Batches);
        Assert.Equal(TimeSpan.FromSeconds(5), _mapping.Function.Calls[2].At - _mapping.Function.Calls[1].At);
    }

    [Fact]
    public async Task A_full_batch_does_not_wait_for_the_batching_window()
    {
        await _mapping.StartAsync(s => s with { BatchSize = 3, MaximumBatchingWindowInSeconds = 300 });
        _mapping.Stream.Write("a");
        _mapping.Stream.Write("b");
        _mapping.Stream.Write("c");

        _mapping.Pass(0.5);

        Assert.Equal(["a b c"], _mapping.Batches);
    }

    [Fact]
    public async Task A_batch_is_cut_before_its_event_exceeds_6_MB()
    {
        await _mapping.StartAsync(s => s with { MaximumBatchingWindowInSeconds = 5 });
        for (int i = 0; i < 20; i++)
        {
            _mapping.Stream.Write($"{i}", padding: 400_000);
        }

        _mapping.Pass(10);

        Assert.Equal([15, 5], _mapping.Function.Calls.Select(c => c.Count));
        Assert.All(_mapping.Function.Calls, c => Assert.True(c.Bytes <= 6_291_556));
    }

    [Fact]
    public async Task A_batch_may_hold_more_records_than_one_read_brings()
    {
        for (int i = 0; i < 2_500; i++)
        {
            _mapping.Stream.Write($"{i}");
        }

        await _mapping.StartAsync(s => s with { BatchSize = 10_000, MaximumBatchingWindowInSeconds = 1 });
        _mapping.Pass(2);

        Assert.Equal([2_500], _mapping.Function.Calls.Select(c => c.Count));
    }

    [Fact]
    public async Task A_full_page_is_followed_by_the_next_at_once()
    {
        for (int i = 0; i < 2_500; i++)
        {
            _mapping.Stream.Write($"{i}");
        }

        await _mapping.StartAsync(s => s with { BatchSize = 10_000, MaximumBatchingWindowInSeconds = 1 });

        Assert.Equal(3, _mapping.Stream.Reads.Count);
        _mapping.Pass(0.2);
        Assert.Equal(3, _mapping.Stream.Reads.Count);
    }

    [Fact]
    public async Task A_shard_is_not_read_further_than_the_next_batch_may_hold()
    {
        for (int i = 0; i < 1_500; i++)
        {
            _mapping.Stream.Write($"{i}");
        }

        _mapping.Function.Answer = _ => throw new FunctionErrorException("poison");
        await _mapping.StartAsync(s => s with { BatchSize = 10 });
        _mapping.Pass(10);

        Assert.Single(_mapping.Stream.Reads);
    }

    [Fact]
    public async Task The_event_is_the_records_as_the_stream_gave_them()
    {
        await _mapping.StartAsync();
        string sequenceNumber = _mapping.Stream.Write("a");

        _mapping.Pass(0.5);

        Assert.Equal(
            $$$"""{"Records":[{"eventID":"{{{sequenceNumber}}}","eventName":"INSERT","dynamodb":{"Keys":{"id":{"S":"a"}},"Pad":"","SequenceNumber":"{{{sequenceNumber}}}"}}]}""",
            _mapping.Function.Calls[0].Event.GetRawText());
    }

    [Fact]
    public async Task LATEST_begins_when_the_mapping_becomes_enabled()
    {
        await using var slow = new MappingFixture(new() { MappingTransition = TimeSpan.FromSeconds(30) });
        EventSourceMappingState mapping = await slow.StartAsync(s => s with { StartingPosition = "LATEST" });
        slow.Stream.Write("before");
        slow.Pass(29);
        Assert.Equal("Creating", slow.Engine.Get(mapping.Id).State);
        slow.Pass(2);
        Assert.Equal("Enabled", slow.Engine.Get(mapping.Id).State);
        slow.Stream.Write("after");
        slow.Pass(70);

        Assert.Equal(["after"], slow.Batches);
    }

    [Fact]
    public async Task TRIM_HORIZON_begins_with_the_oldest_record()
    {
        _mapping.Stream.Write("old");

        await _mapping.StartAsync();
        _mapping.Pass(0.5);

        Assert.Equal(["old"], _mapping.Batches);
    }

    [Fact]
    public async Task A_parent_is_drained_before_its_children_are_read()
    {
        _mapping.Stream.AddShard("shard-2", "shard-1");
        _mapping.Stream.Write("child", "shard-2");
        _mapping.Function.Answer = c => c.Ids == "parent" && _mapping.Function.Calls.Count < 3 ? throw new FunctionErrorException("not yet") : ScriptedFunction.Ok;
        _mapping.Stream.Write("parent");
        _mapping.Stream.Close("shard-1");

        await _mapping.StartAsync();
        _mapping.Pass(30);

        Assert.Equal(["parent", "parent", "parent", "child"], _mapping.Batches);
    }

    [Fact]
    public async Task A_shard_that_appears_later_is_read_from_its_beginning_even_with_LATEST()
    {
        await _mapping.StartAsync(s => s with { StartingPosition = "LATEST" });
        _mapping.Stream.AddShard("shard-2", "shard-1");
        _mapping.Stream.Write("a", "shard-2");
        _mapping.Stream.Close("shard-1");

        _mapping.Pass(1);

        Assert.Equal(["a"], _mapping.Batches);
    }

    [Fact]
    public async Task A_shard_whose_parent_is_gone_is_read()
    {
        _mapping.Stream.AddShard("shard-3", "shard-2");
        _mapping.Stream.Write("a", "shard-3");

        await _mapping.StartAsync();
        _mapping.Pass(1);

        Assert.Equal(["a"], _mapping.Batches);
    }

    [Fact]
    public async Task When_what_comes_next_is_gone_from_the_stream_it_goes_on_with_the_oldest_record_there_is()
    {
        await _mapping.StartAsync();
        _mapping.Stream.Write("a");
        _mapping.Pass(0.5);
        _mapping.Stream.ReadErrors.Enqueue(new AwsException("TrimmedDataAccessException", "trimmed"));
        _mapping.Stream.Write("b");
        _mapping.Pass(1);

        Assert.Equal(["a", "a b"], _mapping.Batches);
    }

    [Fact]
    public async Task An_expired_iterator_is_renewed_and_no_record_lost_or_repeated()
    {
        await _mapping.StartAsync();
        _mapping.Stream.Write("a");
        _mapping.Pass(0.5);
        _mapping.Stream.ExpireIterators();
        _mapping.Stream.Write("b");
        _mapping.Pass(1);

        Assert.Equal(["a", "b"], _mapping.Batches);
    }

    [Fact]
    public async Task A_failing_read_is_shown_and_tried_again()
    {
        EventSourceMappingState mapping = await _mapping.StartAsync();
        _mapping.Stream.ReadErrors.Enqueue(new AwsException("InternalServerError", "try later", 500));
        _mapping.Stream.Write("a");
        _mapping.Pass(0.5);
        Assert.Contains("try later", _mapping.Engine.GetShards(mapping.Id)[0].LastError);
        _mapping.Pass(2);

        Assert.Equal(["a"], _mapping.Batches);
        Assert.Null(_mapping.Engine.GetShards(mapping.Id)[0].LastError);
        Assert.Equal([0, 0.25, 1.25, 1.5], _mapping.Stream.Reads.Take(4).Select(at => (at - _mapping.Stream.Reads[0]).TotalSeconds));
    }

    [Fact]
    public async Task A_stream_that_cannot_be_reached_is_shown_and_tried_again()
    {
        EventSourceMappingState mapping = await _mapping.StartAsync();
        _mapping.Stream.ListError = new AwsException("InternalServerError", "try later", 500);
        _mapping.Pass(11);
        Assert.Equal("PROBLEM: Reaching the stream failed: try later", _mapping.Engine.Get(mapping.Id).LastProcessingResult);
        _mapping.Stream.ListError = null;
        _mapping.Stream.Write("a");
        _mapping.Pass(1);

        Assert.Equal(["a"], _mapping.Batches);
        Assert.Equal("OK", _mapping.Engine.Get(mapping.Id).LastProcessingResult);
    }

    [Fact]
    public async Task Only_records_that_pass_a_filter_are_handed_over_and_the_others_are_done_with()
    {
        await _mapping.StartAsync(s => s with { Filters = ["""{"dynamodb":{"Keys":{"id":{"S":[{"prefix":"a"}]}}}}""", """{"dynamodb":{"Keys":{"id":{"S":["exact"]}}}}"""] });
        foreach (string key in new[] { "a1", "b1", "exact", "c1" })
        {
            _mapping.Stream.Write(key);
        }

        _mapping.Pass(1);

        Assert.Equal(["a1 exact"], _mapping.Batches);
        Assert.True(_mapping.Engine.IsIdle);
    }

    [Fact]
    public async Task Status_tells_iterator_age_and_waiting_records()
    {
        EventSourceMappingState mapping = await _mapping.StartAsync(s => s with { MaximumBatchingWindowInSeconds = 60 });
        _mapping.Stream.Write("a");
        _mapping.Stream.Write("b");
        _mapping.Pass(10);

        ShardStatus status = Assert.Single(_mapping.Engine.GetShards(mapping.Id));
        Assert.Equal((2, TimeSpan.FromSeconds(10), false), (status.Waiting, status.IteratorAge, _mapping.Engine.IsIdle));
        _mapping.Pass(60);
        status = Assert.Single(_mapping.Engine.GetShards(mapping.Id));
        Assert.Equal((0, TimeSpan.Zero, true), (status.Waiting, status.IteratorAge, _mapping.Engine.IsIdle));
    }

    [Fact]
    public async Task Shards_are_told_in_the_order_of_their_names_and_one_that_waits_keeps_the_mapping_busy()
    {
        string[] names = [.. Enumerable.Range(1, 9).Select(n => $"shard-{n}")];
        foreach (string name in names.Skip(1).Reverse())
        {
            _mapping.Stream.AddShard(name);
        }

        EventSourceMappingState mapping = await _mapping.StartAsync(s => s with { MaximumBatchingWindowInSeconds = 60 });
        Assert.True(_mapping.Engine.IsIdle);
        _mapping.Stream.Write("a", "shard-5");
        _mapping.Pass(1);

        Assert.Equal(names, _mapping.Engine.GetShards(mapping.Id).Select(shard => shard.ShardId));
        Assert.False(_mapping.Engine.IsIdle);
    }

    [Fact]
    public async Task Status_tells_the_last_call_and_when_a_shard_is_finished()
    {
        EventSourceMappingState mapping = await _mapping.StartAsync();
        Assert.Null(Assert.Single(_mapping.Engine.GetShards(mapping.Id)).LastBatchAt);
        _mapping.Stream.Write("a");
        _mapping.Pass(1);
        ShardStatus open = Assert.Single(_mapping.Engine.GetShards(mapping.Id));
        _mapping.Stream.Close("shard-1");
        _mapping.Pass(1);

        Assert.Equal((_mapping.Function.Calls[0].At, false), (open.LastBatchAt, open.Finished));
        Assert.True(Assert.Single(_mapping.Engine.GetShards(mapping.Id)).Finished);
    }

    [Fact]
    public async Task Each_call_is_told_to_observers()
    {
        var seen = new List<BatchHandedOver>();
        _mapping.Engine.HandedOver += seen.Add;
        await _mapping.StartAsync();
        _mapping.Stream.Write("a");
        _mapping.Pass(1);

        BatchHandedOver batch = Assert.Single(seen);
        Assert.Equal(("aggregator", "shard-1", BatchKind.Records, 1, null), (batch.FunctionName, batch.ShardId, batch.Kind, batch.Records.Count, batch.Error));
        Assert.Equal(("request-1", TimeSpan.Zero, _mapping.Function.Calls[0].At), (batch.RequestId, batch.Duration, batch.At));
    }

    public ValueTask DisposeAsync() => _mapping.DisposeAsync();
}
