using Microsoft.AspNetCore.Http;

namespace LocalAws.Access;

/// <summary>
/// Who may talk to a local cloud beside programs that call it by a loopback address or name and pages of its own: a browser on the same machine
/// takes any page's word, so listening on a loopback address alone keeps nobody out.
/// </summary>
public sealed record AccessOptions
{
    /// <summary>Names by which it may be called, without a port, beside loopback addresses, <c>localhost</c> and names below it; such as <c>host.docker.internal</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Origins whose pages may call it and read its answers, such as <c>http://localhost:3000</c>.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Which requests ask for a page that links on other sites may lead to: one whose GET changes nothing. None by default.</summary>
    public Func<HttpRequest, bool> IsPage { get; init; } = _ => false;

    /// <summary>How a refusal names the setting that adds to <see cref="Hosts"/>.</summary>
    public string HostSetting { get; init; } = "LocalCloudOptions.Access.Hosts";

    /// <summary>How a refusal names the setting that adds to <see cref="Origins"/>.</summary>
    public string OriginSetting { get; init; } = "LocalCloudOptions.Access.Origins";
}
