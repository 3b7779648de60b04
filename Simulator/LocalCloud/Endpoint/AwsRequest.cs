using Microsoft.AspNetCore.Http;

namespace WhatsAppBuffer.Simulator.Endpoint;

/// <summary>One call to the endpoint, its body read whole: no AWS operation imitated here takes more than 16 MB.</summary>
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
    /// The service in the SigV4 credential scope (<c>Credential=AKIA…/20261122/us-east-1/sns/aws4_request</c>), or empty when the
    /// request is not signed. The signature itself is never checked: any credentials will do.
    /// </summary>
    public string SigningName { get; } = SigningNameOf(Headers.Authorization.ToString());

    private static string SigningNameOf(string authorization)
    {
        const string Marker = "Credential=";
        int start = authorization.IndexOf(Marker, StringComparison.Ordinal);
        if (start < 0)
        {
            return "";
        }

        string scope = authorization[(start + Marker.Length)..].Split(',', 2)[0];
        string[] parts = scope.Split('/');
        return parts.Length >= 5 ? parts[^2] : "";
    }
}
