using Microsoft.Extensions.Time.Testing;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Lambda.Functions;

namespace LocalAws.Tests.Lambda.Functions;

public sealed class FunctionDefinitionTests : IAsyncDisposable
{
    private readonly LambdaFixture _lambda = new();

    [Fact]
    public void Settings_out_of_range_or_not_imitated_are_refused_by_name()
    {
        (Func<FunctionDefinition, FunctionDefinition> Change, string Named)[] refused =
        [
            (d => d with { Name = "no spaces" }, "no spaces"),
            (d => d with { Timeout = TimeSpan.FromSeconds(901) }, "Timeout"),
            (d => d with { Timeout = TimeSpan.Zero }, "Timeout"),
            (d => d with { MemorySize = 64 }, "MemorySize"),
            (d => d with { ReservedConcurrency = -1 }, "ReservedConcurrency"),
            (d => d with { AsyncInvocation = new AsyncInvocationSettings { MaximumRetryAttempts = 3 } }, "MaximumRetryAttempts"),
            (d => d with { AsyncInvocation = new AsyncInvocationSettings { MaximumEventAgeInSeconds = 59 } }, "MaximumEventAgeInSeconds"),
            (d => d with { AsyncInvocation = new AsyncInvocationSettings { OnFailure = "arn:aws:s3:::bucket" } }, "OnFailure"),
            (d => d with { DeadLetterTargetArn = "arn:aws:lambda:us-east-1:123456789012:function:x" }, "DeadLetterTargetArn"),
        ];
        foreach ((Func<FunctionDefinition, FunctionDefinition> change, string named) in refused)
        {
            AwsException error = Assert.Throws<AwsException>(() => _lambda.Create("f", Task.FromResult, change));
            Assert.Equal("InvalidParameterValueException", error.Code);
            Assert.Contains(named, error.Message);
        }

        Assert.Empty(_lambda.Engine.Functions);
    }

    [Fact]
    public void A_name_that_is_taken_is_a_conflict()
    {
        _lambda.Create("f", Task.FromResult);

        AwsException error = Assert.Throws<AwsException>(() => _lambda.Create("f", Task.FromResult));

        Assert.Equal(("ResourceConflictException", 409), (error.Code, error.StatusCode));
    }

    [Fact]
    public async Task Statistics_bill_duration_times_memory()
    {
        var real = new FakeTimeProvider();
        await using var lambda = new LambdaFixture(new LambdaOptions { RealTime = real });
        lambda.Create("f", payload =>
        {
            real.Advance(TimeSpan.FromMilliseconds(30));
            return Task.FromResult(payload);
        }, d => d with { MemorySize = 2048 });

        await lambda.InvokeAsync("f", "1");

        FunctionStatistics statistics = lambda.Engine.GetStatistics("f");
        Assert.Equal((1, 0, 1), (statistics.Invocations, statistics.Errors, statistics.ColdStarts));
        Assert.Equal(TimeSpan.FromMilliseconds(30), statistics.BilledDuration);
        Assert.Equal(statistics.BilledDuration.TotalSeconds * 2, statistics.GbSeconds, 9);
    }

    [Fact]
    public async Task A_delegate_that_runs_out_of_time_times_out_like_a_process()
    {
        _lambda.Create("f", _ => new TaskCompletionSource<string>().Task, d => d with { Timeout = TimeSpan.FromSeconds(0.1) });

        Assert.Contains("Task timed out after 0.10 seconds", (await _lambda.InvokeAsync("f", "1")).Text());
    }

    public ValueTask DisposeAsync() => _lambda.DisposeAsync();
}
