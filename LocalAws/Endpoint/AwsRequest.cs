using Microsoft.AspNetCore.Http;

namespace LocalAws.Endpoint;

/// <summary>One call to the endpoint, its body read whole: 16 MB of DynamoDB, 6 MB of an invocation, 128 MB of S3 and 8 MB of any other, beside the limits of each operation.</summary>
/// <param name="Method">The HTTP verb.</param>
/// <param name="Path">The path as sent, still percent-encoded, beginning with <c>/</c>.</param>
/// <param name="Query">The query string's values.</param>
/// <param name="Headers">The HTTP headers.</param>
/// <param name="Body">The body; empty when there is none.</param>
public sealed record AwsRequest(string Method, string Path, IQueryCollection Query, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The id the response carries in <c>x-amzn-RequestId</c>.</summary>
    public string RequestId { get; } = Guid.NewGuid().ToString();

    /// <summary>The <c>X-Amz-Target</c> header, such as <c>DynamoDB_20120810.PutItem</c>; empty for other protocols.</summary>
    public string Target { get; } = Headers["X-Amz-Target"].ToString();

    /// <summary>
    /// The service in the SigV4 credential scope (<c>Credential=AKIA…/20261122/us-east-1/sns/aws4_request</c>), which stands in the
    /// <c>Authorization</c> header or in a presigned URL's query (of version 2 only S3 has such URLs); empty when the request is not signed. The signature itself is never checked: any
    /// credentials will do.
    /// </summary>
    public string SigningName { get; } = Query.ContainsKey("AWSAccessKeyId")
        ? "s3"
        : SigningNameOf(Headers.Authorization.ToString(), Query["X-Amz-Credential"].ToString());

    /// <summary>The access key it is signed with, which tells whose it is; empty when the request is not signed.</summary>
    public string AccessKeyId => CredentialOf(Headers.Authorization.ToString(), Query["X-Amz-Credential"].ToString()) is [var key, ..] ? key : "";

    private static string SigningNameOf(string authorization, string presigned) => CredentialOf(authorization, presigned) is [.., var name, _] ? name : "";

    /// <summary>Key, date, region, service and an end; empty when there is none.</summary>
    private static string[] CredentialOf(string authorization, string presigned)
    {
        const string Marker = "Credential=";
        int start = authorization.IndexOf(Marker, StringComparison.Ordinal);
        string scope = start < 0 ? presigned : authorization[(start + Marker.Length)..].Split(',', 2)[0];
        string[] parts = scope.Split('/');
        return parts.Length >= 5 ? parts : [];
    }
}
