using System.Text.RegularExpressions;

namespace LocalAws.Protocols;

/// <summary>What SDKs say about a call beside the operation's own members: signatures, checksums, themselves.</summary>
internal static partial class RequestHeaders
{
    /// <summary>Whether a header or query parameter is of that kind.</summary>
    public static bool IsAboutTheCall(string name) => AboutTheCall.IsMatch(name);

    [GeneratedRegex(
        "^x-amz-(algorithm|credential|date|expires|signature|signedheaders|security-token|content-sha256|user-agent|api-version|target|sdk-.*|checksum-.*|trailer|decoded-content-length)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex AboutTheCall { get; }
}
