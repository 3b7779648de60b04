using LocalAws.Endpoint;
using LocalAws.SocialMessaging.Media;

namespace LocalAws.SocialMessaging;

/// <summary>The wire of End User Messaging Social: REST-JSON under <c>/v1/whatsapp</c>, camelCase members.</summary>
/// <param name="engine">The numbers and messages.</param>
public sealed class SocialMessagingService(SocialMessagingEngine engine) : IAwsService
{
    private const string Refusal = "ValidationException";

    /// <inheritdoc/>
    public string Name => "socialmessaging";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) => (request.Method, request.Path) switch
    {
        ("POST", "/v1/whatsapp/send") => "SendWhatsAppMessage",
        ("POST", "/v1/whatsapp/media") => "PostWhatsAppMessageMedia",
        ("POST", "/v1/whatsapp/media/get") => "GetWhatsAppMessageMedia",
        ("DELETE", "/v1/whatsapp/media") => "DeleteWhatsAppMessageMedia",
        var (method, path) => path.StartsWith("/v1/whatsapp/", StringComparison.Ordinal) ? $"{method} {path}" : null,
    };

    /// <inheritdoc/>
    public async Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken) => operation switch
    {
        "SendWhatsAppMessage" => Send(AwsInput.Read(request, SocialMessagingJson.Default.SendWhatsAppMessageInput, operation, Refusal)),
        "PostWhatsAppMessageMedia" =>
            await PostMediaAsync(AwsInput.Read(request, SocialMessagingJson.Default.PostWhatsAppMessageMediaInput, operation, Refusal), cancellationToken),
        "GetWhatsAppMessageMedia" =>
            await GetMediaAsync(AwsInput.Read(request, SocialMessagingJson.Default.GetWhatsAppMessageMediaInput, operation, Refusal), cancellationToken),
        "DeleteWhatsAppMessageMedia" => DeleteMedia(request),
        _ => throw new AwsException("UnknownOperationException", $"This local cloud does not imitate {operation} of End User Messaging Social.", 404),
    };

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request) => AwsJson.RestError(error);

    private AwsResponse Send(SendWhatsAppMessageInput input)
    {
        string number = SocialMessagingError.Check.Required(input.OriginationPhoneNumberId, "originationPhoneNumberId");
        string version = SocialMessagingError.Check.Required(input.MetaApiVersion, "metaApiVersion");
        byte[] message = Decode(SocialMessagingError.Check.Required(input.Message, "message"));
        var output = new SendWhatsAppMessageOutput(engine.SendWhatsAppMessage(number, message, version));
        return AwsJson.Write(AwsJson.RestJson, output, SocialMessagingJson.Default.SendWhatsAppMessageOutput);
    }

    private async Task<AwsResponse> PostMediaAsync(PostWhatsAppMessageMediaInput input, CancellationToken cancellationToken)
    {
        string number = SocialMessagingError.Check.Required(input.OriginationPhoneNumberId, "originationPhoneNumberId");
        string id = await engine.PostWhatsAppMessageMediaAsync(number, Read(input.SourceS3File), Read(input.SourceS3PresignedUrl), cancellationToken);
        return AwsJson.Write(AwsJson.RestJson, new PostWhatsAppMessageMediaOutput(id), SocialMessagingJson.Default.PostWhatsAppMessageMediaOutput);
    }

    private async Task<AwsResponse> GetMediaAsync(GetWhatsAppMessageMediaInput input, CancellationToken cancellationToken)
    {
        MediaMetadata metadata = await engine.GetWhatsAppMessageMediaAsync(
            SocialMessagingError.Check.Required(input.MediaId, "mediaId"),
            SocialMessagingError.Check.Required(input.OriginationPhoneNumberId, "originationPhoneNumberId"),
            Read(input.DestinationS3File),
            Read(input.DestinationS3PresignedUrl),
            input.MetadataOnly ?? false,
            cancellationToken);
        var output = new GetWhatsAppMessageMediaOutput(metadata.MimeType, metadata.FileSize);
        return AwsJson.Write(AwsJson.RestJson, output, SocialMessagingJson.Default.GetWhatsAppMessageMediaOutput);
    }

    private AwsResponse DeleteMedia(AwsRequest request)
    {
        engine.DeleteWhatsAppMessageMedia(request.Query["mediaId"].ToString(), request.Query["originationPhoneNumberId"].ToString());
        return AwsJson.Write(AwsJson.RestJson, new DeleteWhatsAppMessageMediaOutput(true), SocialMessagingJson.Default.DeleteWhatsAppMessageMediaOutput);
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
