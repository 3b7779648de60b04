namespace LocalAws.Connect;

/// <summary>Token buckets on the cloud's clock, one per operation and scope. Safe for use by many threads.</summary>
internal sealed class RequestLimiter(ConnectQuotas quotas, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Operation, string Scope), (double Tokens, long Timestamp)> _buckets = [];

    /// <summary>Takes one request from the operation's quota.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="scope">The account or instance that the quota belongs to.</param>
    /// <returns>False when the quota is used up for now.</returns>
    public bool TryTake(string operation, string scope)
    {
        if (!quotas.Operations.TryGetValue(operation, out RequestQuota? quota))
        {
            return true;
        }

        lock (_lock)
        {
            long now = time.GetTimestamp();
            double tokens = _buckets.TryGetValue((operation, scope), out var bucket)
                ? Math.Min(quota.Burst, bucket.Tokens + time.GetElapsedTime(bucket.Timestamp, now).TotalSeconds * quota.Rate)
                : quota.Burst;
            bool isGranted = tokens >= 1;
            _buckets[(operation, scope)] = (isGranted ? tokens - 1 : tokens, now);
            return isGranted;
        }
    }
}
