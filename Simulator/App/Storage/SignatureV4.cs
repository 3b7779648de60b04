using System.Globalization;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>Signs requests with the user's credentials, which are asked for each time: they may be renewed.</summary>
internal sealed class SignatureV4(AWSCredentials credentials, string service, string region, TimeProvider clock)
{
    public async Task SignAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        ImmutableCredentials current = await credentials.GetCredentialsAsync();
        DateTime now = clock.GetUtcNow().UtcDateTime;
        request.Headers.Add("X-Amz-Date", now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        if (current.UseToken)
        {
            request.Headers.Add("X-Amz-Security-Token", current.Token);
        }

        Uri uri = request.RequestUri!;
        SortedDictionary<string, string> headers = new(StringComparer.Ordinal) { ["host"] = uri.IsDefaultPort ? uri.Host : $"{uri.Host}:{uri.Port}" };
        foreach ((string name, IEnumerable<string> values) in request.Headers)
        {
            headers[name.ToLowerInvariant()] = string.Join(',', values);
        }

        string signed = string.Join(';', headers.Keys);
        string canonical = string.Join('\n', request.Method.Method, uri.AbsolutePath, "", string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n")), signed, Convert.ToHexStringLower(SHA256.HashData(body.Span)));
        AWS4SigningResult signature = AWS4Signer.ComputeSignature(current, region, now, service, signed, canonical);
        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
    }
}
