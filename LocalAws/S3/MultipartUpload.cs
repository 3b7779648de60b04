using System.Buffers;
using System.Collections.Concurrent;

namespace LocalAws.S3;

/// <summary>An object that comes in parts. Safe for use by many threads.</summary>
/// <param name="bucket">Its bucket.</param>
/// <param name="key">Its key.</param>
/// <param name="contentType">Its type, or null.</param>
/// <param name="headers">What readers are told with it.</param>
internal sealed class MultipartUpload(string bucket, string key, string? contentType, IReadOnlyDictionary<string, string> headers)
{
    private const int SmallestPart = 5 * 1024 * 1024;
    private const int MostParts = 10_000;

    private readonly ConcurrentDictionary<int, (string ETag, ReadOnlyMemory<byte> Content)> _parts = new();

    public string Bucket => bucket;

    public string Key => key;

    public string? ContentType => contentType;

    public IReadOnlyDictionary<string, string> Headers => headers;

    /// <summary>Keeps a part, over the one of the same number, and answers its ETag.</summary>
    public string Put(int number, ReadOnlyMemory<byte> content)
    {
        if (number is < 1 or > MostParts)
        {
            throw S3Error.InvalidArgument($"Part number must be an integer between 1 and {MostParts}, inclusive");
        }

        string tag = S3Engine.ETagOf(content);
        _parts[number] = (tag, content);
        return tag;
    }

    /// <summary>Puts the named parts together.</summary>
    /// <returns>The whole, and its ETag: the MD5 of the parts' MD5s, and their number.</returns>
    public (ReadOnlyMemory<byte> Content, string ETag) Assemble(IReadOnlyList<(int Number, string ETag)> parts)
    {
        var whole = new ArrayBufferWriter<byte>();
        var sums = new ArrayBufferWriter<byte>();
        for (int i = 0; i < parts.Count; i++)
        {
            if (i > 0 && parts[i].Number <= parts[i - 1].Number)
            {
                throw S3Error.InvalidPartOrder();
            }

            if (!_parts.TryGetValue(parts[i].Number, out var part) || part.ETag.Trim('"') != parts[i].ETag.Trim('"'))
            {
                throw S3Error.InvalidPart();
            }

            if (i < parts.Count - 1 && part.Content.Length < SmallestPart)
            {
                throw S3Error.EntityTooSmall();
            }

            whole.Write(part.Content.Span);
            sums.Write(Convert.FromHexString(part.ETag.Trim('"')));
        }

        return parts.Count > 0 ? (whole.WrittenMemory, $"\"{Convert.ToHexStringLower(S3Engine.Md5(sums.WrittenSpan))}-{parts.Count}\"") : throw S3Error.InvalidPart();
    }
}
