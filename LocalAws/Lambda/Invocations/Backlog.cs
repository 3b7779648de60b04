namespace LocalAws.Lambda.Invocations;

/// <summary>What a sandbox is for, and what an event waits for.</summary>
internal enum WorkKind
{
    /// <summary>An asynchronous event that waits for a free sandbox.</summary>
    Waiting,

    /// <summary>A sandbox in its init phase.</summary>
    Starting,

    /// <summary>A sandbox with an invocation.</summary>
    Invoked,
}

/// <summary>One piece of a function's work under way.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Since">Since when, in real time since the backlog began.</param>
/// <param name="IsExcused">Whether it may take its time; see <see cref="Backlog"/>.</param>
internal readonly record struct Work(WorkKind Kind, TimeSpan Since, bool IsExcused);

/// <summary>
/// The work of one function that is under way at this moment, so that a scaled clock can wait for a machine that is late with it. A sandbox
/// whose call was delayed or refused is excused: what it does next, it does for the sake of that answer (it backs off, it waits for a quota or
/// for another's lease), and the scaled clock may be the very thing that ends its wait.
/// </summary>
/// <param name="real">Real time: processes live in it.</param>
internal sealed class Backlog(TimeProvider real)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Entry> _entries = [];
    private readonly long _began = real.GetTimestamp();

    /// <summary>Notes that an event waits for a sandbox, until what is returned is disposed.</summary>
    public IDisposable Wait() => Begin(WorkKind.Waiting, sandbox: null);

    /// <summary>Notes that a sandbox starts, until what is returned is disposed.</summary>
    /// <param name="sandbox">Its log stream.</param>
    public IDisposable Start(string sandbox) => Begin(WorkKind.Starting, sandbox);

    /// <summary>Notes that a sandbox has an invocation, until what is returned is disposed.</summary>
    /// <param name="sandbox">Its log stream.</param>
    public IDisposable Invoke(string sandbox) => Begin(WorkKind.Invoked, sandbox);

    /// <summary>Excuses what a sandbox is doing now.</summary>
    /// <param name="sandbox">Its log stream.</param>
    public void Excuse(string sandbox)
    {
        lock (_lock)
        {
            foreach (Entry entry in _entries.Where(entry => entry.Sandbox == sandbox))
            {
                entry.IsExcused = true;
            }
        }
    }

    /// <summary>Whether the machine is late with something.</summary>
    /// <param name="patience">How long a waiting event and an invocation may take, in real time.</param>
    public bool IsBehind(TimeSpan patience)
    {
        lock (_lock)
        {
            return IsBehind(_entries.Select(entry => new Work(entry.Kind, entry.Since, entry.IsExcused)), real.GetElapsedTime(_began), patience);
        }
    }

    /// <summary>
    /// Late is a sandbox that starts, and whatever else takes longer than <paramref name="patience"/>, unless it is excused. An event that waits for a
    /// sandbox is excused while all sandboxes are.
    /// </summary>
    internal static bool IsBehind(IEnumerable<Work> work, TimeSpan now, TimeSpan patience)
    {
        bool waitsLong = false;
        bool anyExcused = false;
        bool anyAtWork = false;
        foreach (Work one in work)
        {
            bool isOld = now - one.Since > patience;
            if (one.Kind == WorkKind.Waiting)
            {
                waitsLong |= isOld;
            }
            else if (one.IsExcused)
            {
                anyExcused = true;
            }
            else if (one.Kind == WorkKind.Starting || isOld)
            {
                return true;
            }
            else
            {
                anyAtWork = true;
            }
        }

        return waitsLong && (anyAtWork || !anyExcused);
    }

    private Entry Begin(WorkKind kind, string? sandbox)
    {
        var entry = new Entry(this, kind, sandbox, real.GetElapsedTime(_began));
        lock (_lock)
        {
            _entries.Add(entry);
        }

        return entry;
    }

    private sealed class Entry(Backlog backlog, WorkKind kind, string? sandbox, TimeSpan since) : IDisposable
    {
        public WorkKind Kind => kind;

        public string? Sandbox => sandbox;

        public TimeSpan Since => since;

        /// <summary>Under the backlog's lock.</summary>
        public bool IsExcused { get; set; }

        public void Dispose()
        {
            lock (backlog._lock)
            {
                backlog._entries.Remove(this);
            }
        }
    }
}
