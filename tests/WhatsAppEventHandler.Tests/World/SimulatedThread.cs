namespace WhatsAppEventHandler.Tests.World;

/// <summary>
/// Runs every task of a simulation on the calling thread, in an order drawn from a seed: a race that fails once fails always.
/// </summary>
internal sealed class SimulatedThread(Random random) : TaskScheduler
{
    private readonly List<Task> _ready = [];
    private int? _running;
    private volatile bool _hasEscaped;

    private static InvalidOperationException Escape => new("Something went on upon another thread: the seed no longer says what happens.");

    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Runs whatever can run, until everything waits for time to pass.</summary>
    public void RunReady()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _running = Environment.CurrentManagedThreadId;
        try
        {
            while (_ready.Count > 0)
            {
                int next = random.Next(_ready.Count);
                Task task = _ready[next];
                _ready.RemoveAt(next);
                TryExecuteTask(task);
                if (_hasEscaped)
                {
                    throw Escape;
                }
            }
        }
        finally
        {
            _running = null;
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    protected override void QueueTask(Task task)
    {
        if (_running is { } thread && thread != Environment.CurrentManagedThreadId)
        {
            _hasEscaped = true;
            throw Escape;
        }

        _ready.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
