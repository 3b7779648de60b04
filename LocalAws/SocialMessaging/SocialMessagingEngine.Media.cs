using LocalAws.Endpoint;
using LocalAws.SocialMessaging.Media;

namespace LocalAws.SocialMessaging;

/// <content>Media: files that customers sent, and files to be sent to them.</content>
public sealed partial class SocialMessagingEngine
{
    /// <summary>A customer sends a file to a number of the business: WhatsApp keeps it for 7 days under the id that the webhook names.</summary>
    /// <param name="phoneNumberId">The business's number, as in <see cref="AddPhoneNumber"/>.</param>
    /// <param name="mimeType">Its type, such as <c>audio/ogg; codecs=opus</c>.</param>
    /// <param name="content">Its bytes, at most WhatsApp's limit for the type.</param>
    /// <returns>The media id.</returns>
    /// <exception cref="AwsException"><c>InvalidParametersException</c>: WhatsApp does not take such files, or none so large.</exception>
    public string ReceiveMedia(string phoneNumberId, string mimeType, ReadOnlyMemory<byte> content) =>
        _media.Add(PlainId(phoneNumberId) ?? phoneNumberId, mimeType, content, MediaLibrary.ReceivedLife);

    /// <summary>A file that WhatsApp keeps, as a phone shows it; null when there is none of that id.</summary>
    /// <param name="mediaId">WhatsApp's id of it.</param>
    /// <returns>Its type and its bytes.</returns>
    public (string MimeType, ReadOnlyMemory<byte> Content)? FindMedia(string mediaId) => _media.Find(mediaId) is { } media ? (media.MimeType, media.Content) : null;

    /// <summary>Uploads a file from S3 to WhatsApp, which keeps it for 30 days for this number.</summary>
    /// <param name="originationPhoneNumberId">The business number: <c>phone-number-id-…</c> or ARN.</param>
    /// <param name="file">Where it lies; or null.</param>
    /// <param name="url">Where it can be read, with its <c>Content-Type</c> among the headers; exactly one of the two.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <returns>The media id.</returns>
    /// <exception cref="AwsException"><c>ValidationException</c>, <c>InvalidParametersException</c>, <c>AccessDeniedException</c> (403) or <c>ResourceNotFoundException</c> (404).</exception>
    public async Task<string> PostWhatsAppMessageMediaAsync(
        string originationPhoneNumberId, S3File? file, S3PresignedUrl? url, CancellationToken cancellationToken)
    {
        string number = Find(originationPhoneNumberId);
        (string mimeType, ReadOnlyMemory<byte> content) = (file, url) switch
        {
            ({ } named, null) => _storage.Read(named),
            (null, { } presigned) => await _storage.ReadAsync(presigned, cancellationToken),
            _ => throw SocialMessagingError.InvalidParameters("Either sourceS3File or sourceS3PresignedUrl must be given, and not both."),
        };
        return _media.Add(number, mimeType, content, MediaLibrary.UploadLife);
    }

    /// <summary>Downloads a file from WhatsApp to S3, or tells of it only.</summary>
    /// <param name="mediaId">WhatsApp's id of it.</param>
    /// <param name="originationPhoneNumberId">The business number it belongs to: <c>phone-number-id-…</c> or ARN.</param>
    /// <param name="file">Where it shall lie: the object's key is the given one, the media id and an extension after one another; or null.</param>
    /// <param name="url">Where it can be written; at most one of the two.</param>
    /// <param name="metadataOnly">Whether nothing is downloaded.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="AwsException">
    /// <c>ValidationException</c>, <c>InvalidParametersException</c>, <c>AccessDeniedException</c> or <c>AccessDeniedByMetaException</c> (403), <c>ResourceNotFoundException</c> (404).
    /// </exception>
    public async Task<MediaMetadata> GetWhatsAppMessageMediaAsync(
        string mediaId, string originationPhoneNumberId, S3File? file, S3PresignedUrl? url, bool metadataOnly, CancellationToken cancellationToken)
    {
        WhatsAppMedia media = _media.Get(mediaId, Find(originationPhoneNumberId));
        if (file is not null && url is not null)
        {
            throw SocialMessagingError.InvalidParameters("destinationS3File and destinationS3PresignedUrl exclude each other.");
        }

        if (file is null && url is null && !metadataOnly)
        {
            throw SocialMessagingError.InvalidParameters("destinationS3File or destinationS3PresignedUrl must be given, or metadataOnly.");
        }

        if (file is not null && !metadataOnly)
        {
            MediaStorage.Check(file, minKey: 0);
            _storage.Write(file with { Key = $"{file.Key}{media.Id}{MediaKind.For(media.MimeType, media.Content.Length).Extension}" }, media.MimeType, media.Content);
        }
        else if (url is not null && !metadataOnly)
        {
            await _storage.WriteAsync(url, media.Content, cancellationToken);
        }

        return new MediaMetadata(media.MimeType, (media.Content.Length + 1023) / 1024);
    }

    /// <summary>Deletes a file from WhatsApp; copies in S3 stay.</summary>
    /// <param name="mediaId">WhatsApp's id of it.</param>
    /// <param name="originationPhoneNumberId">The business number it belongs to: <c>phone-number-id-…</c> or ARN.</param>
    /// <exception cref="AwsException"><c>ValidationException</c>, <c>AccessDeniedByMetaException</c> (403) or <c>ResourceNotFoundException</c> (404).</exception>
    public void DeleteWhatsAppMessageMedia(string mediaId, string originationPhoneNumberId) =>
        _media.Delete(_media.Get(mediaId, Find(originationPhoneNumberId)));
}
