namespace LocalAws.Lambda.EventSourceMappings.Queues;

/// <summary>
/// How many batches may be under way at once: 5 at first; while all of them are, 5 more a second (300 a minute) up to 1,000, or to MaximumConcurrency;
/// half as many after a failure, but 2. Source: Lambda developer guide, "Configuring scaling behavior for SQS event source mappings"; that a
/// failure makes it half is ours, AWS says only that it slows down.
/// </summary>
/// <param name="maximum">MaximumConcurrency.</param>
internal sealed class BatchConcurrency(int? maximum)
{
    private const int First = 5;
    private const int Least = 2;
    private const int Most = 1000;
    private const int MoreEachSecond = 5;

    private readonly int _most = maximum ?? Most;
    private int _allowed = Math.Min(First, maximum ?? Most);
    private DateTimeOffset? _fullSince;

    /// <summary>How many now.</summary>
    public int Allowed => _allowed;

    /// <summary>When there will be more unless one ends before; null when that will not be.</summary>
    public DateTimeOffset? GrowsAt => _allowed < _most ? _fullSince?.AddSeconds(1) : null;

    /// <summary>So many are under way.</summary>
    public void See(int underWay, DateTimeOffset now)
    {
        if (underWay < _allowed)
        {
            _fullSince = null;
            _allowed = underWay == 0 ? Math.Min(First, _most) : _allowed;
            return;
        }

        _fullSince ??= now;
        int seconds = (int)(now - _fullSince.Value).TotalSeconds;
        _allowed = Math.Min(_most, _allowed + (seconds * MoreEachSecond));
        _fullSince = _fullSince.Value.AddSeconds(seconds);
    }

    /// <summary>A batch failed or was refused.</summary>
    public void SlowDown() => (_allowed, _fullSince) = (Math.Max(Least, _allowed / 2), null);
}
