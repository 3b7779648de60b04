namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>
/// Sends what was recorded before the sandbox is frozen, within a budget: telemetry may be late or lost, an answer may not. A flush that
/// outlives its budget goes on when the sandbox thaws; until it ends no other is begun.
/// </summary>
/// <param name="signals">One blocking flush for each signal, given the milliseconds it may take.</param>
/// <param name="clock">Measures the budget.</param>
/// <param name="longest">The budget at the most; half a second when null.</param>
internal sealed class Flush(IReadOnlyList<Func<int, bool>> signals, TimeProvider clock, TimeSpan? longest = null)
{
    private readonly TimeSpan _longest = longest ?? TimeSpan.FromMilliseconds(500);
    private Task _running = Task.CompletedTask;

    /// <summary>A quarter of the time left, half a second at the most unless told otherwise.</summary>
    public TimeSpan BudgetOf(TimeSpan remaining) => remaining <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(remaining.Ticks / 4, _longest.Ticks));

    /// <summary>Whether everything was sent in time. Never throws.</summary>
    public async Task<bool> WithinAsync(TimeSpan budget)
    {
        if (budget <= TimeSpan.Zero)
        {
            return false;
        }

        if (_running.IsCompleted)
        {
            int milliseconds = (int)Math.Max(1, budget.TotalMilliseconds);
            // A flush blocks its thread. Lambda gives a function one or two processors, so the pool's few threads are not to be blocked.
            _running = Task.WhenAll(signals.Select(signal =>
                Task.Factory.StartNew(() => signal(milliseconds), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        }

        Task running = _running;
        await Task.WhenAny(running, Task.Delay(budget, clock));
        return running.IsCompletedSuccessfully;
    }
}
