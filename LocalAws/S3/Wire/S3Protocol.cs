using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.S3.Wire;

/// <summary>REST with XML as S3 speaks it: an operation is a verb, a bucket or an object, and for many a sub-resource in the query (<c>?acl</c>).</summary>
/// <param name="engine">Whose presigned URLs it knows.</param>
/// <param name="realTime">The clock by which clients sign theirs.</param>
internal sealed class S3Protocol(S3Engine engine, TimeProvider realTime) : AwsProtocol
{
    public override string? OperationOf(AwsRequest request, IReadOnlyList<AwsOperation> table) =>
        request.SigningName != "s3" ? null
        : SubResourceOf(request, table) is { } other ? other
        : table.FirstOrDefault(operation => operation.Route!.Matches(request))?.Name ?? (request.Method == "GET" ? "ListObjects" : request.Method);

    /// <exception cref="AwsException">The request is signed wrongly, or says what is not imitated.</exception>
    public override JsonElement Read(AwsOperation operation, AwsRequest request)
    {
        foreach ((string name, StringValues value) in request.Headers)
        {
            if (value.ToString().Any(char.IsControl))
            {
                throw S3Error.InvalidArgument($"The header {name} contains control characters.");
            }
        }

        PresignedQuery.Check(request, ObjectAddress.Of(request), engine.Presigned, realTime);
        if (request.Query.Keys.FirstOrDefault(name => !operation.Route!.Query.Contains(name) && !IsAboutTheCall(name)) is { } parameter)
        {
            throw S3Error.NotImplemented($"the query parameter '{parameter}'");
        }

        ObjectHeaders.RefuseOthers(request, engine.Account, isRead: operation.Name is "GetObject" or "HeadObject");
        return default;
    }

    public override AwsResponse Write(AwsException error, AwsRequest request) => WithRequestId(S3Xml.Error(error, request), request);

    public override AwsException NotImitated(string operation, IReadOnlyList<AwsOperation> table) => new("NotImplemented", NotImitatedText(operation, table), 501);

    public static AwsResponse WithRequestId(AwsResponse response, AwsRequest request) =>
        response with { Headers = new Dictionary<string, string>(response.Headers) { ["x-amz-request-id"] = request.RequestId } };

    /// <summary>What AWS calls an operation on a sub-resource that no operation in the table has: <c>GET /b?acl</c> is GetBucketAcl.</summary>
    private static string? SubResourceOf(AwsRequest request, IReadOnlyList<AwsOperation> table)
    {
        if (request.Headers.ContainsKey("x-amz-copy-source"))
        {
            return request.Query.ContainsKey("uploadId") ? "UploadPartCopy" : "CopyObject";
        }

        string? name = request.Query.Where(parameter => parameter.Value.ToString().Length == 0 && !IsAboutTheCall(parameter.Key)).Select(parameter => parameter.Key)
            .FirstOrDefault(key => !table.Any(operation => operation.Route!.Query.Contains(key)));
        string resource = ObjectAddress.Of(request).Key.Length == 0 ? "Bucket" : "Object";
        return (request.Method, name) switch
        {
            (_, null) when request.Method == "GET" && request.Query.ContainsKey("uploads") => "ListMultipartUploads",
            (_, null) when request.Method == "GET" && request.Query.ContainsKey("uploadId") => "ListParts",
            (_, null) => null,
            ("POST", "delete") => "DeleteObjects",
            ("GET", "versions") => "ListObjectVersions",
            var (method, key) => $"{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(method.ToLowerInvariant())}{resource}{char.ToUpperInvariant(key[0])}{key[1..]}",
        };
    }

    /// <summary><c>x-id</c> is what some SDKs call the operation.</summary>
    private static bool IsAboutTheCall(string parameter) => parameter == "x-id" || PresignedQuery.Has(parameter);
}
