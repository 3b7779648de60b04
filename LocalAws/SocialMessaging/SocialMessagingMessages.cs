using System.Text.Json.Serialization;

namespace LocalAws.SocialMessaging;

internal sealed record SendWhatsAppMessageInput(string? OriginationPhoneNumberId, string? Message, string? MetaApiVersion);

internal sealed record SendWhatsAppMessageOutput(string MessageId);

internal sealed record PostWhatsAppMessageMediaInput(string? OriginationPhoneNumberId, S3FileInput? SourceS3File, S3PresignedUrlInput? SourceS3PresignedUrl);

internal sealed record PostWhatsAppMessageMediaOutput(string MediaId);

internal sealed record GetWhatsAppMessageMediaInput(
    string? MediaId, string? OriginationPhoneNumberId, bool? MetadataOnly, S3FileInput? DestinationS3File, S3PresignedUrlInput? DestinationS3PresignedUrl);

internal sealed record GetWhatsAppMessageMediaOutput(string MimeType, long FileSize);

internal sealed record DeleteWhatsAppMessageMediaInput(string? MediaId, string? OriginationPhoneNumberId);

internal sealed record DeleteWhatsAppMessageMediaOutput(bool Success);

internal sealed record S3FileInput(string? BucketName, string? Key);

internal sealed record S3PresignedUrlInput(string? Url, Dictionary<string, string>? Headers);

[JsonSerializable(typeof(SendWhatsAppMessageInput))]
[JsonSerializable(typeof(SendWhatsAppMessageOutput))]
[JsonSerializable(typeof(PostWhatsAppMessageMediaInput))]
[JsonSerializable(typeof(PostWhatsAppMessageMediaOutput))]
[JsonSerializable(typeof(GetWhatsAppMessageMediaInput))]
[JsonSerializable(typeof(GetWhatsAppMessageMediaOutput))]
[JsonSerializable(typeof(DeleteWhatsAppMessageMediaInput))]
[JsonSerializable(typeof(DeleteWhatsAppMessageMediaOutput))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class SocialMessagingJson : JsonSerializerContext;
