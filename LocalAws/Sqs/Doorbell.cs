namespace LocalAws.Sqs;

/// <summary>Wakes everybody who waits for a queue to change.</summary>
internal sealed class Doorbell
{
    private TaskCompletionSource _ring = New();

    /// <summary>Completes with the next ring; taken before looking, so that no ring is missed.</summary>
    public Task NextRing => Volatile.Read(ref _ring).Task;

    public void Ring() => Interlocked.Exchange(ref _ring, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
