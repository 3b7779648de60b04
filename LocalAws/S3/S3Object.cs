namespace LocalAws.S3;

/// <summary>An object of a bucket.</summary>
/// <param name="Key">Its name, 1 to 1,024 bytes in UTF-8.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Its type; <see cref="DefaultContentType"/> when its writer named none.</param>
/// <param name="LastModified">When it was written.</param>
/// <param name="ETag">The MD5 of its bytes in hexadecimal, in quotation marks; of an object that came in parts the MD5 of the parts' MD5s, a hyphen and their number.</param>
public sealed record S3Object(string Key, ReadOnlyMemory<byte> Content, string ContentType, DateTimeOffset LastModified, string ETag)
{
    /// <summary>The type of an object whose writer named none.</summary>
    public const string DefaultContentType = "binary/octet-stream";

    /// <summary>What its writer wants to be told with it: <c>x-amz-meta-…</c>, <c>Content-Disposition</c> and the like, by header.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
