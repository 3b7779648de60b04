using System.Diagnostics;
using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Tests.Lambda.Sandboxes;

/// <summary>The guard's shell sees the end of its standard input both when the guard is disposed and when this program dies.</summary>
public sealed class ProcessGuardTests : IDisposable
{
    private readonly Process _watched = Sleep();
    private readonly Process _forgotten = Sleep();

    [Fact]
    public async Task What_is_still_under_guard_dies_with_the_cloud_and_nothing_else_does()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The guard is a Unix shell.");
        var guard = new ProcessGuard();
        guard.Watch(_forgotten.Id);
        guard.Watch(_watched.Id);
        guard.Forget(_forgotten.Id);

        guard.Dispose();

        await Eventually.IsTrueAsync(() => _watched.HasExited, "the guarded process is gone");
        Assert.False(_forgotten.HasExited);
    }

    public void Dispose()
    {
        foreach (Process process in new[] { _watched, _forgotten })
        {
            process.Kill();
            process.Dispose();
        }
    }

    private static Process Sleep() => Process.Start(
        OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", "/c pause") : new ProcessStartInfo("sleep", "600"))!;
}
