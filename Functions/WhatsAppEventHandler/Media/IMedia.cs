namespace WhatsAppBuffer.WhatsAppEventHandler.Media;

/// <summary>Customers' files: in WhatsApp, and in the bucket. Each call is tried once and fails with <see cref="MediaException"/>.</summary>
internal interface IMedia
{
    /// <summary>Looks for a file in the bucket.</summary>
    /// <returns>Null when nobody has fetched it.</returns>
    Task<StoredFile?> FindAsync(CustomerFile file, CancellationToken cancellationToken);

    /// <summary><c>GetWhatsAppMessageMedia</c>: End User Messaging puts a file into the bucket. Repeated, it puts the same once more.</summary>
    Task FetchAsync(CustomerFile file, CancellationToken cancellationToken);

    /// <summary>Begins to read a file.</summary>
    Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken);
}

/// <summary>A file could not be had.</summary>
/// <param name="words">What is to be said of it, when it will never be; null when it may be later.</param>
/// <param name="operation">The call.</param>
/// <param name="errorCode">AWS's error code.</param>
/// <param name="cause">The failure.</param>
internal sealed class MediaException(FileWords? words, string operation, string errorCode, Exception? cause = null) : Exception($"{operation} failed with {errorCode}", cause)
{
    public FileWords? Words { get; } = words;

    public string Operation { get; } = operation;

    public string ErrorCode { get; } = errorCode;
}
