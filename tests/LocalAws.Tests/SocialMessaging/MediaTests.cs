using System.Net;
using Amazon.S3;
using Amazon.SocialMessaging;
using Amazon.SocialMessaging.Model;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Endpoint;
using Cloud = LocalAws.LocalCloud;
using S3File = Amazon.SocialMessaging.Model.S3File;
using S3PresignedUrl = Amazon.SocialMessaging.Model.S3PresignedUrl;

namespace LocalAws.Tests.SocialMessaging;

/// <summary>Files between WhatsApp and S3, with the SDK's clients.</summary>
public sealed class MediaTests : IAsyncLifetime
{
    private const string Number = "phone-number-id-a1";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new();
    private Cloud _cloud = null!;
    private AmazonSocialMessagingClient _social = null!;
    private AmazonS3Client _s3 = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await Cloud.StartAsync(new LocalCloudOptions { Clock = _time });
        _cloud.SocialMessaging.AddPhoneNumber(Number);
        _cloud.SocialMessaging.AddPhoneNumber("phone-number-id-b2");
        _cloud.S3.CreateBucket("media");
        _social = new AmazonSocialMessagingClient(Cloud.Credentials, _cloud.ClientConfig<AmazonSocialMessagingConfig>());
        _s3 = new AmazonS3Client(Cloud.Credentials, _cloud.ClientConfig<AmazonS3Config>());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _social.Dispose();
        _s3.Dispose();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [InlineData("audio/", "audio/ogg; codecs=opus", "audio/{0}.ogg")]
    [InlineData("inbound_", "image/jpeg", "inbound_{0}.jpeg")]
    [InlineData("", "application/pdf", "{0}.pdf")]
    public async Task What_a_customer_sent_is_stored_under_key_media_id_and_extension(string key, string mimeType, string expected)
    {
        string id = _cloud.SocialMessaging.ReceiveMedia(Number, mimeType, new byte[1500]);

        GetWhatsAppMessageMediaResponse got = await GetAsync(id, new S3File { BucketName = "media", Key = key });

        Assert.Equal((mimeType, 2L), (got.MimeType, got.FileSize));
        var stored = _cloud.S3.GetObject("media", string.Format(null, System.Text.CompositeFormat.Parse(expected), id));
        Assert.Equal((1500, mimeType), (stored.Content.Length, stored.ContentType));
    }

    [Fact]
    public async Task Its_metadata_can_be_had_without_the_file()
    {
        string id = _cloud.SocialMessaging.ReceiveMedia(Number, "image/png", new byte[10]);

        GetWhatsAppMessageMediaResponse got = await _social.GetWhatsAppMessageMediaAsync(
            new GetWhatsAppMessageMediaRequest { MediaId = id, OriginationPhoneNumberId = Number, MetadataOnly = true });

        Assert.Equal(("image/png", 1L), (got.MimeType, got.FileSize));
        Assert.Empty(_cloud.S3.ListObjects("media", new()).Contents);
    }

    [Fact]
    public async Task Presigned_URLs_lead_to_S3_and_back()
    {
        byte[] photo = [1, 2, 3];
        _cloud.S3.PutObject("media", "photo 1.png", photo);

        PostWhatsAppMessageMediaResponse posted = await _social.PostWhatsAppMessageMediaAsync(new PostWhatsAppMessageMediaRequest
        {
            OriginationPhoneNumberId = Number,
            SourceS3PresignedUrl = Presigned("photo 1.png", HttpVerb.GET, ("Content-Type", "image/png")),
        });
        await _social.GetWhatsAppMessageMediaAsync(new GetWhatsAppMessageMediaRequest
        {
            MediaId = posted.MediaId,
            OriginationPhoneNumberId = Number,
            DestinationS3PresignedUrl = Presigned("copy.png", HttpVerb.PUT),
        });

        Assert.Equal(photo, _cloud.S3.GetObject("media", "copy.png").Content.ToArray());
        await Assert.ThrowsAsync<InvalidParametersException>(() => _social.PostWhatsAppMessageMediaAsync(
            new PostWhatsAppMessageMediaRequest { OriginationPhoneNumberId = Number, SourceS3PresignedUrl = Presigned("photo 1.png", HttpVerb.GET) }));
        await Assert.ThrowsAsync<Amazon.SocialMessaging.Model.ResourceNotFoundException>(() => _social.PostWhatsAppMessageMediaAsync(
            new PostWhatsAppMessageMediaRequest { OriginationPhoneNumberId = Number, SourceS3PresignedUrl = Presigned("none.png", HttpVerb.GET, ("Content-Type", "image/png")) }));
    }

    [Fact]
    public async Task Exactly_one_source_and_one_destination_must_be_named()
    {
        string id = await PostAsync("photo.png", "image/png", 3);
        var file = new S3File { BucketName = "media", Key = "" };
        S3PresignedUrl url = Presigned("k", HttpVerb.PUT, ("Content-Type", "image/png"));

        foreach ((S3File? File, S3PresignedUrl? Url) wrong in new[] { ((S3File?)null, (S3PresignedUrl?)null), (file, url) })
        {
            await Assert.ThrowsAsync<InvalidParametersException>(() => _social.PostWhatsAppMessageMediaAsync(
                new PostWhatsAppMessageMediaRequest { OriginationPhoneNumberId = Number, SourceS3File = wrong.File, SourceS3PresignedUrl = wrong.Url }));
            await Assert.ThrowsAsync<InvalidParametersException>(() => _social.GetWhatsAppMessageMediaAsync(new GetWhatsAppMessageMediaRequest
            {
                MediaId = id,
                OriginationPhoneNumberId = Number,
                DestinationS3File = wrong.File,
                DestinationS3PresignedUrl = wrong.Url,
            }));
        }
    }

    [Theory]
    [InlineData("image/png", 5 * 1024 * 1024)]
    [InlineData("image/webp", 500 * 1024)]
    [InlineData("audio/ogg", 16 * 1024 * 1024)]
    public async Task WhatsApp_takes_files_up_to_a_size_for_each_type(string mimeType, int most)
    {
        await PostAsync("most", mimeType, most);

        await Assert.ThrowsAsync<InvalidParametersException>(() => PostAsync("more", mimeType, most + 1));
    }

    [Fact]
    public async Task WhatsApp_does_not_take_every_type() =>
        await Assert.ThrowsAsync<InvalidParametersException>(() => PostAsync("archive.zip", "application/zip", 3));

    [Fact]
    public async Task A_file_belongs_to_one_number()
    {
        string id = await PostAsync("photo.png", "image/png", 3);

        var error = await Assert.ThrowsAsync<AccessDeniedByMetaException>(() => _social.GetWhatsAppMessageMediaAsync(
            new GetWhatsAppMessageMediaRequest { MediaId = id, OriginationPhoneNumberId = "phone-number-id-b2", MetadataOnly = true }));

        Assert.Equal(403, (int)error.StatusCode);
    }

    [Fact]
    public async Task Uploads_are_kept_for_30_days_and_what_customers_sent_for_7()
    {
        string uploaded = await PostAsync("photo.png", "image/png", 3);
        string received = _cloud.SocialMessaging.ReceiveMedia(Number, "image/png", new byte[3]);

        _time.Advance(TimeSpan.FromDays(7));
        await GetAsync(uploaded, new S3File { BucketName = "media", Key = "" });
        await Assert.ThrowsAsync<Amazon.SocialMessaging.Model.ResourceNotFoundException>(() => GetAsync(received, new S3File { BucketName = "media", Key = "" }));
        _time.Advance(TimeSpan.FromDays(23));
        await Assert.ThrowsAsync<Amazon.SocialMessaging.Model.ResourceNotFoundException>(() => GetAsync(uploaded, new S3File { BucketName = "media", Key = "" }));
    }

    [Fact]
    public async Task A_deleted_file_is_gone()
    {
        string id = await PostAsync("photo.png", "image/png", 3);

        using HttpResponseMessage deleted = await _http.DeleteAsync(new Uri(_cloud.Uri, $"/v1/whatsapp/media?mediaId={id}&originationPhoneNumberId={Number}"));
        using HttpResponseMessage again = await _http.DeleteAsync(new Uri(_cloud.Uri, $"/v1/whatsapp/media?mediaId={id}&originationPhoneNumberId={Number}"));

        Assert.Equal((HttpStatusCode.OK, """{"success":true}"""), (deleted.StatusCode, await deleted.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.True(_cloud.S3.TryGetObject("media", "photo.png", out _));
    }

    [Theory]
    [InlineData("a-b", "media", "ValidationException")]
    [InlineData("a", "me", "ValidationException")]
    [InlineData("a", "nowhere", "ResourceNotFoundException")]
    public async Task Bad_names_are_told_apart_from_missing_things(string mediaId, string bucket, string code)
    {
        string id = mediaId == "a" ? await PostAsync("photo.png", "image/png", 3) : mediaId;

        var error = await Assert.ThrowsAnyAsync<AmazonSocialMessagingException>(() => GetAsync(id, new S3File { BucketName = bucket, Key = "" }));

        Assert.Equal(code, error.ErrorCode);
    }

    [Fact]
    public async Task A_presigned_URL_must_be_one_of_S3()
    {
        var url = new LocalAws.SocialMessaging.Media.S3PresignedUrl("https://example.com/photo.png", new Dictionary<string, string> { ["Content-Type"] = "image/png" });

        var error = await Assert.ThrowsAsync<AwsException>(() => _cloud.SocialMessaging.PostWhatsAppMessageMediaAsync(Number, null, url, TestContext.Current.CancellationToken));

        Assert.Equal("ValidationException", error.Code);
    }

    private async Task<string> PostAsync(string key, string mimeType, int size)
    {
        _cloud.S3.PutObject("media", key, new byte[size], mimeType);
        return (await _social.PostWhatsAppMessageMediaAsync(
            new PostWhatsAppMessageMediaRequest { OriginationPhoneNumberId = Number, SourceS3File = new S3File { BucketName = "media", Key = key } })).MediaId;
    }

    private Task<GetWhatsAppMessageMediaResponse> GetAsync(string id, S3File destination) => _social.GetWhatsAppMessageMediaAsync(
        new GetWhatsAppMessageMediaRequest { MediaId = id, OriginationPhoneNumberId = Number, DestinationS3File = destination });

    private S3PresignedUrl Presigned(string key, HttpVerb verb, params (string Name, string Value)[] headers) => new()
    {
        Url = _s3.GetPreSignedURL(new Amazon.S3.Model.GetPreSignedUrlRequest
        {
            BucketName = "media",
            Key = key,
            Verb = verb,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            Protocol = Protocol.HTTP,
        }),
        Headers = headers.ToDictionary(h => h.Name, h => h.Value),
    };
}
