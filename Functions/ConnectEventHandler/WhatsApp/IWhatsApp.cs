namespace WhatsAppBuffer.ConnectEventHandler.WhatsApp;

/// <summary>What became of a request to End User Messaging.</summary>
internal enum SendOutcome
{
    /// <summary>It is on its way; WhatsApp may still refuse it, and says so in a status.</summary>
    Sent,

    /// <summary>It was not done, and may be later: throttled.</summary>
    NotSent,

    /// <summary>Nobody knows: there was no answer, or one that does not tell.</summary>
    Unknown,
}

/// <summary>End User Messaging will never take a request.</summary>
internal sealed class SendRefusedException(string errorCode, string reason) : Exception(reason)
{
    /// <summary>AWS's error code.</summary>
    public string ErrorCode => errorCode;
}

/// <summary>AWS End User Messaging Social.</summary>
internal interface IWhatsApp
{
    /// <summary><c>SendWhatsAppMessage</c>, once.</summary>
    /// <param name="systemNumber">The business number, <c>phone-number-id-…</c>.</param>
    /// <param name="message">A request of Meta's Cloud API.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="SendRefusedException">It will never be taken.</exception>
    Task<SendOutcome> SendAsync(string systemNumber, byte[] message, CancellationToken cancellationToken);

    /// <summary><c>PostWhatsAppMessageMedia</c>, once. Repeating it does no harm: nobody sees what is uploaded and not sent.</summary>
    /// <param name="systemNumber">The business number, which alone can send it.</param>
    /// <param name="file">A presigned URL of S3 that it can be read from.</param>
    /// <param name="contentType">What it is for WhatsApp.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>WhatsApp's id of it; null when it did not get there, or nobody knows.</returns>
    /// <exception cref="SendRefusedException">It will never be taken.</exception>
    Task<string?> UploadAsync(string systemNumber, Uri file, string contentType, CancellationToken cancellationToken);
}
