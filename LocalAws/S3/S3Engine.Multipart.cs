using System.Collections.Concurrent;
using LocalAws.Endpoint;

namespace LocalAws.S3;

/// <content>Objects that come in parts, as the AWS CLI sends everything from 8 MB on.</content>
public sealed partial class S3Engine
{
    private readonly ConcurrentDictionary<string, MultipartUpload> _uploads = new();

    /// <summary>Begins an object that comes in parts.</summary>
    /// <inheritdoc cref="PutObject(string, string, ReadOnlyMemory{byte}, string?, IReadOnlyDictionary{string, string}?)"/>
    /// <returns>The upload's id.</returns>
    public string CreateMultipartUpload(string bucket, string key, string? contentType = null, IReadOnlyDictionary<string, string>? headers = null)
    {
        _ = Find(bucket);
        string id = Guid.NewGuid().ToString("N");
        _uploads[id] = new MultipartUpload(bucket, key, contentType, headers ?? new Dictionary<string, string>());
        return id;
    }

    /// <summary>Keeps a part.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's name.</param>
    /// <param name="uploadId">From <see cref="CreateMultipartUpload"/>.</param>
    /// <param name="partNumber">1 to 10,000.</param>
    /// <param name="content">Its bytes.</param>
    /// <returns>The part's ETag.</returns>
    /// <exception cref="AwsException"><c>NoSuchUpload</c> (404) or <c>InvalidArgument</c>.</exception>
    public string UploadPart(string bucket, string key, string uploadId, int partNumber, ReadOnlyMemory<byte> content) =>
        FindUpload(bucket, key, uploadId).Put(partNumber, content);

    /// <summary>Puts the parts together.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's name.</param>
    /// <param name="uploadId">From <see cref="CreateMultipartUpload"/>.</param>
    /// <param name="parts">Their numbers, in order, and ETags; each but the last has at least 5 MB.</param>
    /// <exception cref="AwsException"><c>NoSuchUpload</c> (404), <c>InvalidPart</c>, <c>InvalidPartOrder</c>, <c>EntityTooSmall</c>, or as for one in one piece.</exception>
    public S3Object CompleteMultipartUpload(string bucket, string key, string uploadId, IReadOnlyList<(int Number, string ETag)> parts)
    {
        MultipartUpload upload = FindUpload(bucket, key, uploadId);
        (ReadOnlyMemory<byte> content, string tag) = upload.Assemble(parts);
        S3Object written = PutObject(bucket, key, content, tag, upload.ContentType, upload.Headers);
        _uploads.TryRemove(uploadId, out _);
        return written;
    }

    /// <summary>Forgets the parts.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's name.</param>
    /// <param name="uploadId">From <see cref="CreateMultipartUpload"/>.</param>
    /// <exception cref="AwsException"><c>NoSuchUpload</c> (404).</exception>
    public void AbortMultipartUpload(string bucket, string key, string uploadId)
    {
        _ = FindUpload(bucket, key, uploadId);
        _uploads.TryRemove(uploadId, out _);
    }

    private MultipartUpload FindUpload(string bucket, string key, string uploadId) =>
        _uploads.GetValueOrDefault(uploadId) is { } upload && upload.Bucket == bucket && upload.Key == key ? upload : throw S3Error.NoSuchUpload();
}
