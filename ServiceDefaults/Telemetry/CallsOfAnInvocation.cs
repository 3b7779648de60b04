using System.Diagnostics;
using OpenTelemetry.Trace;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>
/// Samples every trace but those that begin with a client call: outside an invocation a function only asks the Runtime API for the next
/// event, for minutes, and exports its telemetry.
/// </summary>
internal sealed class CallsOfAnInvocation : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
