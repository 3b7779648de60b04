using System.Globalization;
using LocalAws.Endpoint;

namespace LocalAws.S3.Wire;

/// <summary>
/// The wire of S3: REST with XML, buckets in the path. A request is S3's when it, or the URL it came by, is signed for <c>s3</c>; signatures and
/// checksums are not checked.
/// </summary>
/// <param name="engine">The buckets.</param>
/// <param name="realTime">The clock by which clients sign URLs; the system's when null.</param>
public sealed class S3Service(S3Engine engine, TimeProvider? realTime = null) : IAwsService
{
    private static readonly string[] ListingParameters =
        ["list-type", "prefix", "delimiter", "max-keys", "start-after", "continuation-token", "encoding-type", "fetch-owner"];

    private readonly MultipartOperations _multipart = new(engine);

    /// <inheritdoc/>
    public string Name => "s3";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request)
    {
        if (request.SigningName != "s3")
        {
            return null;
        }

        ObjectAddress address = ObjectAddress.Of(request);
        return MultipartOperations.OperationOf(request) ?? (request.Method, address) switch
        {
            ("GET", { Bucket: "" }) => "ListBuckets",
            ("PUT", { Key: "" }) => "CreateBucket",
            ("HEAD", { Key: "" }) => "HeadBucket",
            ("DELETE", { Key: "" }) => "DeleteBucket",
            ("GET", { Key: "" }) => "ListObjectsV2",
            ("PUT", _) => "PutObject",
            ("GET", _) => "GetObject",
            ("HEAD", _) => "HeadObject",
            ("DELETE", _) => "DeleteObject",
            _ => request.Method,
        };
    }

    /// <inheritdoc/>
    public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken)
    {
        ObjectAddress address = ObjectAddress.Of(request);
        PresignedQuery.Check(request, address, engine.Presigned, realTime ?? TimeProvider.System);
        RefuseParameters(request, operation == "ListObjectsV2" ? ListingParameters : MultipartOperations.OperationOf(request) is null ? [] : MultipartOperations.Parameters);
        ObjectHeaders.RefuseOthers(request, engine.Account, isRead: operation is "GetObject" or "HeadObject");
        AwsResponse response = operation switch
        {
            "ListBuckets" => S3Xml.Buckets(engine.Account, engine.Buckets),
            "CreateBucket" => CreateBucket(address.Bucket, request),
            "HeadBucket" => engine.HasBucket(address.Bucket) ? AwsResponse.Empty() : throw S3Error.NoSuchBucket(),
            "DeleteBucket" => Done(() => engine.DeleteBucket(address.Bucket)),
            "ListObjectsV2" => List(address.Bucket, request),
            "PutObject" => Put(address, request),
            "GetObject" or "HeadObject" => ObjectRange.Apply(Read(ReadConditions.Check(engine.GetObject(address.Bucket, address.Key), request)), request),
            "CreateMultipartUpload" => _multipart.Create(address, ContentTypeOf(request), request),
            "UploadPart" => Tagged(_multipart.Put(address, request, ContentOf(request))),
            "CompleteMultipartUpload" => _multipart.Complete(address, request),
            "AbortMultipartUpload" => Done(() => _multipart.Abort(address, request)),
            "DeleteObject" => Done(() => engine.DeleteObject(address.Bucket, address.Key)),
            _ => throw S3Error.MethodNotAllowed(),
        };
        return Task.FromResult(WithRequestId(response, request));
    }

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request) => WithRequestId(S3Xml.Error(error, request), request);

    private AwsResponse CreateBucket(string bucket, AwsRequest request)
    {
        engine.CreateBucket(bucket);
        return AwsResponse.Empty() with { Headers = new Dictionary<string, string> { ["Location"] = request.Path } };
    }

    private AwsResponse List(string bucket, AwsRequest request)
    {
        string? Text(string name) => request.Query.TryGetValue(name, out var value) && value.Count > 0 ? value.ToString() : null;
        if (Text("list-type") != "2")
        {
            throw S3Error.NotImplemented("the first version of ListObjects (list-type=2 is missing)");
        }

        int maxKeys = ObjectListing.MaximumKeys;
        if (Text("max-keys") is { } wanted && !int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out maxKeys))
        {
            throw S3Error.InvalidArgument("Provided max-keys not an integer or within integer range");
        }

        var listing = new ObjectListing(Text("prefix") ?? "", Text("delimiter"), maxKeys, Text("start-after"), Text("continuation-token"));
        return S3Xml.Objects(bucket, listing, engine.ListObjects(bucket, listing), isEncoded: Text("encoding-type") == "url");
    }

    private AwsResponse Put(ObjectAddress address, AwsRequest request) => Tagged(
        engine.PutObject(address.Bucket, address.Key, ContentOf(request), ContentTypeOf(request), ObjectHeaders.ReadKept(request)).ETag);

    private static ReadOnlyMemory<byte> ContentOf(AwsRequest request)
    {
        ReadOnlyMemory<byte> content = AwsChunked.Is(request) ? AwsChunked.Decode(request.Body) : request.Body;
        if (request.Headers.ContentMD5 is { Count: > 0 } sum && sum != Convert.ToBase64String(S3Engine.Md5(content.Span)))
        {
            throw S3Error.BadDigest();
        }

        return content;
    }

    private static string? ContentTypeOf(AwsRequest request) => request.Headers.ContentType is { Count: > 0 } type ? type.ToString() : null;

    private static AwsResponse Tagged(string tag) => AwsResponse.Empty() with { Headers = new Dictionary<string, string> { ["ETag"] = tag } };

    private static AwsResponse Read(S3Object found) => new(200, found.ContentType, found.Content) { Headers = ObjectHeaders.Of(found) };

    private static AwsResponse Done(Action action)
    {
        action();
        return AwsResponse.Empty(204);
    }

    private static AwsResponse WithRequestId(AwsResponse response, AwsRequest request) =>
        response with { Headers = new Dictionary<string, string>(response.Headers) { ["x-amz-request-id"] = request.RequestId } };

    /// <summary>Sub-resources (<c>?acl</c>, <c>?uploads</c>, …) are operations of their own. <c>x-id</c> is what some SDKs call the operation.</summary>
    private static void RefuseParameters(AwsRequest request, string[] known)
    {
        foreach (string name in request.Query.Keys)
        {
            if (!known.Contains(name) && name != "x-id" && !PresignedQuery.Has(name))
            {
                throw S3Error.NotImplemented($"the query parameter '{name}'");
            }
        }
    }
}
