using System.Text.Json;
using Amazon.LimitedFeed;
using Amazon.Runtime.Internal;
using Amazon.SocialMessaging.Model;

namespace Amazon.SocialMessaging;

internal static class Operations
{
    public static readonly Service Service = new("SocialMessaging", "social-messaging", "social-messaging", "2024-01-01");

    private static readonly JsonProtocol Protocol = new(Service, Exception);

    public static readonly InvokeOptions SendWhatsAppMessage =
        Protocol.Operation<SendWhatsAppMessageRequest, SendWhatsAppMessageResponse>(
            (_, request) => request.ResourcePath = "/v1/whatsapp/send",
            (json, input) =>
            {
                json.Blob("message", input.Message);
                json.Text("metaApiVersion", input.MetaApiVersion);
                json.Text("originationPhoneNumberId", input.OriginationPhoneNumberId);
            },
            json => new SendWhatsAppMessageResponse { MessageId = json.Text("messageId") });

    public static readonly InvokeOptions GetWhatsAppMessageMedia =
        Protocol.Operation<GetWhatsAppMessageMediaRequest, GetWhatsAppMessageMediaResponse>(
            (_, request) => request.ResourcePath = "/v1/whatsapp/media/get",
            (json, input) =>
            {
                json.Text("mediaId", input.MediaId);
                json.Text("originationPhoneNumberId", input.OriginationPhoneNumberId);
                json.Flag("metadataOnly", input.MetadataOnly);
                json.Object("destinationS3File", input.DestinationS3File, Write);
                json.Object("destinationS3PresignedUrl", input.DestinationS3PresignedUrl, Write);
            },
            json => new GetWhatsAppMessageMediaResponse { FileSize = json.Number("fileSize"), MimeType = json.Text("mimeType") });

    public static readonly InvokeOptions PostWhatsAppMessageMedia =
        Protocol.Operation<PostWhatsAppMessageMediaRequest, PostWhatsAppMessageMediaResponse>(
            (_, request) => request.ResourcePath = "/v1/whatsapp/media",
            (json, input) =>
            {
                json.Text("originationPhoneNumberId", input.OriginationPhoneNumberId);
                json.Object("sourceS3File", input.SourceS3File, Write);
                json.Object("sourceS3PresignedUrl", input.SourceS3PresignedUrl, Write);
            },
            json => new PostWhatsAppMessageMediaResponse { MediaId = json.Text("mediaId") });

    private static void Write(Utf8JsonWriter json, S3File file)
    {
        json.Text("bucketName", file.BucketName);
        json.Text("key", file.Key);
    }

    private static void Write(Utf8JsonWriter json, S3PresignedUrl url)
    {
        json.Text("url", url.Url);
        json.TextMap("headers", url.Headers);
    }

    private static AmazonSocialMessagingException Exception(Fault fault) => fault.Code switch
    {
        nameof(AccessDeniedByMetaException) => new AccessDeniedByMetaException(fault.Message, fault.Cause),
        nameof(AccessDeniedException) => new AccessDeniedException(fault.Message, fault.Cause),
        nameof(DependencyException) => new DependencyException(fault.Message, fault.Cause),
        nameof(InternalServiceException) => new InternalServiceException(fault.Message, fault.Cause),
        nameof(InvalidParametersException) => new InvalidParametersException(fault.Message, fault.Cause),
        nameof(LimitExceededException) => new LimitExceededException(fault.Message, fault.Cause),
        nameof(ResourceNotFoundException) => new ResourceNotFoundException(fault.Message, fault.Cause),
        nameof(ThrottledRequestException) => new ThrottledRequestException(fault.Message, fault.Cause),
        nameof(ValidationException) => new ValidationException(fault.Message, fault.Cause),
        _ => new AmazonSocialMessagingException(fault.Message, fault.Cause),
    };
}
