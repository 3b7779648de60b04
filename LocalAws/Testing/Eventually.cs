using System.Globalization;

namespace LocalAws.Testing;

/// <summary>
/// Waits for what a cloud does on its own: deliveries, batches, retries. Both the pauses and the limit are real time, so that a test of a cloud
/// on a fake clock cannot hang and one on a fast clock is not in a hurry.
/// </summary>
public static class Eventually
{
    /// <summary>How long <see cref="IsTrueAsync(Func{bool}, string, Action?, TimeSpan?)"/> waits unless told otherwise.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">Looked at again and again.</param>
    /// <param name="expectation">The condition in words, for the failure.</param>
    /// <param name="meanwhile">Done before each further look, such as letting a fake clock go on; nothing when null.</param>
    /// <param name="limit">In real time; <see cref="DefaultLimit"/> when null.</param>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static Task IsTrueAsync(Func<bool> condition, string expectation, Action? meanwhile = null, TimeSpan? limit = null) =>
        IsTrueAsync(() => Task.FromResult(condition()), expectation, meanwhile, limit);

    /// <summary>Waits until a condition holds that has to be asked for, such as through a client.</summary>
    /// <inheritdoc cref="IsTrueAsync(Func{bool}, string, Action?, TimeSpan?)"/>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, string expectation, Action? meanwhile = null, TimeSpan? limit = null)
    {
        TimeProvider real = TimeProvider.System;
        TimeSpan most = limit ?? DefaultLimit;
        long begin = real.GetTimestamp();
        while (!await condition())
        {
            if (real.GetElapsedTime(begin) > most)
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"Not within {most.TotalSeconds} s: {expectation}"));
            }

            meanwhile?.Invoke();
            await Task.Delay(Pause, real);
        }
    }
}
