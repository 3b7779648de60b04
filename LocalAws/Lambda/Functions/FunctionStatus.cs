namespace LocalAws.Lambda.Functions;

/// <summary>What state a function's sandboxes are in.</summary>
public enum FunctionState
{
    /// <summary>None was started yet, or all were stopped for want of work.</summary>
    Cold,

    /// <summary>The first one is in its init phase.</summary>
    Starting,

    /// <summary>At least one is waiting or working.</summary>
    Ready,

    /// <summary>The last one ended by itself: it died at start, crashed or ran into its timeout.</summary>
    Failed,

    /// <summary>Nobody asks for the work of an attached function.</summary>
    Unattached,
}

/// <summary>A function at a glance, for a live table.</summary>
/// <param name="Name">The function.</param>
/// <param name="State">The state of its sandboxes.</param>
/// <param name="Sandboxes">Sandboxes that exist.</param>
/// <param name="Busy">Sandboxes that are working.</param>
/// <param name="Starts">Sandboxes started so far.</param>
/// <param name="Restarts">Sandboxes that ended by themselves and had to be, or will have to be, replaced.</param>
/// <param name="LastError">Why the last one ended by itself, or null.</param>
public sealed record FunctionStatus(string Name, FunctionState State, int Sandboxes, int Busy, int Starts, int Restarts, string? LastError);
