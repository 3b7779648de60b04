using Amazon.Runtime;
using Amazon.SocialMessaging;
using Amazon.SocialMessaging.Model;

namespace WhatsAppBuffer.LimitedFeed.Tests;

public sealed class SocialMessagingTests
{
    [Fact]
    public async Task A_message_is_sent_as_base64_under_camel_case_names()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json("""{"messageId":"m"}"""));
        using AmazonSocialMessagingClient social = Client(server);

        SendWhatsAppMessageResponse response = await social.SendWhatsAppMessageAsync(new SendWhatsAppMessageRequest
        {
            Message = new MemoryStream("""{"status":"read"}"""u8.ToArray()),
            MetaApiVersion = "v20.0",
            OriginationPhoneNumberId = "phone-number-id-1",
        });

        Assert.Equal("m", response.MessageId);
        Assert.Equal(("POST", "/v1/whatsapp/send"), (server.Request.Method, server.Request.Target));
        WireAssert.Json(
            """{"message":"eyJzdGF0dXMiOiJyZWFkIn0=","metaApiVersion":"v20.0","originationPhoneNumberId":"phone-number-id-1"}""",
            server.Request.Body);
        WireAssert.SignedFor("social-messaging", server.Request);
    }

    [Fact]
    public async Task Media_is_fetched_into_a_bucket()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json("""{"fileSize":12,"mimeType":"image/jpeg"}"""));
        using AmazonSocialMessagingClient social = Client(server);

        GetWhatsAppMessageMediaResponse response = await social.GetWhatsAppMessageMediaAsync(new GetWhatsAppMessageMediaRequest
        {
            MediaId = "media",
            OriginationPhoneNumberId = "p",
            MetadataOnly = false,
            DestinationS3File = new S3File { BucketName = "bucket", Key = "key" },
        });

        Assert.Equal((12, "image/jpeg"), (response.FileSize, response.MimeType));
        Assert.Equal("/v1/whatsapp/media/get", server.Request.Target);
        WireAssert.Json(
            """
            {
              "mediaId": "media", "originationPhoneNumberId": "p", "metadataOnly": false,
              "destinationS3File": { "bucketName": "bucket", "key": "key" }
            }
            """,
            server.Request.Body);
    }

    [Fact]
    public async Task Media_is_posted_from_a_presigned_url()
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Json("""{"mediaId":"media"}"""));
        using AmazonSocialMessagingClient social = Client(server);

        PostWhatsAppMessageMediaResponse response = await social.PostWhatsAppMessageMediaAsync(new PostWhatsAppMessageMediaRequest
        {
            OriginationPhoneNumberId = "p",
            SourceS3PresignedUrl = new S3PresignedUrl { Url = "http://u", Headers = new() { ["Content-Type"] = "image/jpeg" } },
        });

        Assert.Equal("media", response.MediaId);
        Assert.Equal("/v1/whatsapp/media", server.Request.Target);
        WireAssert.Json(
            """{"originationPhoneNumberId":"p","sourceS3PresignedUrl":{"url":"http://u","headers":{"Content-Type":"image/jpeg"}}}""",
            server.Request.Body);
    }

    [Theory]
    [InlineData(400, "ValidationException", typeof(ValidationException))]
    [InlineData(400, "InvalidParametersException", typeof(InvalidParametersException))]
    [InlineData(403, "AccessDeniedException", typeof(AccessDeniedException))]
    [InlineData(403, "AccessDeniedByMetaException", typeof(AccessDeniedByMetaException))]
    [InlineData(404, "ResourceNotFoundException", typeof(ResourceNotFoundException))]
    [InlineData(429, "ThrottledRequestException", typeof(ThrottledRequestException))]
    [InlineData(500, "InternalServiceException", typeof(InternalServiceException))]
    [InlineData(502, "DependencyException", typeof(DependencyException))]
    public async Task Each_error_code_has_its_exception(int status, string code, Type exception)
    {
        await using Loopback server = await Loopback.StartAsync(Answer.Error(status, code));
        using AmazonSocialMessagingClient social = Client(server);

        Exception? thrown = await Record.ExceptionAsync(() => social.GetWhatsAppMessageMediaAsync(new GetWhatsAppMessageMediaRequest()));

        Assert.IsType(exception, thrown);
    }

    private static AmazonSocialMessagingClient Client(Loopback server) =>
        new(new BasicAWSCredentials("id", "secret"), new AmazonSocialMessagingConfig { ServiceURL = server.Url, MaxErrorRetry = 0 });
}
