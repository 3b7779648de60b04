using LocalAws.Lambda.Functions;
using LocalAws.Lambda.Invocations;

namespace LocalAws.Lambda.Sandboxes;

/// <summary>All sandboxes of one function: lends them out, one invocation at a time, and tells how they are.</summary>
internal interface IFleet : IAsyncDisposable
{
    /// <summary>Raised when the state, the last error or the number of sandboxes changed.</summary>
    event Action<FunctionStatus>? StatusChanged;

    /// <summary>How many may work at once.</summary>
    int Concurrency { get; }

    FunctionStatus Status { get; }

    /// <summary>What is under way.</summary>
    Backlog Backlog { get; }

    /// <summary>Takes one unit of concurrency and a sandbox; null when all concurrency is in use.</summary>
    /// <param name="requestId">The invocation that an error of the init phase names.</param>
    /// <param name="cancellationToken">Leaves the line where there is one.</param>
    Task<RentedSandbox?> RentAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>Gives both back.</summary>
    /// <param name="rented">What was taken.</param>
    /// <param name="last">What the sandbox replied; null when it was not asked.</param>
    Task ReturnAsync(RentedSandbox rented, SandboxReply? last);

    /// <summary>Ends when sandboxes are there ahead of the first invocation; a failure shows in the status.</summary>
    /// <param name="sandboxes">How many, at most as many as may work at once.</param>
    Task WarmUpAsync(int sandboxes);

    /// <summary>Stops the waiting sandboxes that died, or had no work for this long.</summary>
    Task ReapAsync(TimeSpan idleFor);
}

/// <summary>A sandbox on loan.</summary>
/// <param name="Sandbox">The sandbox.</param>
/// <param name="InitError">What its init phase failed with, or null.</param>
/// <param name="Init">How long the init phase took; null when it was over before.</param>
internal sealed record RentedSandbox(ISandbox Sandbox, SandboxReply? InitError, TimeSpan? Init);
