using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Endpoint;
using LocalAws.S3;
using LocalAws.S3.Wire;

namespace LocalAws.Tests.S3;

public class S3EngineTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
    private readonly S3Engine _s3;

    public S3EngineTests()
    {
        _s3 = new S3Engine(new AwsAccount(), _time);
        _s3.CreateBucket("media");
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Media")]
    [InlineData("-media")]
    [InlineData("my..bucket")]
    [InlineData("my_bucket")]
    public void A_bucket_is_named_by_the_rules(string name) => Assert.Equal("InvalidBucketName", Refused(() => _s3.CreateBucket(name)));

    [Fact]
    public void A_bucket_may_be_created_again_in_us_east_1_only()
    {
        var elsewhere = new S3Engine(new AwsAccount(Region: "eu-west-1"), _time);
        elsewhere.CreateBucket("media");

        _s3.CreateBucket("media");

        Assert.Equal("BucketAlreadyOwnedByYou", Refused(() => elsewhere.CreateBucket("media")));
    }

    [Fact]
    public void Keys_and_metadata_have_a_longest_length()
    {
        _s3.PutObject("media", new string('é', 512), default, headers: Metadata(2044));

        Assert.Equal("KeyTooLongError", Refused(() => _s3.PutObject("media", new string('é', 513), default)));
        Assert.Equal("MetadataTooLarge", Refused(() => _s3.PutObject("media", "k", default, headers: Metadata(2045))));
    }

    [Fact]
    public void Metadata_that_is_not_ASCII_comes_back_encoded()
    {
        S3Object written = _s3.PutObject("media", "k", default, headers: new Dictionary<string, string> { ["x-amz-meta-who"] = "José" });

        Assert.Equal("=?UTF-8?B?Sm9zw6k=?=", ObjectHeaders.Of(written)["x-amz-meta-who"]);
    }

    [Property]
    public void Pages_of_any_size_together_are_the_whole_listing(NonEmptyArray<NonEmptyString> names, PositiveInt size, bool hasDelimiter)
    {
        var s3 = new S3Engine(new AwsAccount(), _time);
        s3.CreateBucket("media");
        foreach (NonEmptyString name in names.Get)
        {
            s3.PutObject("media", string.Join('/', name.Get.Select(c => c % 5)), default);
        }

        string? delimiter = hasDelimiter ? "/" : null;
        ObjectPage whole = s3.ListObjects("media", new ObjectListing(Delimiter: delimiter));
        var keys = new List<string>();
        string? token = null;
        do
        {
            ObjectPage page = s3.ListObjects("media", new ObjectListing(Delimiter: delimiter, MaxKeys: size.Get, ContinuationToken: token));
            Assert.True(page.Contents.Count + page.CommonPrefixes.Count <= size.Get);
            keys.AddRange(page.CommonPrefixes);
            keys.AddRange(page.Contents.Select(o => o.Key));
            token = page.NextContinuationToken;
        }
        while (token is not null);

        Assert.Equal(whole.CommonPrefixes.Concat(whole.Contents.Select(o => o.Key)).Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_URL_signed_by_the_cloud_allows_one_thing_until_it_expires_on_the_clouds_clock()
    {
        string url = _s3.Presigned.Sign(
            new PresignedUrls.Grant("PUT", "media", "a b/ö", _time.GetUtcNow().AddMinutes(1)) { Headers = new Dictionary<string, string> { ["Content-Type"] = "image/png" } },
            "us-east-1");

        Assert.Equal("ok", await CallAsync("PUT", url, "image/png"));
        Assert.Equal("image/png", _s3.GetObject("media", "a b/ö").ContentType);
        Assert.Equal("SignatureDoesNotMatch", await CallAsync("PUT", url, "text/plain"));
        Assert.Equal("SignatureDoesNotMatch", await CallAsync("GET", url, "image/png"));
        Assert.Equal("SignatureDoesNotMatch", await CallAsync("PUT", url.Replace("/a%20b/", "/other/", StringComparison.Ordinal), "image/png"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("AccessDenied", await CallAsync("PUT", url, "image/png"));
    }

    [Theory]
    [InlineData("5;chunk-signature=x\r\nHello\r\n0;chunk-signature=y\r\n\r\n", "Hello")]
    [InlineData("5\r\nHello\r\n1\r\n!\r\n0\r\nx-amz-checksum-crc32:abc\r\n\r\n", "Hello!")]
    [InlineData("0\r\n\r\n", "")]
    public void A_chunked_body_is_put_together(string body, string content) =>
        Assert.Equal(content, Encoding.UTF8.GetString(AwsChunked.Decode(Encoding.UTF8.GetBytes(body)).Span));

    [Theory]
    [InlineData("")]
    [InlineData("Hello")]
    [InlineData("6\r\nHello\r\n")]
    [InlineData("5\r\nHello\r\n")]
    [InlineData("5!\r\nHello\r\n0\r\n\r\n")]
    [InlineData("ffffffff\r\nHello\r\n0\r\n\r\n")]
    public void A_chunked_body_with_a_gap_is_refused(string body) =>
        Assert.Equal("IncompleteBody", Refused(() => AwsChunked.Decode(Encoding.UTF8.GetBytes(body))));

    private static Dictionary<string, string> Metadata(int length) => new() { ["x-amz-meta-name"] = new string('x', length) };

    private static string Refused(Action action) => Assert.Throws<AwsException>(action).Code;

    private async Task<string> CallAsync(string method, string url, string contentType)
    {
        string[] parts = url.Split('?');
        var query = new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(parts[1]));
        var request = new AwsRequest(method, parts[0], query, new HeaderDictionary { ["Content-Type"] = contentType }, default);
        var service = new S3Service(_s3);
        try
        {
            await service.InvokeAsync(service.OperationOf(request)!, request, TestContext.Current.CancellationToken);
            return "ok";
        }
        catch (AwsException e)
        {
            return e.Code;
        }
    }
}
