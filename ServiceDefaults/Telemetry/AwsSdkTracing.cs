using System.Diagnostics;
using Amazon;
using Amazon.Runtime.Telemetry;
using Amazon.Runtime.Telemetry.Tracing;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>
/// Turns the AWS SDK's own spans into activities: one client span for a call, named <c>Service.Operation</c>, with the SDK's attributes
/// (<c>rpc.system, rpc.service, rpc.method, aws.request_id</c>, …). The SDK's inner steps (signing, endpoint, attempts) are left out.
/// </summary>
internal sealed class AwsSdkTracing : TracerProvider
{
    public const string SourceName = Conventions.SourcePrefix + "AwsSdk";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>From now on every AWS client of this process reports its calls.</summary>
    public static void Register() => AWSConfigs.TelemetryProvider.RegisterTracerProvider(new AwsSdkTracing());

    public override Tracer GetTracer(string scope) => new ActivityTracer();

    public override Tracer GetTracer(string scope, Attributes attributes) => new ActivityTracer();

    private sealed class ActivityTracer : Tracer
    {
        public override TraceSpan CreateSpan(string name, Attributes? initialAttributes, SpanKind spanKind, SpanContext parentContext) =>
            new ActivitySpan(name, spanKind == SpanKind.CLIENT ? Source.StartActivity(name, ActivityKind.Client) : null, initialAttributes);
    }

    private sealed class ActivitySpan : TraceSpan
    {
        private readonly Activity? _activity;

        public ActivitySpan(string name, Activity? activity, Attributes? attributes)
        {
            Name = name;
            _activity = activity;
            foreach ((string key, object value) in attributes?.AllAttributes ?? [])
            {
                SetAttribute(key, value);
            }
        }

        public override void EmitEvent(string name, Attributes? attributes) => _activity?.AddEvent(new ActivityEvent(name));

        public override void SetAttribute(string key, object value) => _activity?.SetTag(key, value);

        public override void SetStatus(SpanStatus status) =>
            _activity?.SetStatus(status == SpanStatus.ERROR ? ActivityStatusCode.Error : ActivityStatusCode.Ok);

        public override void RecordException(Exception exception, Attributes? attributes) => _activity.Fail(exception);

        public override void End() => _activity?.Stop();

        protected override void Dispose(bool disposing)
        {
            _activity?.Dispose();
            base.Dispose(disposing);
        }
    }
}
