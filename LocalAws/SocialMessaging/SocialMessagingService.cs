using LocalAws.Endpoint;
using LocalAws.Protocols;
using LocalAws.SocialMessaging.Media;

namespace LocalAws.SocialMessaging;

/// <summary>The wire of End User Messaging Social: REST-JSON under <c>/v1/whatsapp</c>, camelCase members.</summary>
/// <param name="engine">The numbers and messages.</param>
public sealed class SocialMessagingService(SocialMessagingEngine engine) : AwsService("socialmessaging", Protocol)
{
    private static readonly RestJsonProtocol Protocol = new("social-messaging", "/v1/whatsapp/")
    {
        Service = "End User Messaging Social",
        Refusal = "ValidationException",
        MessageMember = "message",
    };

    private protected override IReadOnlyList<AwsOperation> Table =>
    [
        Protocol.Of("SendWhatsAppMessage POST /v1/whatsapp/send", Shape.SendWhatsAppMessageInput, Shape.SendWhatsAppMessageOutput, Send),
        Protocol.Of("PostWhatsAppMessageMedia POST /v1/whatsapp/media", Shape.PostWhatsAppMessageMediaInput, Shape.PostWhatsAppMessageMediaOutput, PostMediaAsync),
        Protocol.Of("GetWhatsAppMessageMedia POST /v1/whatsapp/media/get", Shape.GetWhatsAppMessageMediaInput, Shape.GetWhatsAppMessageMediaOutput, GetMediaAsync),
        Protocol.Of(
            "DeleteWhatsAppMessageMedia DELETE /v1/whatsapp/media?mediaId&originationPhoneNumberId", Shape.DeleteWhatsAppMessageMediaInput, Shape.DeleteWhatsAppMessageMediaOutput, DeleteMedia),
    ];

    private static SocialMessagingJson Shape => SocialMessagingJson.Default;

    private SendWhatsAppMessageOutput Send(SendWhatsAppMessageInput input)
    {
        string number = SocialMessagingError.Check.Required(input.OriginationPhoneNumberId, "originationPhoneNumberId");
        string version = SocialMessagingError.Check.Required(input.MetaApiVersion, "metaApiVersion");
        byte[] message = Decode(SocialMessagingError.Check.Required(input.Message, "message"));
        return new SendWhatsAppMessageOutput(engine.SendWhatsAppMessage(number, message, version));
    }

    private async Task<PostWhatsAppMessageMediaOutput> PostMediaAsync(PostWhatsAppMessageMediaInput input, CancellationToken cancellationToken)
    {
        string number = SocialMessagingError.Check.Required(input.OriginationPhoneNumberId, "originationPhoneNumberId");
        string id = await engine.PostWhatsAppMessageMediaAsync(number, Read(input.SourceS3File), Read(input.SourceS3PresignedUrl), cancellationToken);
        return new PostWhatsAppMessageMediaOutput(id);
    }

    private async Task<GetWhatsAppMessageMediaOutput> GetMediaAsync(GetWhatsAppMessageMediaInput input, CancellationToken cancellationToken)
    {
        MediaMetadata metadata = await engine.GetWhatsAppMessageMediaAsync(
            SocialMessagingError.Check.Required(input.MediaId, "mediaId"),
            SocialMessagingError.Check.Required(input.OriginationPhoneNumberId, "originationPhoneNumberId"),
            Read(input.DestinationS3File),
            Read(input.DestinationS3PresignedUrl),
            input.MetadataOnly ?? false,
            cancellationToken);
        return new GetWhatsAppMessageMediaOutput(metadata.MimeType, metadata.FileSize);
    }

    private DeleteWhatsAppMessageMediaOutput DeleteMedia(DeleteWhatsAppMessageMediaInput input)
    {
        engine.DeleteWhatsAppMessageMedia(input.MediaId ?? "", input.OriginationPhoneNumberId ?? "");
        return new DeleteWhatsAppMessageMediaOutput(true);
    }

    private static S3File? Read(S3FileInput? file) => file is null
        ? null
        : new S3File(SocialMessagingError.Check.Required(file.BucketName, "bucketName"), SocialMessagingError.Check.Required(file.Key, "key", 0));

    private static S3PresignedUrl? Read(S3PresignedUrlInput? url) => url is null
        ? null
        : new S3PresignedUrl(SocialMessagingError.Check.Required(url.Url, "url"), SocialMessagingError.Check.Required(url.Headers, "headers"));

    private static byte[] Decode(string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw SocialMessagingError.Validation("message is not valid base64: encode the JSON text before sending it.");
        }
    }
}
