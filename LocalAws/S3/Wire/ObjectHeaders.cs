using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LocalAws.Endpoint;

namespace LocalAws.S3.Wire;

/// <summary>The headers of requests and answers about objects: which are kept, which mean nothing here, which are refused.</summary>
internal static partial class ObjectHeaders
{
    private const string Metadata = "x-amz-meta-";

    private static readonly string[] Kept = ["Cache-Control", "Content-Disposition", "Content-Language", "Expires"];

    /// <summary>What a caller wants kept with an object.</summary>
    public static Dictionary<string, string> ReadKept(AwsRequest request)
    {
        var kept = request.Headers
            .Where(header => header.Key.StartsWith(Metadata, StringComparison.OrdinalIgnoreCase) || Kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => header.Value.ToString());
        string encoding = string.Join(
            ',', request.Headers.ContentEncoding.ToString().Split(',', StringSplitOptions.TrimEntries).Where(part => part is not ("aws-chunked" or "")));
        _ = encoding.Length > 0 && kept.TryAdd("Content-Encoding", encoding);
        return kept;
    }

    /// <summary>
    /// Refuses what would change the outcome on AWS and is not imitated. Signatures and checksums are let through unread; ACLs too that say what
    /// holds anyway in one account.
    /// </summary>
    /// <exception cref="AwsException"><c>NotImplemented</c> (501), naming the header.</exception>
    public static void RefuseOthers(AwsRequest request, AwsAccount account, bool isRead)
    {
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in request.Headers)
        {
            bool isRefused = name.ToLowerInvariant() switch
            {
                "if-match" or "if-none-match" => !isRead,
                "if-modified-since" or "if-unmodified-since" => true,
                "x-amz-acl" => value.ToString() is not ("private" or "bucket-owner-full-control"),
                "x-amz-storage-class" => value != "STANDARD",
                "x-amz-expected-bucket-owner" => value != account.Id,
                var lower => lower.StartsWith("x-amz-", StringComparison.Ordinal) && !Meaningless.IsMatch(lower),
            };
            if (isRefused)
            {
                throw S3Error.NotImplemented($"the header {name}: {value}");
            }
        }
    }

    /// <summary>What an answer tells about an object.</summary>
    public static Dictionary<string, string> Of(S3Object described)
    {
        var headers = described.Headers.ToDictionary(header => header.Key, header => Ascii(header.Value));
        headers["ETag"] = described.ETag;
        headers["Last-Modified"] = described.LastModified.ToString("R", CultureInfo.InvariantCulture);
        return headers;
    }

    /// <summary>As S3 does: what is not ASCII comes back in the form of RFC 2047.</summary>
    private static string Ascii(string value) => System.Text.Ascii.IsValid(value) ? value : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";

    [GeneratedRegex("^x-amz-(meta-.*|checksum-.*|sdk-checksum-algorithm|trailer|decoded-content-length|content-sha256|date|security-token|user-agent|api-version)$")]
    private static partial Regex Meaningless { get; }
}
