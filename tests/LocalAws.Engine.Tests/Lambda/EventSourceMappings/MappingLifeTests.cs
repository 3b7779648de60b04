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
            (s => s with { MaximumBatchingWindowInSeconds = 301 }, "MaximumBatchingWindowInSeconds"),
            (s => s with { TumblingWindowInSeconds = 901 }, "TumblingWindowInSeconds"),
            (s => s with { MaximumRetryAttempts = -2 }, "MaximumRetryAttempts"),
            (s => s with { MaximumRecordAgeInSeconds = 59 }, "MaximumRecordAgeInSeconds"),
            (s => s with { ParallelizationFactor = 0 }, "ParallelizationFactor"),
            (s => s with { StartingPosition = "AT_TIMESTAMP" }, "AT_TIMESTAMP"),
            (s => s with { EventSourceArn = "arn:aws:sqs:us-east-1:123456789012:queue" }, "arn:aws:sqs"),
            (s => s with { OnFailure = "arn:aws:s3:::bucket" }, "arn:aws:s3"),
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
