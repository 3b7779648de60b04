using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace LocalAws.S3;

/// <summary>
/// The URLs that this cloud's own services sign for their callers. They expire on the cloud's clock; a URL that a client has signed itself, in
/// real time, is none of them.
/// </summary>
internal sealed class PresignedUrls(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Grant> _bySignature = new(StringComparer.Ordinal);

    /// <summary>Signs a URL.</summary>
    /// <param name="grant">What it allows.</param>
    /// <param name="region">The region in its credential scope.</param>
    /// <returns>Path and query.</returns>
    public string Sign(Grant grant, string region)
    {
        foreach ((string old, Grant expired) in _bySignature)
        {
            _ = expired.Expiry < clock.GetUtcNow() && _bySignature.TryRemove(old, out _);
        }

        string signature = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _bySignature[signature] = grant;
        DateTimeOffset now = clock.GetUtcNow();
        string path = $"/{grant.Bucket}/{string.Join('/', grant.Key.Split('/').Select(Uri.EscapeDataString))}";
        string headers = string.Join("%3B", grant.Headers.Keys.Select(name => name.ToLowerInvariant()).Append("host").Order(StringComparer.Ordinal));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=local%2F{now:yyyyMMdd}%2F{region}%2Fs3%2Faws4_request&X-Amz-Date={now:yyyyMMdd'T'HHmmss'Z'}"
            + $"&X-Amz-Expires={Math.Ceiling((grant.Expiry - now).TotalSeconds)}&X-Amz-SignedHeaders={headers}&X-Amz-Signature={signature}");
    }

    /// <summary>Whether the signature is one of ours; if it is, it must allow this.</summary>
    /// <exception cref="Endpoint.AwsException"><c>AccessDenied</c> (403): it has expired; <c>SignatureDoesNotMatch</c> (403): it was signed for something else.</exception>
    public bool Admits(string signature, string method, string bucket, string key, Func<string, string> headerOf)
    {
        if (!_bySignature.TryGetValue(signature, out Grant? grant))
        {
            return false;
        }

        if (clock.GetUtcNow() >= grant.Expiry)
        {
            throw S3Error.RequestHasExpired();
        }

        if ((grant.Method, grant.Bucket, grant.Key) != (method, bucket, key))
        {
            throw S3Error.SignatureDoesNotMatch("the request");
        }

        foreach ((string name, string value) in grant.Headers)
        {
            if (headerOf(name) != value)
            {
                throw S3Error.SignatureDoesNotMatch($"the header {name}");
            }
        }

        return true;
    }

    /// <summary>What a URL allows.</summary>
    /// <param name="Method">The HTTP verb.</param>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="Key">The object.</param>
    /// <param name="Expiry">Until when.</param>
    public sealed record Grant(string Method, string Bucket, string Key, DateTimeOffset Expiry)
    {
        /// <summary>Headers that the request must carry with these values.</summary>
        public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
    }
}
