using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using LocalAws.Access;

namespace LocalAws.Lambda.RuntimeApi;

/// <summary>
/// One sandbox's Runtime API on a loopback port of its own: not every runtime takes a path in <c>AWS_LAMBDA_RUNTIME_API</c>, so the port is
/// what tells sandboxes apart, and what ends when one is killed. A bare Kestrel without host, middleware or logging starts in about a millisecond.
/// </summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    private readonly KestrelServer _server;

    private RuntimeApiServer(KestrelServer server, string address)
    {
        _server = server;
        Address = address;
    }

    /// <summary>The value for <c>AWS_LAMBDA_RUNTIME_API</c>: <c>127.0.0.1:port</c>.</summary>
    public string Address { get; }

    /// <summary>Starts listening.</summary>
    public static async Task<RuntimeApiServer> StartAsync(RuntimeExchange exchange)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.KeepAliveTimeout = TimeSpan.FromDays(1);
        options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        await server.StartAsync(new RuntimeApiApplication(exchange, new AccessGuard()), CancellationToken.None);
        string address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new RuntimeApiServer(server, new Uri(address).Authority);
    }

    /// <summary>Stops listening at once: a runtime waiting for work sees its connection end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }
}
