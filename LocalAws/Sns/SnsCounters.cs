namespace LocalAws.Sns;

/// <summary>The running counts behind <see cref="SnsStatistics"/>.</summary>
internal sealed class SnsCounters
{
    public long Published;
    public long Delivered;
    public long FilteredOut;
    public long Retries;
    public long DeadLettered;
    public long Lost;

    public SnsStatistics Snapshot() => new(
        Interlocked.Read(ref Published),
        Interlocked.Read(ref Delivered),
        Interlocked.Read(ref FilteredOut),
        Interlocked.Read(ref Retries),
        Interlocked.Read(ref DeadLettered),
        Interlocked.Read(ref Lost));
}
