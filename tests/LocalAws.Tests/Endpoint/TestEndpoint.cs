using Amazon.Runtime;
using LocalAws.Endpoint;

namespace LocalAws.Tests.Endpoint;

/// <summary>A real HTTP endpoint on a loopback port over the services under test, and what real clients need to reach it.</summary>
internal sealed class TestEndpoint : IAsyncDisposable
{
    private readonly AwsEndpointHost _host;

    private TestEndpoint(AwsEndpointHost host)
    {
        _host = host;
        Http = new HttpClient { BaseAddress = host.Uri };
    }

    public Uri Uri => _host.Uri;

    public HttpClient Http { get; }

    public static AWSCredentials Credentials => new BasicAWSCredentials("test", "test");

    public static async Task<TestEndpoint> StartAsync(params IAwsService[] services) =>
        new(await AwsEndpointHost.StartAsync(new AwsEndpoint(services), cancellationToken: TestContext.Current.CancellationToken));

    /// <summary>A client's configuration that leads here and does not retry.</summary>
    public TConfig Config<TConfig>()
        where TConfig : ClientConfig, new() => new() { ServiceURL = _host.Uri.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
    }
}
