using System.Diagnostics;

namespace LocalCloud.Tests.Lambda;

internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Waits in real time until the condition holds; fails after 20 seconds.</summary>
    public static async Task IsTrueAsync(Func<bool> condition, string expectation)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Limit, $"Not within {Limit.TotalSeconds} s: {expectation}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
