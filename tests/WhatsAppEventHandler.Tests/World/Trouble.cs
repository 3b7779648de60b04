namespace WhatsAppEventHandler.Tests.World;

/// <summary>What happens to one step (a call to a service) of a sandbox.</summary>
internal enum Trouble
{
    None,

    /// <summary>The sandbox dies before the service hears of the call.</summary>
    CrashBefore,

    /// <summary>The service does its work, then the sandbox dies before it learns of it.</summary>
    CrashAfter,

    /// <summary>The service has done nothing: Connect answers with a transient error, the table meets somebody else's write of the chat row.</summary>
    Throttle,

    /// <summary>The service does its work and the answer is lost.</summary>
    LoseAnswer,

    /// <summary>The sandbox stands still for longer than a lease, then the call goes out.</summary>
    Stall,
}

/// <summary>The sandbox is gone: nothing that it tries from now on has any effect.</summary>
internal sealed class SandboxDiedException() : Exception("The sandbox died.");
