namespace LocalAws.Lambda.Functions;

/// <summary>What a function did and what AWS would bill for it.</summary>
/// <param name="Invocations">Invocations that reached a sandbox.</param>
/// <param name="Errors">Those that ended in a function error.</param>
/// <param name="Throttles">Calls refused for want of concurrency.</param>
/// <param name="ColdStarts">Invocations that had to start a sandbox.</param>
/// <param name="Duration">Time inside the handler, in sum.</param>
/// <param name="BilledDuration">Handler and init time, each invocation rounded up to the millisecond, in sum.</param>
/// <param name="GbSeconds">Billed duration times memory in GB, in sum.</param>
public sealed record FunctionStatistics(long Invocations, long Errors, long Throttles, long ColdStarts, TimeSpan Duration, TimeSpan BilledDuration, double GbSeconds);

/// <summary>Counts up to <see cref="FunctionStatistics"/>; any thread may call it.</summary>
internal sealed class FunctionCounters(int memorySize)
{
    private long _invocations;
    private long _errors;
    private long _throttles;
    private long _coldStarts;
    private long _durationTicks;
    private long _billedMilliseconds;

    /// <summary>The mean of the invocations so far.</summary>
    public TimeSpan UsualDuration => TimeSpan.FromTicks(Interlocked.Read(ref _durationTicks) / Math.Max(1, Interlocked.Read(ref _invocations)));

    public void Throttled() => Interlocked.Increment(ref _throttles);

    public void Invoked(TimeSpan duration, TimeSpan billed, bool cold, bool failed)
    {
        Interlocked.Increment(ref _invocations);
        Interlocked.Add(ref _durationTicks, duration.Ticks);
        Interlocked.Add(ref _billedMilliseconds, (long)billed.TotalMilliseconds);
        if (cold)
        {
            Interlocked.Increment(ref _coldStarts);
        }

        if (failed)
        {
            Interlocked.Increment(ref _errors);
        }
    }

    public FunctionStatistics Snapshot()
    {
        TimeSpan billed = TimeSpan.FromMilliseconds(Interlocked.Read(ref _billedMilliseconds));
        return new FunctionStatistics(
            Interlocked.Read(ref _invocations),
            Interlocked.Read(ref _errors),
            Interlocked.Read(ref _throttles),
            Interlocked.Read(ref _coldStarts),
            TimeSpan.FromTicks(Interlocked.Read(ref _durationTicks)),
            billed,
            billed.TotalSeconds * memorySize / 1024);
    }
}
