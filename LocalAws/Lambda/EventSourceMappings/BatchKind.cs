namespace LocalAws.Lambda.EventSourceMappings;

/// <summary>Why a mapping calls its function.</summary>
public enum BatchKind
{
    /// <summary>With records.</summary>
    Records,

    /// <summary>To close a window: no records, the state, <c>isFinalInvokeForWindow</c>.</summary>
    WindowClosed,

    /// <summary>The state grew over 1 MB: as <see cref="WindowClosed"/> with <c>isWindowTerminatedEarly</c>; the window goes on with an empty state.</summary>
    WindowTerminatedEarly,
}
