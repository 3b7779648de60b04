namespace WhatsAppBuffer.WhatsAppEventHandler.Delivery;

/// <summary>What is left of the invocation, and waiting within it.</summary>
/// <param name="clock">Measures and waits.</param>
/// <param name="random">Spreads waits, so that invocations that failed together do not come back together.</param>
/// <param name="end">When the invocation must have stopped working.</param>
internal sealed class InvocationBudget(TimeProvider clock, Random random, DateTimeOffset end)
{
    /// <summary>
    /// Waits about <paramref name="first"/> · 2^<paramref name="attempt"/>, at most <paramref name="longest"/>; between half and all of it.
    /// </summary>
    /// <returns>False, at once, when the invocation would be over before.</returns>
    public async Task<bool> TryWaitAsync(int attempt, TimeSpan first, TimeSpan longest, CancellationToken cancellationToken)
    {
        TimeSpan full = first * Math.Pow(2, Math.Min(attempt, 16));
        TimeSpan delay = (full < longest ? full : longest) * (0.5 + (random.NextDouble() / 2));
        if (clock.GetUtcNow() + delay >= end)
        {
            return false;
        }

        await Task.Delay(delay, clock, cancellationToken);
        return true;
    }
}
