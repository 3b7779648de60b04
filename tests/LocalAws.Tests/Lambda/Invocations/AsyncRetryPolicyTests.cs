using FsCheck.Xunit;
using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;

namespace LocalAws.Tests.Lambda.Invocations;

public class AsyncRetryPolicyTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly AsyncInvocationSettings Settings = new();

    [Fact]
    public void Throttles_back_off_from_1_second_up_to_5_minutes()
    {
        var pauses = new List<double>();
        var progress = new AsyncProgress(Start);
        for (int i = 0; i < 11; i++)
        {
            var retry = Assert.IsType<AsyncDecision.Retry>(AsyncRetryPolicy.Throttled(Settings, progress, Start));
            pauses.Add(retry.After.TotalSeconds);
            progress = retry.Progress;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], pauses);
        Assert.Equal(0, progress.Attempts);
    }

    [Fact]
    public void An_event_whose_age_is_over_is_given_up_as_EventAgeExceeded()
    {
        AsyncDecision decision = AsyncRetryPolicy.Throttled(Settings with { MaximumEventAgeInSeconds = 60 }, new AsyncProgress(Start), Start.AddSeconds(59.5));

        Assert.Equal("EventAgeExceeded", Assert.IsType<AsyncDecision.End>(decision).Condition);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void A_failing_event_is_attempted_once_more_than_it_may_be_retried(int retries, int attempts)
    {
        var progress = new AsyncProgress(Start);
        AsyncDecision decision;
        while ((decision = AsyncRetryPolicy.Failed(Settings with { MaximumRetryAttempts = retries }, progress, Start)) is AsyncDecision.Retry retry)
        {
            progress = retry.Progress;
        }

        var end = Assert.IsType<AsyncDecision.End>(decision);
        Assert.Equal(("RetriesExhausted", attempts), (end.Condition, end.Progress.Attempts));
    }

    [Property]
    public bool However_failures_and_throttles_mix_an_event_ends_within_its_age(bool[] throttled, byte stepSeconds)
    {
        DateTimeOffset now = Start;
        var progress = new AsyncProgress(Start);
        for (int i = 0; i < 10_000; i++)
        {
            bool throttle = throttled.Length > 0 && throttled[i % throttled.Length];
            AsyncDecision decision = throttle ? AsyncRetryPolicy.Throttled(Settings, progress, now) : AsyncRetryPolicy.Failed(Settings, progress, now);
            if (decision is AsyncDecision.End end)
            {
                return end.Progress.Attempts <= 3;
            }

            var retry = (AsyncDecision.Retry)decision;
            progress = retry.Progress;
            now += retry.After;
            if (now >= Start.AddSeconds(Settings.MaximumEventAgeInSeconds))
            {
                return false;
            }

            now = now.AddSeconds(stepSeconds);
        }

        return false;
    }
}
