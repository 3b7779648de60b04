using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using LocalAws.Endpoint;
using LocalAws.S3;
using LocalAws.S3.Wire;

namespace LocalAws.SocialMessaging.Media;

/// <summary>How End User Messaging reads from and writes to the account's buckets: by name, or by a presigned URL as anybody would.</summary>
internal sealed class MediaStorage(S3Engine s3)
{
    private const int MaxUrl = 2000;

    private readonly S3Service _wire = new(s3);

    public (string MimeType, ReadOnlyMemory<byte> Content) Read(S3File file)
    {
        Check(file, minKey: 1);
        S3Object found = Translated(() => s3.GetObject(file.BucketName, file.Key));
        return (found.ContentType, found.Content);
    }

    public void Write(S3File file, string mimeType, ReadOnlyMemory<byte> content)
    {
        Check(file, minKey: 0);
        Translated(() => s3.PutObject(file.BucketName, file.Key, content, mimeType));
    }

    /// <summary>Checks what can be checked before the key's end is known.</summary>
    public static void Check(S3File file, int minKey)
    {
        SocialMessagingError.Check.Required(file.BucketName, "bucketName", 3, 63);
        SocialMessagingError.Check.Required(file.Key, "key", minKey, 1024);
    }

    /// <summary>Reads by URL; the type is the one that the caller names, as AWS asks for it.</summary>
    public async Task<(string MimeType, ReadOnlyMemory<byte> Content)> ReadAsync(S3PresignedUrl url, CancellationToken cancellationToken)
    {
        string mimeType = url.Headers.FirstOrDefault(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value
            ?? throw SocialMessagingError.InvalidParameters("sourceS3PresignedUrl.headers must name the Content-Type.");
        AwsResponse response = await CallAsync("GET", url, default, cancellationToken);
        return (mimeType, response.Body);
    }

    public Task WriteAsync(S3PresignedUrl url, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        CallAsync("PUT", url, content, cancellationToken);

    private async Task<AwsResponse> CallAsync(string method, S3PresignedUrl presigned, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        SocialMessagingError.Check.Required(presigned.Url, "url", 1, MaxUrl);
        if (!Uri.TryCreate(presigned.Url, UriKind.Absolute, out Uri? url))
        {
            throw SocialMessagingError.Validation("url must be a presigned URL of S3.");
        }

        var headers = new HeaderDictionary();
        foreach ((string name, string value) in presigned.Headers)
        {
            headers[name] = value;
        }

        var request = new AwsRequest(method, url.AbsolutePath, new QueryCollection(QueryHelpers.ParseQuery(url.Query)), headers, body);
        try
        {
            return _wire.OperationOf(request) is { } operation
                ? await _wire.InvokeAsync(operation, request, cancellationToken)
                : throw SocialMessagingError.Validation("url must be a presigned URL of S3: it is not signed for s3.");
        }
        catch (AwsException e) when (e.Code != "ValidationException")
        {
            throw Translate(e);
        }
    }

    private static T Translated<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (AwsException e)
        {
            throw Translate(e);
        }
    }

    /// <summary>Ours: AWS does not say which of its errors stands for which of S3's.</summary>
    private static AwsException Translate(AwsException error) => error.StatusCode == 404
        ? SocialMessagingError.NotFound($"S3 answered {error.Code}: {error.Message}")
        : SocialMessagingError.AccessDenied($"S3 answered {error.Code}: {error.Message}");
}
