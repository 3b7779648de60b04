using System.Diagnostics;
using OpenTelemetry.Trace;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>
/// Samples every trace but those that begin with a client call, which are nobody's work: a function that asks the Runtime API for the next
/// event, for minutes; an exporter; a health check.
/// </summary>
internal sealed class ClientRootSpansDropped : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
