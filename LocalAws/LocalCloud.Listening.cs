using Amazon.Runtime;
using LocalAws.Endpoint;

namespace LocalAws;

/// <content>What a test or a program needs that has no web host of its own.</content>
public sealed partial class LocalCloud
{
    private const string AnyKey = "local";

    private AwsEndpointHost? _host;

    /// <summary>Where a started cloud answers: the value for <c>AWS_ENDPOINT_URL</c>.</summary>
    /// <exception cref="InvalidOperationException">The cloud was not started with <see cref="StartAsync"/>.</exception>
    public Uri Uri => (_host ?? throw new InvalidOperationException("This local cloud listens nowhere: make it with LocalCloud.StartAsync.")).Uri;

    /// <summary>The environment variables by which AWS SDKs, the AWS CLI and functions' processes find a started cloud.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Uri.ToString(),
        ["AWS_REGION"] = Account.Region,
        ["AWS_ACCESS_KEY_ID"] = AnyKey,
        ["AWS_SECRET_ACCESS_KEY"] = AnyKey,
    };

    /// <summary>Credentials for clients. Any would do: signatures are not checked.</summary>
    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials(AnyKey, AnyKey);

    /// <summary>Puts a cloud together and listens on a loopback port, until it is disposed of.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="port">A port of 127.0.0.1, or 0 for any free one.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<LocalCloud> StartAsync(LocalCloudOptions? options = null, int port = 0, CancellationToken cancellationToken = default)
    {
        var cloud = new LocalCloud(options);
        try
        {
            cloud._host = await AwsEndpointHost.StartAsync(cloud.Endpoint, port, cancellationToken);
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>The configuration of an AWS SDK client that leads to a started cloud.</summary>
    /// <typeparam name="TConfig">The client's, such as <c>AmazonSQSConfig</c>.</typeparam>
    /// <param name="maxErrorRetry">How often the client repeats a failed call; not at all by default, so that a test sees each error.</param>
    public TConfig ClientConfig<TConfig>(int maxErrorRetry = 0)
        where TConfig : ClientConfig, new() =>
        new() { ServiceURL = Uri.ToString(), AuthenticationRegion = Account.Region, MaxErrorRetry = maxErrorRetry };
}
