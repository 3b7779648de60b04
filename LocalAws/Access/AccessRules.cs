using System.Net;
using Microsoft.AspNetCore.Http;

namespace LocalAws.Access;

/// <summary>Tells programs of this machine and the cloud's own pages from pages of others, by what no page can forge.</summary>
internal sealed class AccessRules
{
    private readonly HashSet<string> _hosts;
    private readonly HashSet<string> _origins;
    private readonly AccessOptions _options;

    /// <exception cref="ArgumentException">A host or an origin is none.</exception>
    public AccessRules(AccessOptions options)
    {
        _options = options;
        _hosts = new HashSet<string>(options.Hosts.Select(HostOf), StringComparer.OrdinalIgnoreCase);
        _origins = new HashSet<string>(options.Origins.Select(OriginOf), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Why the request may not be answered, and what to do; null when it may.</summary>
    public string? Refusal(HttpRequest request)
    {
        if (!IsOwn(request.Host.Host))
        {
            return $"The host '{request.Host.Host}' is not this machine's: a page elsewhere could have its own name lead here. "
                + $"Call it by 127.0.0.1 or localhost, or allow the name: {_options.HostSetting}.";
        }

        if (request.Headers.Origin is { Count: > 0 } origin)
        {
            return origin is [{ } one] && (IsOwn(one, request) || _origins.Contains(one))
                ? null
                : $"A page of the origin '{origin}' may not call this: any page could. If it is yours, allow it: {_options.OriginSetting}.";
        }

        return IsFromOtherSite(request) && !IsNavigation(request)
            ? $"A page of another site may link to a page here and do nothing else. If it is yours, let its script call, and allow its origin: {_options.OriginSetting}."
            : null;
    }

    /// <summary>The origin whose page called and may read the answer; null when that is nobody else's.</summary>
    public string? OtherOrigin(HttpRequest request) => request.Headers.Origin is [{ } origin] && !IsOwn(origin, request) && _origins.Contains(origin) ? origin : null;

    private bool IsOwn(string host) =>
        (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address))
        || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || _hosts.Contains(host);

    private static bool IsOwn(string origin, HttpRequest request) => string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Browsers say so; programs say nothing.</summary>
    private static bool IsFromOtherSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site is not ["same-origin" or "none"];

    /// <summary>Whether the reader left the other page for this one; a frame would show it within the other.</summary>
    private bool IsNavigation(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers["Sec-Fetch-Mode"] is ["navigate"]
        && request.Headers["Sec-Fetch-Dest"] is [] or ["document"]
        && _options.IsPage(request);

    private static string HostOf(string host) => Uri.CheckHostName(host) != UriHostNameType.Unknown
        ? host
        : throw new ArgumentException($"'{host}' is no host name: it has neither scheme nor port, such as host.docker.internal.");

    private static string OriginOf(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority)
            : throw new ArgumentException($"'{origin}' is no origin: it has a scheme, a host and maybe a port, such as http://localhost:3000.");
}
