using WhatsAppBuffer.ConnectEventHandler.Replies;

namespace WhatsAppBuffer.ConnectEventHandler.Files;

/// <summary>The files of chats in Amazon Connect.</summary>
internal interface IChatFiles
{
    /// <summary>Where a file can be read for some minutes.</summary>
    /// <param name="credentials">The customer's in its chat.</param>
    /// <param name="attachmentId">Connect's id of the file.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null when Connect does not say now.</returns>
    /// <exception cref="FileRefusedException">Connect will not give it out.</exception>
    Task<LocatedFile?> LocateAsync(Credentials credentials, string attachmentId, CancellationToken cancellationToken);
}

/// <summary>Where a file can be read.</summary>
/// <param name="Url">A presigned URL of S3.</param>
/// <param name="Size">In bytes; null when it is not told.</param>
internal sealed record LocatedFile(Uri Url, long? Size);

/// <summary>Connect will not give a file out, whoever asks and how often.</summary>
/// <param name="errorCode">AWS's error code.</param>
internal sealed class FileRefusedException(string errorCode) : Exception($"Amazon Connect does not give the file out: {errorCode}.")
{
    /// <summary>AWS's error code.</summary>
    public string ErrorCode => errorCode;
}
