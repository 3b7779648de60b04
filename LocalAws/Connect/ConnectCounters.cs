namespace LocalAws.Connect;

/// <summary>The running counts behind <see cref="ConnectStatistics"/>.</summary>
internal sealed class ConnectCounters
{
    public long ChatsStarted;
    public long ChatsEnded;
    public long MessagesIn;
    public long MessagesOut;
    public long RepeatsAnswered;
    public long Throttled;
    public long StreamingFailures;

    public ConnectStatistics Snapshot()
    {
        long ended = Interlocked.Read(ref ChatsEnded);
        long started = Interlocked.Read(ref ChatsStarted);
        return new ConnectStatistics(
            started,
            started - ended,
            Interlocked.Read(ref MessagesIn),
            Interlocked.Read(ref MessagesOut),
            Interlocked.Read(ref RepeatsAnswered),
            Interlocked.Read(ref Throttled),
            Interlocked.Read(ref StreamingFailures));
    }
}
