using System.Text;

namespace LocalAws.Endpoint;

/// <summary>One answer of the endpoint.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="ContentType">The content type, or null for an empty answer.</param>
/// <param name="Body">The body.</param>
public sealed record AwsResponse(int StatusCode, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Headers beside <c>Content-Type</c> and <c>x-amzn-RequestId</c>, which the endpoint itself writes.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the connection breaks instead of carrying it: an injected fault.</summary>
    public bool IsDropped { get; init; }

    /// <summary>An answer without a body.</summary>
    /// <param name="statusCode">The HTTP status.</param>
    public static AwsResponse Empty(int statusCode = 200) => new(statusCode, null, ReadOnlyMemory<byte>.Empty);

    /// <summary>An answer whose body is the text in UTF-8.</summary>
    /// <param name="contentType">The content type.</param>
    /// <param name="body">The text.</param>
    /// <param name="statusCode">The HTTP status.</param>
    public static AwsResponse Text(string contentType, string body, int statusCode = 200) =>
        new(statusCode, contentType, Encoding.UTF8.GetBytes(body));
}
