using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.LimitedFeed;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Who called, when a mobile application's user did.</summary>
internal sealed class CognitoIdentity(JsonElement json) : ICognitoIdentity
{
    public string IdentityId { get; } = json.Text("cognitoIdentityId");

    public string IdentityPoolId { get; } = json.Text("cognitoIdentityPoolId");

    public static CognitoIdentity FromJson(string header) =>
        string.IsNullOrEmpty(header) ? null : new CognitoIdentity(JsonElement.Parse(header));
}

/// <summary>What the caller said about itself in <c>X-Amz-Client-Context</c>.</summary>
internal sealed class CognitoClientContext(JsonElement json) : IClientContext, IClientApplication
{
    private readonly JsonElement _client = json.Member("client") ?? default;

    public IDictionary<string, string> Environment { get; } = json.TextMap("env");

    public IDictionary<string, string> Custom { get; } = json.TextMap("custom");

    public IClientApplication Client => this;

    public string AppPackageName => _client.Text("app_package_name");

    public string AppTitle => _client.Text("app_title");

    public string AppVersionCode => _client.Text("app_version_code");

    public string AppVersionName => _client.Text("app_version_name");

    public string InstallationId => _client.Text("installation_id");

    public static CognitoClientContext FromJson(string header) =>
        string.IsNullOrEmpty(header) ? null : new CognitoClientContext(JsonElement.Parse(header));
}
