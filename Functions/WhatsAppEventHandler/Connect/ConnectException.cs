namespace WhatsAppBuffer.WhatsAppEventHandler.Connect;

/// <summary>What a failed call to Amazon Connect means for the message it was to carry.</summary>
internal enum ConnectFailure
{
    /// <summary>Throttling, a server's fault, a time-out, no connection: the same call may succeed later.</summary>
    Transient,

    /// <summary>A token has expired or the chat has ended; Connect does not say which.</summary>
    Denied,

    /// <summary>Connect will never take this content.</summary>
    Refused,

    /// <summary>Settings, permissions or anything not understood: a person must look, nothing may be dropped.</summary>
    Misconfigured,
}

/// <summary>A call to Amazon Connect failed.</summary>
internal sealed class ConnectException(ConnectFailure failure, string operation, string errorCode, string message, Exception? cause = null)
    : Exception($"{operation} failed with {errorCode}: {message}", cause)
{
    public ConnectFailure Failure { get; } = failure;

    public string Operation { get; } = operation;

    public string ErrorCode { get; } = errorCode;
}
