using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LocalAws.Endpoint;

namespace LocalAws.S3;

/// <summary>Buckets and their objects, in memory; no versions, no access rules. Safe for use by many threads.</summary>
/// <param name="account">The account that owns the buckets.</param>
/// <param name="clock">The cloud's clock.</param>
public sealed partial class S3Engine(AwsAccount account, TimeProvider clock)
{
    private const int MaxKeyBytes = 1024;
    private const int MaxMetadataBytes = 2048;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>The account that owns the buckets.</summary>
    public AwsAccount Account => account;

    internal PresignedUrls Presigned { get; } = new(clock);

    internal IReadOnlyList<Bucket> Buckets => [.. _buckets.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal)];

    /// <summary>Creates a bucket.</summary>
    /// <param name="name">3 to 63 lower-case letters, digits, dots and hyphens.</param>
    /// <exception cref="AwsException"><c>InvalidBucketName</c>; <c>BucketAlreadyOwnedByYou</c> (409), except in us-east-1, where S3 lets that pass.</exception>
    public void CreateBucket(string name)
    {
        if (!BucketName.IsMatch(name) || name.Contains("..", StringComparison.Ordinal))
        {
            throw S3Error.InvalidBucketName();
        }

        if (!_buckets.TryAdd(name, new Bucket(name, clock.GetUtcNow())) && account.Region != "us-east-1")
        {
            throw S3Error.BucketAlreadyOwnedByYou();
        }
    }

    /// <summary>Whether a bucket exists.</summary>
    /// <param name="name">The bucket.</param>
    public bool HasBucket(string name) => _buckets.ContainsKey(name);

    /// <summary>Deletes an empty bucket.</summary>
    /// <param name="name">The bucket.</param>
    /// <exception cref="AwsException"><c>NoSuchBucket</c> (404) or <c>BucketNotEmpty</c> (409).</exception>
    public void DeleteBucket(string name)
    {
        if (!Find(name).Objects.IsEmpty)
        {
            throw S3Error.BucketNotEmpty();
        }

        _buckets.TryRemove(name, out _);
    }

    /// <summary>Writes an object, over the one of the same key.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's name, 1 to 1,024 bytes in UTF-8.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="contentType">Its type; null for S3's default.</param>
    /// <param name="headers">What readers are told with it, by header; <c>x-amz-meta-…</c> together at most 2,048 bytes.</param>
    /// <exception cref="AwsException"><c>NoSuchBucket</c> (404), <c>KeyTooLongError</c> or <c>MetadataTooLarge</c>.</exception>
    public S3Object PutObject(
        string bucket, string key, ReadOnlyMemory<byte> content, string? contentType = null, IReadOnlyDictionary<string, string>? headers = null) =>
        PutObject(bucket, key, content, ETagOf(content), contentType, headers ?? new Dictionary<string, string>());

    private S3Object PutObject(
        string bucket, string key, ReadOnlyMemory<byte> content, string tag, string? contentType, IReadOnlyDictionary<string, string> headers)
    {
        if (Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
        {
            throw S3Error.KeyTooLong();
        }

        const string Metadata = "x-amz-meta-";
        if (headers.Where(h => h.Key.StartsWith(Metadata, StringComparison.OrdinalIgnoreCase)).Sum(h => h.Key.Length - Metadata.Length + h.Value.Length) > MaxMetadataBytes)
        {
            throw S3Error.MetadataTooLarge();
        }

        var written = new S3Object(key, content, contentType ?? S3Object.DefaultContentType, clock.GetUtcNow(), tag) { Headers = headers };
        Find(bucket).Put(written);
        return written;
    }

    /// <summary>Reads an object.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's name.</param>
    /// <exception cref="AwsException"><c>NoSuchBucket</c> or <c>NoSuchKey</c> (404).</exception>
    public S3Object GetObject(string bucket, string key) => Find(bucket).Objects.GetValueOrDefault(key) ?? throw S3Error.NoSuchKey();

    /// <summary>Reads an object that may be missing.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's name.</param>
    /// <param name="found">The object.</param>
    /// <exception cref="AwsException"><c>NoSuchBucket</c> (404).</exception>
    public bool TryGetObject(string bucket, string key, [NotNullWhen(true)] out S3Object? found) => Find(bucket).Objects.TryGetValue(key, out found);

    /// <summary>Deletes an object, or nothing when there is none.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's name.</param>
    /// <exception cref="AwsException"><c>NoSuchBucket</c> (404).</exception>
    public void DeleteObject(string bucket, string key) => Find(bucket).Delete(key);

    /// <summary>Reads a page of a bucket's objects.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="listing">Which page.</param>
    /// <exception cref="AwsException"><c>NoSuchBucket</c> (404) or <c>InvalidArgument</c>.</exception>
    public ObjectPage ListObjects(string bucket, ObjectListing listing) => listing.Read(Find(bucket).Objects.Values);

    /// <summary>The ETag of an object that came in one piece, or of a part.</summary>
    internal static string ETagOf(ReadOnlyMemory<byte> content) => $"\"{Convert.ToHexStringLower(Md5(content.Span))}\"";

    /// <summary>The MD5 of bytes, which is S3's ETag and Content-MD5.</summary>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "S3's ETag and Content-MD5 are MD5; nothing is protected by it.")]
    internal static byte[] Md5(ReadOnlySpan<byte> content) => MD5.HashData(content);

    private Bucket Find(string name) => _buckets.GetValueOrDefault(name) ?? throw S3Error.NoSuchBucket();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    private static partial Regex BucketName { get; }
}
