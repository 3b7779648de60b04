using LocalAws.Lambda.Functions;

namespace LocalAws.Lambda.Invocations;

/// <summary>How far an asynchronous event has come.</summary>
/// <param name="AcceptedAt">When it entered the queue.</param>
/// <param name="Attempts">Attempts that reached the function.</param>
/// <param name="Throttles">Attempts refused in a row.</param>
internal sealed record AsyncProgress(DateTimeOffset AcceptedAt, int Attempts = 0, int Throttles = 0);

/// <summary>What happens next to an asynchronous event.</summary>
internal abstract record AsyncDecision
{
    /// <summary>Try again after a while.</summary>
    public sealed record Retry(TimeSpan After, AsyncProgress Progress) : AsyncDecision;

    /// <summary>It is over; the condition is the one its destination record carries.</summary>
    public sealed record End(string Condition, AsyncProgress Progress) : AsyncDecision;
}

/// <summary>
/// AWS's rules for asynchronous events: function errors are retried after one and two minutes; throttles go back to the queue for 1 second to
/// 5 minutes without using up attempts; the event's age bounds both.
/// </summary>
internal static class AsyncRetryPolicy
{
    public const string Success = "Success";
    public const string RetriesExhausted = "RetriesExhausted";
    public const string EventAgeExceeded = "EventAgeExceeded";

    private static readonly TimeSpan MaxThrottleBackOff = TimeSpan.FromMinutes(5);

    public static AsyncDecision Succeeded(AsyncProgress progress) => new AsyncDecision.End(Success, progress with { Attempts = progress.Attempts + 1 });

    public static AsyncDecision Failed(AsyncInvocationSettings settings, AsyncProgress progress, DateTimeOffset now)
    {
        AsyncProgress next = progress with { Attempts = progress.Attempts + 1, Throttles = 0 };
        return next.Attempts > settings.MaximumRetryAttempts
            ? new AsyncDecision.End(RetriesExhausted, next)
            : Within(settings, next, TimeSpan.FromMinutes(next.Attempts), now);
    }

    public static AsyncDecision Throttled(AsyncInvocationSettings settings, AsyncProgress progress, DateTimeOffset now)
    {
        AsyncProgress next = progress with { Throttles = progress.Throttles + 1 };
        TimeSpan backOff = TimeSpan.FromSeconds(Math.Min(MaxThrottleBackOff.TotalSeconds, Math.Pow(2, Math.Min(next.Throttles - 1, 30))));
        return Within(settings, next, backOff, now);
    }

    private static AsyncDecision Within(AsyncInvocationSettings settings, AsyncProgress progress, TimeSpan backOff, DateTimeOffset now)
    {
        DateTimeOffset expiry = progress.AcceptedAt.AddSeconds(settings.MaximumEventAgeInSeconds);
        return now + backOff < expiry ? new AsyncDecision.Retry(backOff, progress) : new AsyncDecision.End(EventAgeExceeded, progress);
    }
}
