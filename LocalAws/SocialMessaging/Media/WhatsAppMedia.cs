namespace LocalAws.SocialMessaging.Media;

/// <summary>A file that WhatsApp keeps for one of the business's numbers, for a while.</summary>
/// <param name="Id">WhatsApp's id, letters and digits.</param>
/// <param name="PhoneNumberId">The number that may use it, without prefix.</param>
/// <param name="MimeType">Its type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="ExpiresAt">When WhatsApp deletes it.</param>
internal sealed record WhatsAppMedia(string Id, string PhoneNumberId, string MimeType, ReadOnlyMemory<byte> Content, DateTimeOffset ExpiresAt);

/// <summary>What is told of a medium without its content.</summary>
/// <param name="MimeType">Its type.</param>
/// <param name="FileSize">Its size in KB, rounded up.</param>
public sealed record MediaMetadata(string MimeType, long FileSize);

/// <summary>A place in S3.</summary>
/// <param name="BucketName">The bucket, 3 to 63 characters.</param>
/// <param name="Key">The object's key; for a download what it begins with. At most 1,024 characters.</param>
public sealed record S3File(string BucketName, string Key);

/// <summary>A place in S3 that anybody may reach who has the URL.</summary>
/// <param name="Url">Presigned, at most 2,000 characters: of this cloud, or in AWS's form, of which path and query count.</param>
/// <param name="Headers">Headers to send with the request.</param>
public sealed record S3PresignedUrl(string Url, IReadOnlyDictionary<string, string> Headers);
