namespace LocalAws.SocialMessaging.Media;

/// <summary>A kind of file that WhatsApp takes.</summary>
/// <param name="MimeType">Its type, without parameters.</param>
/// <param name="Extension">What End User Messaging appends to the key of a file it stores.</param>
/// <param name="MaxBytes">The largest size.</param>
/// <remarks>Source: Meta, WhatsApp Cloud API, "Media", supported media types. Only for the extensions of AWS's examples (.jpeg, .ogg) there is a source.</remarks>
internal sealed record MediaKind(string MimeType, string Extension, int MaxBytes)
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    private static readonly MediaKind[] All =
    [
        new("image/jpeg", ".jpeg", 5 * Megabyte),
        new("image/png", ".png", 5 * Megabyte),
        new("image/webp", ".webp", 500 * Kilobyte),
        new("audio/aac", ".aac", 16 * Megabyte),
        new("audio/amr", ".amr", 16 * Megabyte),
        new("audio/mpeg", ".mp3", 16 * Megabyte),
        new("audio/mp4", ".m4a", 16 * Megabyte),
        new("audio/ogg", ".ogg", 16 * Megabyte),
        new("video/3gpp", ".3gp", 16 * Megabyte),
        new("video/mp4", ".mp4", 16 * Megabyte),
        new("text/plain", ".txt", 100 * Megabyte),
        new("application/pdf", ".pdf", 100 * Megabyte),
        new("application/msword", ".doc", 100 * Megabyte),
        new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", 100 * Megabyte),
        new("application/vnd.ms-excel", ".xls", 100 * Megabyte),
        new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", 100 * Megabyte),
        new("application/vnd.ms-powerpoint", ".ppt", 100 * Megabyte),
        new("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx", 100 * Megabyte),
    ];

    /// <summary>The kind of a type, which may have parameters (<c>audio/ogg; codecs=opus</c>), for a file of the given size.</summary>
    /// <exception cref="Endpoint.AwsException"><c>InvalidParametersException</c>: WhatsApp does not take such files, or none so large.</exception>
    public static MediaKind For(string mimeType, long size)
    {
        string plain = mimeType.Split(';', 2)[0].Trim();
        MediaKind kind = Array.Find(All, k => k.MimeType.Equals(plain, StringComparison.OrdinalIgnoreCase))
            ?? throw SocialMessagingError.InvalidParameters($"WhatsApp does not take files of the type '{mimeType}'; it takes {string.Join(", ", All.Select(k => k.MimeType))}.");
        return size <= kind.MaxBytes
            ? kind
            : throw SocialMessagingError.InvalidParameters($"The file has {size} bytes; WhatsApp takes {kind.MaxBytes} of {plain} at the most.");
    }
}
