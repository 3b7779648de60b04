using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WhatsAppBuffer.ServiceDefaults.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>
/// A function's traces, metrics and logs over OTLP. The exporter reads OpenTelemetry's own variables (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>,
/// <c>…_PROTOCOL</c>, <c>…_HEADERS</c>, <c>OTEL_SERVICE_NAME</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>, …).
/// </summary>
internal static class Exporter
{
    private const string HttpClientSource = "System.Net.Http";
    private const string EverySource = Conventions.SourcePrefix + "*";

    /// <summary>Whether there is anywhere to export to.</summary>
    public static bool IsConfigured =>
        Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 }
        && !"true".Equals(Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED"), StringComparison.OrdinalIgnoreCase);

    public static OpenTelemetrySdk Start(TimeProvider clock)
    {
        AwsSdkTracing.Register();
        return OpenTelemetrySdk.Create(builder =>
        {
            builder.Services.AddLogging(logging => logging
                .SetMinimumLevel(FunctionLogging.Minimum)
                .AddProvider(FunctionLogging.Console(clock)));
            builder.Services.Configure<OpenTelemetryLoggerOptions>(options =>
            {
                options.IncludeFormattedMessage = true;
                options.IncludeScopes = true;
            });
            builder
                .ConfigureResource(DescribeFunction)
                .WithTracing(tracing => tracing
                    .SetSampler(new ParentBasedSampler(new ClientRootSpansDropped()))
                    .AddSource(EverySource, HttpClientSource))
                .WithMetrics(metrics => metrics.AddMeter(EverySource, HttpClientSource))
                .WithLogging(logging => logging.AddProcessor(new MaskingProcessor()))
                .UseOtlpExporter();
        });
    }

    private static void DescribeFunction(ResourceBuilder resource)
    {
        string name = Lambda("FUNCTION_NAME") ?? AppDomain.CurrentDomain.FriendlyName;
        Dictionary<string, object> attributes = new()
        {
            ["cloud.provider"] = "aws",
            ["cloud.platform"] = "aws_lambda",
            ["faas.name"] = name,
        };
        Describe("cloud.region", Environment.GetEnvironmentVariable("AWS_REGION"));
        Describe("faas.version", Lambda("FUNCTION_VERSION"));
        Describe("faas.instance", Lambda("LOG_STREAM_NAME"));
        if (long.TryParse(Lambda("FUNCTION_MEMORY_SIZE"), out long megabytes))
        {
            attributes["faas.max_memory"] = megabytes * 1024 * 1024;
        }

        // Later attributes win: what the environment says about the service stays in force.
        resource.Clear()
            .AddService(name, autoGenerateServiceInstanceId: true)
            .AddAttributes(attributes)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();

        void Describe(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                attributes[key] = value;
            }
        }
    }

    private static string? Lambda(string name) => Environment.GetEnvironmentVariable($"AWS_LAMBDA_{name}");
}
