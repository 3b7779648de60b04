using System.Globalization;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.S3.Wire;

/// <summary>
/// The wire of S3: REST with XML, buckets in the path. A request is S3's when it, or the URL it came by, is signed for <c>s3</c>; signatures and
/// checksums are not checked.
/// </summary>
/// <param name="engine">The buckets.</param>
/// <param name="realTime">The clock by which clients sign URLs; the system's when null.</param>
public sealed class S3Service(S3Engine engine, TimeProvider? realTime = null) : AwsService("s3", new S3Protocol(engine, realTime ?? TimeProvider.System) { Service = "S3" })
{
    private readonly MultipartOperations _multipart = new(engine);

    private protected override IReadOnlyList<AwsOperation> Table =>
    [
        Of("CreateMultipartUpload POST /{Bucket}/{Key+}?uploads!", (address, request) => _multipart.Create(address, ContentTypeOf(request), request)),
        Of("UploadPart PUT /{Bucket}/{Key+}?uploadId!&partNumber", (address, request) => Tagged(_multipart.Put(address, request, ContentOf(request)))),
        Of("CompleteMultipartUpload POST /{Bucket}/{Key+}?uploadId!", _multipart.Complete),
        Of("AbortMultipartUpload DELETE /{Bucket}/{Key+}?uploadId!", (address, request) => Done(() => _multipart.Abort(address, request))),
        Of("PutObject PUT /{Bucket}/{Key+}", Put),
        Of("GetObject GET /{Bucket}/{Key+}", Get),
        Of("HeadObject HEAD /{Bucket}/{Key+}", Get),
        Of("DeleteObject DELETE /{Bucket}/{Key+}", (address, _) => Done(() => engine.DeleteObject(address.Bucket, address.Key))),
        Of("ListObjectsV2 GET /{Bucket}?list-type!&prefix&delimiter&max-keys&start-after&continuation-token&encoding-type&fetch-owner", List),
        Of("CreateBucket PUT /{Bucket}", CreateBucket),
        Of("HeadBucket HEAD /{Bucket}", (address, _) => engine.HasBucket(address.Bucket) ? AwsResponse.Empty() : throw S3Error.NoSuchBucket()),
        Of("DeleteBucket DELETE /{Bucket}", (address, _) => Done(() => engine.DeleteBucket(address.Bucket))),
        Of("ListBuckets GET /", (_, _) => S3Xml.Buckets(engine.Account, engine.Buckets)),
    ];

    private static AwsOperation Of(string signature, Func<ObjectAddress, AwsRequest, AwsResponse> run) =>
        new(signature, null, (_, request, _) => Task.FromResult(S3Protocol.WithRequestId(run(ObjectAddress.Of(request), request), request)));

    private AwsResponse CreateBucket(ObjectAddress address, AwsRequest request)
    {
        engine.CreateBucket(address.Bucket);
        return AwsResponse.Empty() with { Headers = new Dictionary<string, string> { ["Location"] = request.Path } };
    }

    private AwsResponse List(ObjectAddress address, AwsRequest request)
    {
        string? Text(string name) => request.Query.TryGetValue(name, out var value) && value.Count > 0 ? value.ToString() : null;
        if (Text("list-type") != "2")
        {
            throw S3Error.InvalidArgument("list-type must be 2.");
        }

        int maxKeys = ObjectListing.MaximumKeys;
        if (Text("max-keys") is { } wanted && !int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out maxKeys))
        {
            throw S3Error.InvalidArgument("Provided max-keys not an integer or within integer range");
        }

        var listing = new ObjectListing(Text("prefix") ?? "", Text("delimiter"), maxKeys, Text("start-after"), Text("continuation-token"));
        return S3Xml.Objects(address.Bucket, listing, engine.ListObjects(address.Bucket, listing), isEncoded: Text("encoding-type") == "url");
    }

    private AwsResponse Put(ObjectAddress address, AwsRequest request) => Tagged(
        engine.PutObject(address.Bucket, address.Key, ContentOf(request), ContentTypeOf(request), ObjectHeaders.ReadKept(request)).ETag);

    private AwsResponse Get(ObjectAddress address, AwsRequest request) =>
        ObjectRange.Apply(Read(ReadConditions.Check(engine.GetObject(address.Bucket, address.Key), request)), request);

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
}
