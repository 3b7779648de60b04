using System.Diagnostics;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using WhatsAppBuffer.ServiceDefaults.Logging;

namespace WhatsAppBuffer.ServiceDefaults.Telemetry;

/// <summary>
/// The telemetry of a Lambda function: a server span and the FaaS metrics for each invocation, everything sent before the answer. Without
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> nothing is built and nothing is sent; log lines and stored messages carry trace ids all the same.
/// </summary>
public sealed class FunctionTelemetry : IDisposable
{
    private readonly OpenTelemetrySdk? _exporter;
    private readonly Flush? _flush;
    private readonly InvocationMetrics? _metrics;
    private readonly ILogger _log;
    private bool _warm;

    private FunctionTelemetry(OpenTelemetrySdk? exporter, Flush? flush, ILoggerFactory loggerFactory)
    {
        _exporter = exporter;
        _flush = flush;
        _metrics = exporter is null ? null : new InvocationMetrics();
        LoggerFactory = loggerFactory;
        _log = loggerFactory.CreateLogger<FunctionTelemetry>();
    }

    /// <summary>Writes JSON lines to standard output and, where there is an endpoint, exports the same lines.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>Starts telemetry as the environment asks for.</summary>
    /// <param name="clock">Stamps log lines and measures the flush.</param>
    public static FunctionTelemetry Start(TimeProvider clock) => Start(clock, longestFlush: null);

    internal static FunctionTelemetry Start(TimeProvider clock, TimeSpan? longestFlush)
    {
        if (!Exporter.IsConfigured)
        {
            return new FunctionTelemetry(null, null, FunctionLogging.Create(clock));
        }

        OpenTelemetrySdk exporter = Exporter.Start(clock);
        var flush = new Flush([exporter.TracerProvider.ForceFlush, exporter.MeterProvider.ForceFlush, exporter.LoggerProvider.ForceFlush], clock, longestFlush);
        return new FunctionTelemetry(exporter, flush, exporter.GetLoggerFactory());
    }

    /// <summary>
    /// Runs a handler in the span of its invocation. The span continues the trace of the first message and links to each of them; log lines
    /// carry the request id. Telemetry is flushed within a quarter of the time left (at most 500 ms) before the
    /// answer or the failure goes back, and never fails an invocation.
    /// </summary>
    /// <param name="context">The invocation.</param>
    /// <param name="trigger">A value of <see cref="Conventions.FaasTrigger"/>.</param>
    /// <param name="traceParents">
    /// <c>traceparent</c> of each message that led to the invocation, as far as they have one; null for an invocation that is no message's work,
    /// which is counted and has no span.
    /// </param>
    /// <param name="handler">The handler.</param>
    /// <returns>What the handler returned.</returns>
    public async Task<TResult> InvokeAsync<TResult>(
        ILambdaContext context, string trigger, IEnumerable<string?>? traceParents, Func<Task<TResult>> handler)
    {
        Activity? span = traceParents is null ? null : InvocationSpan.Start(context, trigger, TraceParents.Parse(traceParents), coldStart: !_warm);
        _metrics?.Begin(trigger, coldStart: !_warm);
        _warm = true;
        long began = Stopwatch.GetTimestamp();
        string? error = null;
        try
        {
            using (LogScope.OfRequest(_log, context.AwsRequestId))
            {
                return await handler();
            }
        }
        catch (Exception e)
        {
            error = ActivityExtensions.ErrorType(e);
            span.Fail(e);
            throw;
        }
        finally
        {
            _metrics?.End(trigger, Stopwatch.GetElapsedTime(began), error);
            span?.Dispose();
            if (_flush is not null)
            {
                await _flush.WithinAsync(_flush.BudgetOf(context.RemainingTime));
            }
        }
    }

    /// <inheritdoc cref="InvokeAsync{TResult}"/>
    public Task InvokeAsync(ILambdaContext context, string trigger, IEnumerable<string?>? traceParents, Func<Task> handler) =>
        InvokeAsync(context, trigger, traceParents, async () =>
        {
            await handler();
            return true;
        });

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        LoggerFactory.Dispose();
        _exporter?.Dispose();
        _metrics?.Dispose();
    }
}
