using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using LocalAws.Tests.Endpoint;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Endpoint;
using LocalAws.S3;
using LocalAws.S3.Wire;

namespace LocalAws.Tests.S3;

/// <summary>Amazon's own S3 client as the caller.</summary>
public sealed class S3SdkTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _real = new(TimeProvider.System.GetUtcNow());
    private readonly S3Engine _s3 = new(new AwsAccount(), new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero)));
    private TestEndpoint _endpoint = null!;
    private AmazonS3Client _client = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync(new S3Service(_s3, _real));
        AmazonS3Config config = _endpoint.Config<AmazonS3Config>();
        config.ForcePathStyle = true;
        _client = new AmazonS3Client(TestEndpoint.Credentials, config);
        _s3.CreateBucket("media");
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _endpoint.DisposeAsync();
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("folder/a b+c&d=é👋.txt")]
    public async Task An_object_comes_back_as_it_was_put_with_type_and_metadata(string key)
    {
        var put = new PutObjectRequest { BucketName = "media", Key = key, ContentBody = "Grüße 👋", ContentType = "text/plain" };
        put.Metadata.Add("origin", "test");
        put.Headers.ContentDisposition = "inline";
        PutObjectResponse written = await _client.PutObjectAsync(put);

        using GetObjectResponse read = await _client.GetObjectAsync("media", key);

        using var reader = new StreamReader(read.ResponseStream);
        Assert.Equal("Grüße 👋", await reader.ReadToEndAsync());
        Assert.Equal((written.ETag, "text/plain", "test", "inline"), (read.ETag, read.Headers.ContentType, read.Metadata["origin"], read.Headers.ContentDisposition));
        Assert.Equal(new DateTime(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc), read.LastModified);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(20_000_000)]
    public async Task A_stream_of_any_length_arrives_whole(int length)
    {
        byte[] content = new byte[length];
        new Random(7).NextBytes(content);

        await _client.PutObjectAsync(new PutObjectRequest { BucketName = "media", Key = "k", InputStream = new MemoryStream(content), UseChunkEncoding = true });

        Assert.True(_s3.GetObject("media", "k").Content.Span.SequenceEqual(content));
        Assert.Equal(length, (await _client.GetObjectMetadataAsync("media", "k")).ContentLength);
    }

    [Theory]
    [InlineData("bytes=2-4", "cde", "bytes 2-4/8")]
    [InlineData("bytes=6-", "gh", "bytes 6-7/8")]
    [InlineData("bytes=-3", "fgh", "bytes 5-7/8")]
    [InlineData("bytes=4-99", "efgh", "bytes 4-7/8")]
    public async Task A_range_of_an_object_can_be_read(string range, string expected, string contentRange)
    {
        _s3.PutObject("media", "k", "abcdefgh"u8.ToArray());

        using GetObjectResponse read = await _client.GetObjectAsync(new GetObjectRequest { BucketName = "media", Key = "k", ByteRange = new ByteRange(range) });

        using var reader = new StreamReader(read.ResponseStream);
        Assert.Equal((expected, contentRange, HttpStatusCode.PartialContent), (await reader.ReadToEndAsync(), read.ContentRange, read.HttpStatusCode));
    }

    [Fact]
    public async Task A_range_behind_the_end_is_refused()
    {
        _s3.PutObject("media", "k", "abc"u8.ToArray());

        await RefusedAsync("InvalidRange", 416, () => _client.GetObjectAsync(new GetObjectRequest { BucketName = "media", Key = "k", ByteRange = new ByteRange("bytes=3-") }));
    }

    [Fact]
    public async Task A_reader_may_ask_for_the_object_it_knows_or_for_another_one()
    {
        string tag = _s3.PutObject("media", "k", "abc"u8.ToArray()).ETag;

        using GetObjectResponse same = await _client.GetObjectAsync(new GetObjectRequest { BucketName = "media", Key = "k", EtagToMatch = tag });

        Assert.Equal(3, same.ContentLength);
        await RefusedAsync("PreconditionFailed", 412, () => _client.GetObjectAsync(new GetObjectRequest { BucketName = "media", Key = "k", EtagToMatch = "\"other\"" }));
        Assert.Equal(
            HttpStatusCode.NotModified,
            (await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => _client.GetObjectAsync(new GetObjectRequest { BucketName = "media", Key = "k", EtagToNotMatch = tag }))).StatusCode);
    }

    [Theory]
    [InlineData(60, HttpStatusCode.OK)]
    [InlineData(-60, HttpStatusCode.Forbidden)]
    public async Task A_URL_signed_by_version_2_holds_until_it_expires(int seconds, HttpStatusCode status)
    {
        _s3.PutObject("media", "photo.png", "abc"u8.ToArray());

        using HttpResponseMessage response = await _endpoint.Http.GetAsync(
            $"/media/photo.png?AWSAccessKeyId=any&Signature=any%3D&Expires={_real.GetUtcNow().ToUnixTimeSeconds() + seconds}");

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task An_object_that_comes_in_parts_is_put_together()
    {
        byte[] content = new byte[18_000_000];
        new Random(7).NextBytes(content);
        using var transfer = new TransferUtility(_client);

        await transfer.UploadAsync(new TransferUtilityUploadRequest
        {
            BucketName = "media",
            Key = "in parts",
            InputStream = new MemoryStream(content),
            ContentType = "video/mp4",
            PartSize = 5 * 1024 * 1024,
        });

        LocalAws.S3.S3Object whole = _s3.GetObject("media", "in parts");
        Assert.True(whole.Content.Span.SequenceEqual(content));
        Assert.Equal("video/mp4", whole.ContentType);
        Assert.EndsWith("-4\"", whole.ETag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_must_be_there_in_order_and_large_enough()
    {
        string id = (await _client.InitiateMultipartUploadAsync("media", "k")).UploadId;
        PartETag[] parts = [new(1, await PartAsync(id, 1, 10)), new(2, await PartAsync(id, 2, 10))];

        await RefusedAsync("EntityTooSmall", 400, () => CompleteAsync(id, parts));
        await RefusedAsync("InvalidPart", 400, () => CompleteAsync(id, new PartETag(3, parts[0].ETag)));
        await RefusedAsync("InvalidPart", 400, () => CompleteAsync(id, new PartETag(1, "\"0\"")));
        await _client.AbortMultipartUploadAsync("media", "k", id);
        await RefusedAsync("NoSuchUpload", 404, () => CompleteAsync(id, parts));
        Assert.Empty(_s3.ListObjects("media", new ObjectListing()).Contents);
    }

    [Fact]
    public async Task Buckets_are_created_listed_and_deleted_when_empty()
    {
        await _client.PutBucketAsync("second-bucket");
        await _client.PutObjectAsync(new PutObjectRequest { BucketName = "second-bucket", Key = "k", ContentBody = "c" });
        await _client.HeadBucketAsync(new HeadBucketRequest { BucketName = "second-bucket" });

        Assert.Equal(["media", "second-bucket"], (await _client.ListBucketsAsync()).Buckets.Select(b => b.BucketName));
        await RefusedAsync("BucketNotEmpty", 409, () => _client.DeleteBucketAsync("second-bucket"));
        await _client.DeleteObjectAsync("second-bucket", "k");
        await _client.DeleteBucketAsync("second-bucket");
        await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => _client.HeadBucketAsync(new HeadBucketRequest { BucketName = "second-bucket" }));
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        await RefusedAsync("NoSuchKey", 404, () => _client.GetObjectAsync("media", "none"));
        await RefusedAsync("NoSuchBucket", 404, () => _client.GetObjectAsync("nowhere", "none"));
        await RefusedAsync("NoSuchBucket", 404, () => _client.PutObjectAsync(new PutObjectRequest { BucketName = "nowhere", Key = "k", ContentBody = "c" }));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => _client.GetObjectMetadataAsync("media", "none"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteObjectAsync("media", "none")).HttpStatusCode);
    }

    [Fact]
    public async Task A_listing_is_read_page_by_page_and_folders_stand_for_their_keys()
    {
        foreach (string key in new[] { "a/1", "a/2", "b", "c/1", "d é" })
        {
            _s3.PutObject("media", key, new byte[1]);
        }

        var pages = new List<string>();
        ListObjectsV2Response page;
        string? token = null;
        do
        {
            page = await _client.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = "media", Delimiter = "/", MaxKeys = 2, ContinuationToken = token, Encoding = EncodingType.Url });
            pages.Add(string.Join(',', [.. (page.CommonPrefixes ?? []), .. (page.S3Objects ?? []).Select(o => o.Key)]));
            token = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        Assert.Equal(["a/,b", "c/,d%20%C3%A9"], pages);
        Assert.Equal(["a/1", "a/2"], (await _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "media", Prefix = "a/" })).S3Objects.Select(o => o.Key));
    }

    [Fact]
    public async Task A_presigned_URL_lets_anybody_read_and_write_until_it_expires()
    {
        DateTime expires = _real.GetUtcNow().UtcDateTime.AddMinutes(5);
        string Url(HttpVerb verb, string? type = null) => _client.GetPreSignedURL(
            new GetPreSignedUrlRequest { BucketName = "media", Key = "photo 1.png", Verb = verb, Expires = expires, ContentType = type, Protocol = Protocol.HTTP });
        using var content = new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("image/png") } };

        using HttpResponseMessage put = await _endpoint.Http.PutAsync(new Uri(Url(HttpVerb.PUT, "image/png")), content);
        using HttpResponseMessage get = await _endpoint.Http.GetAsync(new Uri(Url(HttpVerb.GET)));
        _real.Advance(TimeSpan.FromMinutes(6));
        using HttpResponseMessage late = await _endpoint.Http.GetAsync(new Uri(Url(HttpVerb.GET)));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden), (put.StatusCode, get.StatusCode, late.StatusCode));
        Assert.Equal([1, 2, 3], await get.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", get.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Request has expired", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_imitated_is_refused_by_name()
    {
        Assert.Contains("GetBucketVersioning", await RefusedAsync("NotImplemented", 501, () => _client.GetBucketVersioningAsync("media")), StringComparison.Ordinal);
        Assert.Contains(
            "x-amz-server-side-encryption",
            await RefusedAsync("NotImplemented", 501, () => _client.PutObjectAsync(new PutObjectRequest
            {
                BucketName = "media",
                Key = "k",
                ContentBody = "c",
                ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256,
            })),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_does_not_fit_its_sum_is_refused()
    {
        await RefusedAsync("BadDigest", 400, () => _client.PutObjectAsync(
            new PutObjectRequest { BucketName = "media", Key = "k", ContentBody = "c", MD5Digest = Convert.ToBase64String(new byte[16]) }));
        Assert.Empty(_s3.ListObjects("media", new ObjectListing()).Contents);
    }

    private async Task<string> PartAsync(string uploadId, int number, int length) => (await _client.UploadPartAsync(
        new UploadPartRequest { BucketName = "media", Key = "k", UploadId = uploadId, PartNumber = number, InputStream = new MemoryStream(new byte[length]) })).ETag;

    private Task CompleteAsync(string uploadId, params PartETag[] parts) => _client.CompleteMultipartUploadAsync(
        new CompleteMultipartUploadRequest { BucketName = "media", Key = "k", UploadId = uploadId, PartETags = [.. parts] });

    private static async Task<string> RefusedAsync(string code, int status, Func<Task> call)
    {
        var error = await Assert.ThrowsAnyAsync<AmazonS3Exception>(call);
        Assert.Equal((code, status), (error.ErrorCode, (int)error.StatusCode));
        return error.Message;
    }
}
