namespace Simulation.Tests.World;

/// <summary>What happens to one step: a sandbox's call to a service, or an invocation of a function by Lambda.</summary>
internal enum Trouble
{
    None,

    /// <summary>The sandbox dies before the service hears of the call; the invocation is lost before the function hears of it.</summary>
    CrashBefore,

    /// <summary>The service does its work, then the sandbox dies; the function does its work, and Lambda takes it for dead.</summary>
    CrashAfter,

    /// <summary>The service does nothing and says so: it is throttled, or someone else is writing the same item.</summary>
    Refuse,

    /// <summary>The service does its work and the answer is lost.</summary>
    LoseAnswer,

    /// <summary>The service does its work twice: the SDK repeats a call whose answer was lost, Lambda invokes the function twice, side by side.</summary>
    Repeat,

    /// <summary>Everything stands still for longer than a lease, then the call goes out.</summary>
    Stall,

    /// <summary>The caller gives up waiting; the service does its work all the same, after longer than a lease.</summary>
    Late,
}
