using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Tests;

/// <summary>Takes OTLP over HTTP and keeps the spans and log lines.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CollectedSpan> _spans = [];
    private readonly ConcurrentQueue<CollectedLine> _lines = [];

    private OtlpCollector(WebApplication app) => _app = app;

    public IReadOnlyList<CollectedSpan> Spans => [.. _spans];

    /// <summary>In the order of their time.</summary>
    public IReadOnlyList<CollectedLine> Lines => [.. _lines.OrderBy(line => line.Time)];

    /// <summary>Variables for a process that is to export here, soon.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
    };

    public static async Task<OtlpCollector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var collector = new OtlpCollector(app);
        app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector.Keep(signal, new Protobuf(body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Field numbers are those of opentelemetry-proto, version 1.</summary>
    private void Keep(string signal, Protobuf export)
    {
        foreach (Protobuf resource in export.Messages(1))
        {
            string service = Attribute(resource.Message(1), "service.name");
            string instance = Attribute(resource.Message(1), "service.instance.id");
            foreach (Protobuf scope in resource.Messages(2))
            {
                foreach (Protobuf item in scope.Messages(2))
                {
                    if (signal == "traces")
                    {
                        string[] links = [.. item.Messages(13).Select(link => link.Hex(1))];
                        _spans.Enqueue(new CollectedSpan(service, instance, item.Text(5), item.Hex(1), item.Hex(2), item.Hex(4), links));
                    }
                    else if (signal == "logs")
                    {
                        _lines.Enqueue(new CollectedLine(item.Number(1), service, scope.Message(1).Text(1), item.Message(5).Text(1), item.Hex(9)));
                    }
                }
            }
        }
    }

    private static string Attribute(Protobuf resource, string name) =>
        resource.Messages(1).FirstOrDefault(attribute => attribute.Text(1) == name).Message(2).Text(1);
}

/// <summary>A span.</summary>
/// <param name="Service">Its resource's <c>service.name</c>.</param>
/// <param name="Instance">Its resource's <c>service.instance.id</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="TraceId">Hexadecimal.</param>
/// <param name="SpanId">Hexadecimal.</param>
/// <param name="ParentId">Hexadecimal; empty for the root.</param>
/// <param name="LinkedTraces">Trace ids of its links.</param>
internal sealed record CollectedSpan(string Service, string Instance, string Name, string TraceId, string SpanId, string ParentId, IReadOnlyList<string> LinkedTraces);

/// <summary>A log line.</summary>
/// <param name="Time">Nanoseconds of Unix time.</param>
/// <param name="Service">Its resource's <c>service.name</c>.</param>
/// <param name="Category">Who logs.</param>
/// <param name="Text">The formatted message.</param>
/// <param name="TraceId">Hexadecimal; empty when outside of any trace.</param>
internal sealed record CollectedLine(ulong Time, string Service, string Category, string Text, string TraceId);
