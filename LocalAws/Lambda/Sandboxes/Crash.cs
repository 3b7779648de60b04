namespace LocalAws.Lambda.Sandboxes;

/// <summary>An invocation whose sandbox is killed on the way.</summary>
internal static class Crash
{
    private const int Killed = 128 + 9;

    /// <summary>Invokes and kills; work that is done sooner is killed before its answer gets out.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="invocation">The work.</param>
    /// <param name="after">When, in real time.</param>
    /// <param name="time">Real time.</param>
    public static async Task<SandboxReply> InvokeAsync(ISandbox sandbox, SandboxInvocation invocation, TimeSpan after, TimeProvider time)
    {
        Task work = sandbox.InvokeAsync(invocation);
        using var done = new CancellationTokenSource();
        await Task.WhenAny(work, Task.Delay(after, time, done.Token));
        await done.CancelAsync();
        await sandbox.KillAsync();
        return PlatformErrors.Exited(invocation.RequestId, Killed);
    }
}
