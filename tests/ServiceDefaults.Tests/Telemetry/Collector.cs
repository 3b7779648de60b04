using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Tests.Telemetry;

/// <summary>
/// Takes OTLP over HTTP. Names and text values lie in protobuf as they are, so looking for them in the bytes needs no schema.
/// </summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> _received = [];

    private Collector(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<Collector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var collector = new Collector(app);
        app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector._received.GetOrAdd(signal, _ => []).Enqueue(body.ToArray());
            return Results.Bytes([], "application/x-protobuf");
        });
        await app.StartAsync();
        return collector;
    }

    /// <summary>Everything received of <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public string Text(string signal) =>
        string.Concat(_received.GetValueOrDefault(signal, []).Select(Encoding.Latin1.GetString));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
