using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAws.Endpoint;

/// <summary>An <see cref="AwsEndpoint"/> on a loopback port, for programs that have no web host of their own.</summary>
public sealed class AwsEndpointHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AwsEndpointHost(WebApplication app, Uri uri)
    {
        _app = app;
        Uri = uri;
    }

    /// <summary>Where the endpoint answers; the value for <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri Uri { get; }

    /// <summary>Starts listening.</summary>
    /// <param name="endpoint">What answers.</param>
    /// <param name="port">A port of 127.0.0.1, or 0 for any free one.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<AwsEndpointHost> StartAsync(AwsEndpoint endpoint, int port = 0, CancellationToken cancellationToken = default)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.KeepAliveTimeout = AwsEndpoint.KeepAliveTimeout;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        WebApplication app = builder.Build();
        app.Run(endpoint.HandleAsync);
        await app.StartAsync(cancellationToken);
        string address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new AwsEndpointHost(app, new Uri(address));
    }

    /// <summary>Stops listening.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
