using System.Xml.Linq;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.S3.Wire;

/// <summary>The answers of S3's XML protocol.</summary>
internal static class S3Xml
{
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>An error; its root, unlike that of answers, is in no namespace. The answer to a HEAD request, and one that nothing has changed, have no body to carry it.</summary>
    public static AwsResponse Error(AwsException error, AwsRequest request) => request.Method == "HEAD" || error.StatusCode == 304
        ? AwsResponse.Empty(error.StatusCode)
        : Write(
            new XElement(
                "Error",
                new XElement("Code", error.Code),
                new XElement("Message", error.Message),
                new XElement("Resource", request.Path),
                new XElement("RequestId", request.RequestId)),
            error.StatusCode);

    public static AwsResponse Buckets(AwsAccount account, IReadOnlyList<Bucket> buckets) => Write(Element(
        "ListAllMyBucketsResult",
        Element("Owner", Element("ID", account.Id)),
        Element("Buckets", [.. buckets.Select(bucket => Element("Bucket", Element("Name", bucket.Name), Element("CreationDate", AwsTime.Milliseconds(bucket.CreatedAt))))])));

    public static AwsResponse Objects(string bucket, ObjectListing listing, ObjectPage page, bool isEncoded)
    {
        string Text(string key) => isEncoded ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : key;
        return Write(Element(
            "ListBucketResult",
            Element("Name", bucket),
            Element("Prefix", Text(listing.Prefix)),
            listing.Delimiter is null ? null : Element("Delimiter", Text(listing.Delimiter)),
            listing.StartAfter is null ? null : Element("StartAfter", Text(listing.StartAfter)),
            listing.ContinuationToken is null ? null : Element("ContinuationToken", listing.ContinuationToken),
            isEncoded ? Element("EncodingType", "url") : null,
            Element("MaxKeys", Math.Min(listing.MaxKeys, ObjectListing.MaximumKeys)),
            Element("KeyCount", page.Contents.Count + page.CommonPrefixes.Count),
            Element("IsTruncated", page.NextContinuationToken is not null),
            page.NextContinuationToken is null ? null : Element("NextContinuationToken", page.NextContinuationToken),
            page.Contents.Select(listed => Element(
                "Contents",
                Element("Key", Text(listed.Key)),
                Element("LastModified", AwsTime.Milliseconds(listed.LastModified)),
                Element("ETag", listed.ETag),
                Element("Size", listed.Content.Length),
                Element("StorageClass", "STANDARD"))),
            page.CommonPrefixes.Select(prefix => Element("CommonPrefixes", Element("Prefix", Text(prefix))))));
    }

    public static AwsResponse Upload(ObjectAddress address, string uploadId) => Write(Element(
        "InitiateMultipartUploadResult", Element("Bucket", address.Bucket), Element("Key", address.Key), Element("UploadId", uploadId)));

    public static AwsResponse Completed(ObjectAddress address, string tag) => Write(Element(
        "CompleteMultipartUploadResult",
        Element("Location", $"/{address.Bucket}/{address.Key}"),
        Element("Bucket", address.Bucket),
        Element("Key", address.Key),
        Element("ETag", tag)));

    private static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    private static AwsResponse Write(XElement root, int statusCode = 200) =>
        AwsXml.Write("application/xml", root, statusCode, """<?xml version="1.0" encoding="UTF-8"?>""" + "\n");
}
