using LocalAws.Lambda.Sandboxes;

namespace LocalAws.Lambda.RuntimeApi;

/// <summary>A sandbox as its runtime sees it.</summary>
internal interface IRuntimeExchange
{
    /// <summary>The runtime asks for work: its init phase, or the invocation it replied to, is over.</summary>
    /// <exception cref="OperationCanceledException">The runtime has gone.</exception>
    /// <exception cref="RuntimeRefusedException">It gets no work here any more.</exception>
    ValueTask<SandboxInvocation> NextAsync(CancellationToken cancellationToken);

    /// <summary>The runtime replies; false when no such invocation is under way or it was replied to already.</summary>
    bool TryReply(string requestId, SandboxReply reply);

    /// <summary>The runtime reports that its init phase failed.</summary>
    void FailInit(SandboxReply error);
}

/// <summary>A runtime that gets no work here; the message tells its developer why.</summary>
internal sealed class RuntimeRefusedException(string message) : Exception(message);
