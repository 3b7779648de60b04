using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.WhatsAppEventHandler.Media;

/// <summary>
/// The files that one invocation needs: fetched side by side, never under a lease, each at most once. A file that is in the bucket already, whoever
/// fetched it, is not fetched again. No bytes of theirs pass this machine meanwhile; what bounds them is End User Messaging's rate, 100 a second for an account.
/// </summary>
/// <param name="media">Where they are; null = none is ever asked for.</param>
/// <param name="lane">Who waits for files.</param>
/// <param name="clock">Measures and waits.</param>
/// <param name="log">Error codes only.</param>
/// <param name="end">The end of the invocation.</param>
internal sealed class IncomingFiles(IMedia? media, FilesLane lane, TimeProvider clock, ILogger log, CancellationToken end)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    private readonly Dictionary<string, Task<FileState>> _fetches = [];
    private readonly HashSet<string> _waitedFor = [];

    private readonly HashSet<string> _underWay = [];
    private readonly HashSet<string> _followed = [];

    /// <summary>What has waited long enough is looked for once more, briefly.</summary>
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    /// <summary>As long as a wake-up comes again from its queue.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>Whether a file that has not come by now is not waited for any more.</summary>
    /// <param name="since">When its message came, in seconds.</param>
    public bool IsOver(long since) => clock.GetUtcNow().ToUnixTimeSeconds() - since > LongestWait.TotalSeconds;

    /// <summary>Whether this invocation has fetched files, which takes time.</summary>
    public bool HasFetched { get; private set; }

    /// <summary>Notes that a file of an aggregate follows it.</summary>
    public void Follow(string sortKey) => _followed.Add(sortKey);

    /// <summary>Whether this invocation has let a file follow an aggregate.</summary>
    public bool HasFollowing(string sortKey) => _followed.Contains(sortKey);

    /// <summary>What is known of a file; null when it has not been asked for.</summary>
    public FileState? StateOf(CustomerFile file) => _fetches.TryGetValue(file.Prefix, out Task<FileState>? fetch) && fetch.IsCompletedSuccessfully ? fetch.Result
        : _waitedFor.Contains(file.Prefix) ? FileState.Late
        : null;

    /// <summary>Reads a file that is there.</summary>
    public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken) => media!.OpenAsync(file, cancellationToken);

    /// <summary>Has files fetched, and waits for them; what is not there by then goes on being fetched, and is late.</summary>
    /// <param name="needed">What is needed, and how long it may take.</param>
    /// <exception cref="ForFilesQueueException">Others wait for it, or it is waited for later.</exception>
    public async Task FetchAsync(FilesNeededException needed)
    {
        IReadOnlyList<CustomerFile> files = needed.Files;
        TimeSpan age = needed.Since < clock.GetUtcNow() ? clock.GetUtcNow() - needed.Since.Value : TimeSpan.Zero;
        bool wasWaitedFor = files.All(file => _waitedFor.Contains(file.Prefix));
        switch (lane)
        {
            case FilesLane.Elsewhere when wasWaitedFor || needed.IsLate || age < needed.Patience:
                throw new ForFilesQueueException(TimeSpan.Zero);
            case FilesLane.Elsewhere:
                // Those who wait for files have more to do than they can: what was written after these goes on.
                _waitedFor.UnionWith(files.Select(file => file.Prefix));
                return;
            case FilesLane.Own when wasWaitedFor && needed.IsLate && !files.Any(file => _underWay.Contains(file.Prefix)):
                throw new ForFilesQueueException(TimeSpan.FromTicks(Math.Clamp(age.Ticks / 4, ShortestDelay.Ticks, LongestDelay.Ticks)));
        }

        TimeSpan patience = needed.IsLate ? needed.Patience : needed.Patience - age > ShortestPatience ? needed.Patience - age : ShortestPatience;
        Task[] fetches = [.. files.Select(Begin)];
        var over = new TaskCompletionSource();
        using ITimer timer = clock.CreateTimer(_ => over.TrySetResult(), null, patience, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration ended = end.Register(() => over.TrySetResult());
        _ = TellWhenAllAreOverAsync(fetches, over);
        await over.Task;
        end.ThrowIfCancellationRequested();
        _waitedFor.UnionWith(files.Select(file => file.Prefix));
    }

    /// <summary>Not by <see cref="Task.WhenAny(Task[])"/>, which may go on upon another thread than its tasks: the simulation has one.</summary>
    private static async Task TellWhenAllAreOverAsync(Task[] fetches, TaskCompletionSource over)
    {
        foreach (Task fetch in fetches)
        {
            try
            {
                await fetch;
            }
            catch (Exception)
            {
                // Then it has not come: nothing is known of it.
            }
        }

        over.TrySetResult();
    }

    private Task Begin(CustomerFile file)
    {
        if (!_fetches.TryGetValue(file.Prefix, out Task<FileState>? fetch))
        {
            _fetches.Add(file.Prefix, fetch = FetchAsync(file));
        }

        return fetch;
    }

    private async Task<FileState> FetchAsync(CustomerFile file)
    {
        for (int attempt = 0; ; attempt++)
        {
            if (await TryFetchAsync(file, attempt) is { } state)
            {
                return state;
            }

            TimeSpan delay = First * Math.Pow(2, Math.Min(attempt, 8));
            await Task.Delay(delay < Longest ? delay : Longest, clock, end);
        }
    }

    /// <returns>Null when it is to be tried again.</returns>
    private async Task<FileState?> TryFetchAsync(CustomerFile file, int attempt)
    {
        try
        {
            if (await media!.FindAsync(file, end) is { } found)
            {
                return new FileState(found, default);
            }

            if (file is { MediaId: null } or { OriginationNumber: null })
            {
                return new FileState(null, FileWords.NotFetched);
            }

            _underWay.Add(file.Prefix);
            HasFetched = true;
            await media.FetchAsync(file, end);
            return await media.FindAsync(file, end) is { } fetched ? new FileState(fetched, default) : null;
        }
        catch (MediaException failure)
        {
            log.FileNotFetched(failure.Operation, failure.ErrorCode, attempt + 1);
            return failure.Words is { } words ? new FileState(null, words) : null;
        }
        finally
        {
            _underWay.Remove(file.Prefix);
        }
    }
}

/// <summary>An aggregate cannot be delivered before its files were asked for, which takes longer than a lease may be held.</summary>
/// <param name="files">Which.</param>
/// <param name="patience">How long the aggregate waits for them.</param>
/// <param name="since">Since when it waits; null when that is not known.</param>
/// <param name="isLate">Whether nothing waits but the files themselves.</param>
internal sealed class FilesNeededException(IReadOnlyList<CustomerFile> files, TimeSpan patience, DateTimeOffset? since, bool isLate) : Exception("Files are to be fetched first.")
{
    public IReadOnlyList<CustomerFile> Files { get; } = files;

    /// <summary>How long the aggregate waits for them.</summary>
    public TimeSpan Patience { get; } = patience;

    /// <summary>Since when it waits; null when that is not known.</summary>
    public DateTimeOffset? Since { get; } = since;

    /// <summary>Whether nothing waits but the files themselves.</summary>
    public bool IsLate { get; } = isLate;

    /// <summary>The same of several.</summary>
    public FilesNeededException With(IEnumerable<CustomerFile> all) => new([.. all], Patience, Since, IsLate);
}

/// <summary>Who waits for files.</summary>
internal enum FilesLane
{
    /// <summary>Whoever needs them: there is no queue for files.</summary>
    Here,

    /// <summary>Others: this invocation is there for what takes no time.</summary>
    Elsewhere,

    /// <summary>This invocation, which is there for that.</summary>
    Own,
}

/// <summary>The work goes on by the queue for files.</summary>
/// <param name="delay">When.</param>
internal sealed class ForFilesQueueException(TimeSpan delay) : Exception("The work waits for files.")
{
    /// <summary>When.</summary>
    public TimeSpan Delay { get; } = delay;
}
