namespace WhatsAppEventHandler.Tests.World;

/// <summary>
/// Runs every task of a simulation on the calling thread, in an order drawn from a seed: a race that fails once fails always.
/// </summary>
internal sealed class SimulatedThread(Random random) : TaskScheduler
{
    private readonly List<Task> _ready = [];

    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Runs whatever can run, until everything waits for time to pass.</summary>
    public void RunReady()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (_ready.Count > 0)
            {
                int next = random.Next(_ready.Count);
                Task task = _ready[next];
                _ready.RemoveAt(next);
                TryExecuteTask(task);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    protected override void QueueTask(Task task) => _ready.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
