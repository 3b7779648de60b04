using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>The FaaS metrics that a function can know about itself.</summary>
internal sealed class InvocationMetrics : IDisposable
{
    private readonly Meter _meter = new(Conventions.SourcePrefix + "Invocations");
    private readonly Counter<long> _coldStarts;
    private readonly Counter<long> _invocations;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _duration;

    public InvocationMetrics()
    {
        _coldStarts = _meter.CreateCounter<long>("faas.coldstarts", "{coldstart}", "Number of invocation cold starts.");
        _invocations = _meter.CreateCounter<long>("faas.invocations", "{invocation}", "Number of successful invocations.");
        _errors = _meter.CreateCounter<long>("faas.errors", "{error}", "Number of invocation errors.");
        _duration = _meter.CreateHistogram<double>("faas.invoke_duration", "s", "Duration of the function's logic.");
    }

    public void Begin(string trigger, bool coldStart)
    {
        if (coldStart)
        {
            _coldStarts.Add(1, new KeyValuePair<string, object?>(Conventions.FaasTrigger, trigger));
        }
    }

    public void End(string trigger, TimeSpan duration, string? error)
    {
        var tags = new TagList { { Conventions.FaasTrigger, trigger } };
        _duration.Record(duration.TotalSeconds, tags);
        if (error is null)
        {
            _invocations.Add(1, tags);
            return;
        }

        tags.Add(Conventions.ErrorType, error);
        _errors.Add(1, tags);
    }

    public void Dispose() => _meter.Dispose();
}
