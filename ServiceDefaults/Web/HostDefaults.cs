using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

namespace WhatsAppBuffer.ServiceDefaults.Web;

/// <summary>
/// What every ASP.NET host of this project shares, as Aspire's template has it: OpenTelemetry over OTLP, service discovery, resilient HTTP
/// clients, health endpoints.
/// </summary>
public static class HostDefaults
{
    /// <summary>Ready for work: every health check passes.</summary>
    public const string HealthPath = "/health";

    /// <summary>The process responds: the checks tagged <c>live</c> pass.</summary>
    public const string AlivePath = "/alive";

    private const string Live = "live";
    private const string EverySource = Conventions.SourcePrefix + "*";

    /// <summary>Adds the defaults. Nothing is exported while <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is not set.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="serviceName">Name in telemetry, unless <c>OTEL_SERVICE_NAME</c> gives another.</param>
    /// <param name="isTraced">Which requests get a server span; null for all. Health endpoints get none.</param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder, string serviceName, Func<HttpRequest, bool>? isTraced = null)
        where TBuilder : IHostApplicationBuilder
    {
        // As Aspire's template has it: the framework tells four lines of each request.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        if (Exporter.IsConfigured)
        {
            Export(builder, serviceName, isTraced ?? (_ => true));
        }

        return builder;
    }

    /// <summary>Maps <see cref="HealthPath"/> and <see cref="AlivePath"/>.</summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(HealthPath);
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) });
        return app;
    }

    private static void Export(IHostApplicationBuilder builder, string serviceName, Func<HttpRequest, bool> isTraced)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
            logging.AddProcessor(new MaskingProcessor());
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(serviceName).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(EverySource))
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new ClientRootSpansDropped()))
                .AddSource(EverySource)
                .AddAspNetCoreInstrumentation(requests =>
                {
                    requests.Filter = context => context.Request.Path != HealthPath && context.Request.Path != AlivePath && isTraced(context.Request);
                    // A page that is drawn here would have a span for whatever is clicked on it, and for each time it is told of a change.
                    requests.EnableAspNetCoreSignalRSupport = false;
                    requests.EnableRazorComponentsSupport = false;
                })
                .AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }
}
