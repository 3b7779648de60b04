namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>The work of a queue's mapping at a glance.</summary>
/// <param name="Gathered">Messages received and not handed over yet.</param>
/// <param name="BatchesUnderWay">Batches that the function works on, and throttled ones that wait for their next attempt.</param>
/// <param name="Concurrency">How many batches may be under way now.</param>
/// <param name="LastError">Why the last call or receive failed; null when it did not.</param>
/// <param name="LastBatchAt">When the last call was made, or null.</param>
/// <param name="Counts">What it did so far.</param>
public sealed record QueueStatus(int Gathered, int BatchesUnderWay, int Concurrency, string? LastError, DateTimeOffset? LastBatchAt, QueueCounts Counts);

/// <summary>Messages that a queue's mapping worked on, as CloudWatch counts them for a mapping whose MetricsConfig is <c>EventCount</c>.</summary>
/// <param name="Polled">Received.</param>
/// <param name="FilteredOut">Deleted because no filter let them pass.</param>
/// <param name="Invoked">Handed to the function; again with each attempt.</param>
/// <param name="FailedInvoke">Handed to it without success.</param>
/// <param name="Deleted">Deleted after success.</param>
public sealed record QueueCounts(long Polled = 0, long FilteredOut = 0, long Invoked = 0, long FailedInvoke = 0, long Deleted = 0);
