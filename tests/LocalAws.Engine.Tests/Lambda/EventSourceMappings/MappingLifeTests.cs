using LocalAws.Endpoint;
using LocalAws.Lambda.EventSourceMappings;

namespace LocalAws.Tests.Lambda.EventSourceMappings;

public sealed class MappingLifeTests : IAsyncDisposable
{
    private readonly MappingFixture _mapping = new();

    [Fact]
    public async Task A_mapping_is_Creating_then_Enabled()
    {
        EventSourceMappingState created = await _mapping.StartAsync();

        Assert.Equal(("Creating", "User action", "No records processed"), (created.State, created.StateTransitionReason, created.LastProcessingResult));
        Assert.Equal($"arn:aws:lambda:us-east-1:123456789012:event-source-mapping:{created.Id}", created.Arn);
        Assert.Equal("Enabled", _mapping.Engine.Get(created.Id).State);
    }

    [Fact]
    public async Task The_same_function_and_stream_twice_is_a_conflict_that_names_the_first()
    {
        EventSourceMappingState first = await _mapping.StartAsync();

        AwsException error = await Assert.ThrowsAsync<AwsException>(() => _mapping.StartAsync(s => s with { FunctionName = "arn:aws:lambda:us-east-1:123456789012:function:aggregator" }));

        Assert.Equal(("ResourceConflictException", 409), (error.Code, error.StatusCode));
        Assert.Contains(first.Id, error.Message);
    }

    [Fact]
    public async Task An_unknown_stream_is_refused()
    {
        string arn = MemoryStreamSource.Arn.Replace("/raw/", "/other/");

        AwsException error = await Assert.ThrowsAsync<AwsException>(() => _mapping.StartAsync(s => s with { EventSourceArn = arn }));

        Assert.Equal(("InvalidParameterValueException", $"Stream not found: {arn}"), (error.Code, error.Message));
    }

    [Fact]
    public async Task An_unknown_function_is_refused()
    {
        AwsException error = await Assert.ThrowsAsync<AwsException>(() => _mapping.StartAsync(s => s with { FunctionName = "missing" }));

        Assert.Equal(("InvalidParameterValueException", "Function does not exist"), (error.Code, error.Message));
    }

    [Fact]
    public async Task Settings_out_of_range_or_not_imitated_are_refused_by_name()
    {
        (Func<StreamMappingSettings, StreamMappingSettings> Change, string Named)[] refused =
        [
            (s => s with { BatchSize = 0 }, "BatchSize"),
            (s => s with { BatchSize = 10_001 }, "BatchSize"),
            (s => s with { MaximumBatchingWindowInSeconds = -1 }, "MaximumBatchingWindowInSeconds"),
            (s => s with { MaximumBatchingWindowInSeconds = 301 }, "MaximumBatchingWindowInSeconds"),
            (s => s with { TumblingWindowInSeconds = -1 }, "TumblingWindowInSeconds"),
            (s => s with { TumblingWindowInSeconds = 901 }, "TumblingWindowInSeconds"),
            (s => s with { MaximumRetryAttempts = -2 }, "MaximumRetryAttempts"),
            (s => s with { MaximumRetryAttempts = 10_001 }, "MaximumRetryAttempts"),
            (s => s with { MaximumRecordAgeInSeconds = 59 }, "MaximumRecordAgeInSeconds"),
            (s => s with { MaximumRecordAgeInSeconds = 604_801 }, "MaximumRecordAgeInSeconds"),
            (s => s with { ParallelizationFactor = 0 }, "ParallelizationFactor"),
            (s => s with { StartingPosition = "AT_TIMESTAMP" }, "AT_TIMESTAMP"),
            (s => s with { EventSourceArn = "arn:aws:sqs:us-east-1:123456789012:queue" }, "arn:aws:sqs"),
            (s => s with { EventSourceArn = "arn:aws:dynamodb:us-east-1:123456789012:table/raw" }, "table/raw"),
            (s => s with { EventSourceArn = "arn:aws:kinesis:us-east-1:123456789012:x/stream/y" }, "arn:aws:kinesis"),
            (s => s with { Filters = [$$"""{"a":["{{new string('x', 4096 - 9)}}"]}"""] }, "4096"),
            (s => s with { Filters = ["not JSON"] }, "filter pattern"),
            (s => s with { OnFailure = "kafka://topic" }, "kafka://topic"),
            (s => s with { Filters = ["{}", "{}", "{}", "{}", "{}", "{}"] }, "FilterCriteria"),
        ];
        foreach ((Func<StreamMappingSettings, StreamMappingSettings> change, string named) in refused)
        {
            AwsException error = await Assert.ThrowsAsync<AwsException>(() => _mapping.StartAsync(change));
            Assert.Equal("InvalidParameterValueException", error.Code);
            Assert.Contains(named, error.Message);
        }

        Assert.Empty(_mapping.Engine.Mappings);
    }

    [Fact]
    public async Task The_ends_of_each_range_are_settings()
    {
        string longest = $$"""{"a":["{{new string('x', 4096 - 10)}}"]}""";
        Assert.Equal(4096, longest.Length);
        Func<StreamMappingSettings, StreamMappingSettings>[] allowed =
        [
            s => s with { BatchSize = 1, MaximumBatchingWindowInSeconds = 0, TumblingWindowInSeconds = 0, MaximumRetryAttempts = -1, MaximumRecordAgeInSeconds = -1 },
            s => s with { BatchSize = 10_000, MaximumBatchingWindowInSeconds = 300, TumblingWindowInSeconds = 900, MaximumRetryAttempts = 10_000, MaximumRecordAgeInSeconds = 604_800 },
            s => s with { MaximumRetryAttempts = 0, MaximumRecordAgeInSeconds = 60, ParallelizationFactor = 10, Filters = [longest, longest, longest, longest, longest] },
        ];
        foreach (Func<StreamMappingSettings, StreamMappingSettings> change in allowed)
        {
            EventSourceMappingState mapping = await _mapping.StartAsync(change);
            await _mapping.Engine.DeleteAsync(mapping.Id);
        }
    }

    [Fact]
    public async Task A_function_may_have_many_streams_and_a_stream_many_functions()
    {
        await _mapping.StartAsync();
        await _mapping.StartAsync(s => s with { FunctionName = "another" });
        string other = _mapping.Stream.AddStream("other");
        await _mapping.StartAsync(s => s with { EventSourceArn = other });

        Assert.Equal(3, _mapping.Engine.Mappings.Count);
    }

    [Fact]
    public async Task An_update_is_answered_with_the_state_on_the_way_to_the_new_one()
    {
        EventSourceMappingState created = await _mapping.StartAsync();
        _mapping.Pass(5);

        EventSourceMappingState updating = await _mapping.Engine.UpdateAsync(created.Id, s => s with { BatchSize = 7 });
        Assert.Equal(("Updating", created.LastModified.AddSeconds(5)), (updating.State, updating.LastModified));
        Assert.Equal("Disabling", (await _mapping.Engine.UpdateAsync(created.Id, s => s with { Enabled = false })).State);
        Assert.Equal("Updating", (await _mapping.Engine.UpdateAsync(created.Id, s => s with { BatchSize = 8 })).State);
        Assert.Equal("Enabling", (await _mapping.Engine.UpdateAsync(created.Id, s => s with { Enabled = true })).State);
        Assert.Equal("Enabled", _mapping.Engine.Get(created.Id).State);
    }

    [Fact]
    public async Task An_update_that_is_refused_changes_nothing()
    {
        EventSourceMappingState created = await _mapping.StartAsync();

        await Assert.ThrowsAsync<AwsException>(() => _mapping.Engine.UpdateAsync(created.Id, s => s with { BatchSize = 0 }));
        await _mapping.Engine.UpdateAsync(created.Id, s => s with { BatchSize = 7 });

        Assert.Equal(7, _mapping.Engine.Get(created.Id).Settings.BatchSize);
    }

    [Fact]
    public async Task A_mapping_that_does_not_exist_can_be_neither_updated_nor_deleted()
    {
        Assert.Equal(404, (await Assert.ThrowsAsync<AwsException>(() => _mapping.Engine.UpdateAsync("none", s => s))).StatusCode);
        Assert.Equal(404, (await Assert.ThrowsAsync<AwsException>(() => _mapping.Engine.DeleteAsync("none"))).StatusCode);
    }

    [Fact]
    public async Task What_waits_for_a_disabled_mapping_does_not_keep_the_cloud_busy()
    {
        EventSourceMappingState mapping = await _mapping.StartAsync(s => s with { MaximumBatchingWindowInSeconds = 300 });
        _mapping.Stream.Write("a");
        _mapping.Pass(5);
        Assert.False(_mapping.Engine.IsIdle);

        await _mapping.Engine.UpdateAsync(mapping.Id, s => s with { Enabled = false });

        Assert.True(_mapping.Engine.IsIdle);
    }

    [Fact]
    public async Task A_mapping_whose_stream_cannot_be_reached_when_it_begins_is_Enabled_when_it_can()
    {
        await using var slow = new MappingFixture(new() { MappingTransition = TimeSpan.FromSeconds(5) });
        EventSourceMappingState mapping = await slow.StartAsync(s => s with { StartingPosition = "LATEST" });
        slow.Stream.ListError = new AwsException("InternalServerError", "try later", 500);
        slow.Pass(10);
        Assert.Equal("Creating", slow.Engine.Get(mapping.Id).State);
        slow.Stream.Write("before");

        slow.Stream.ListError = null;
        slow.Pass(1);
        Assert.Equal("Enabled", slow.Engine.Get(mapping.Id).State);
        slow.Stream.Write("after");
        slow.Pass(1);

        Assert.Equal(["after"], slow.Batches);
    }

    [Fact]
    public async Task A_disabled_mapping_goes_on_where_it_was_when_enabled_again()
    {
        EventSourceMappingState mapping = await _mapping.StartAsync();
        _mapping.Stream.Write("a");
        _mapping.Pass(1);
        EventSourceMappingState updating = await _mapping.Engine.UpdateAsync(mapping.Id, s => s with { Enabled = false });
        Assert.Equal(("Disabling", "Disabled"), (updating.State, _mapping.Engine.Get(mapping.Id).State));
        _mapping.Stream.Write("b");
        _mapping.Pass(5);
        Assert.Equal(["a"], _mapping.Batches);

        await _mapping.Engine.UpdateAsync(mapping.Id, s => s with { Enabled = true });
        _mapping.Pass(1);

        Assert.Equal(["a", "b"], _mapping.Batches);
    }

    [Fact]
    public async Task An_update_takes_effect_and_loses_no_waiting_record()
    {
        EventSourceMappingState mapping = await _mapping.StartAsync(s => s with { MaximumBatchingWindowInSeconds = 300 });
        _mapping.Stream.Write("a");
        _mapping.Pass(5);

        await _mapping.Engine.UpdateAsync(mapping.Id, s => s with { MaximumBatchingWindowInSeconds = 1 });
        _mapping.Pass(2);

        Assert.Equal(["a"], _mapping.Batches);
    }

    [Fact]
    public async Task A_deleted_mapping_reads_no_more()
    {
        EventSourceMappingState mapping = await _mapping.StartAsync();
        Assert.Equal("Deleting", (await _mapping.Engine.DeleteAsync(mapping.Id)).State);
        _mapping.Stream.Write("a");

        _mapping.Pass(5);

        Assert.Empty(_mapping.Batches);
        Assert.Equal(404, Assert.Throws<AwsException>(() => _mapping.Engine.Get(mapping.Id)).StatusCode);
    }

    public ValueTask DisposeAsync() => _mapping.DisposeAsync();
}
