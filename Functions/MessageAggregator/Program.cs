using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

var options = MessageAggregatorOptions.Read(Environment.GetEnvironmentVariable);
using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);
ILogger log = telemetry.LoggerFactory.CreateLogger<Function>();
Function function = Function.Create(options, TimeProvider.System, log);
JoiningSource joining = JoiningSource.Create(options, TimeProvider.System, log);
// Most sandboxes never sweep.
Sweep? sweep = null;

HandlerWrapper handler = HandlerWrapper.GetHandlerWrapper(async (Stream input, ILambdaContext context) =>
{
    using var json = new MemoryStream();
    await input.CopyToAsync(json);
    Memory<byte> lambdaEvent = json.GetBuffer().AsMemory(0, (int)json.Length);
    if (ScheduledEvent.TimeOf(lambdaEvent.Span) is { } time)
    {
        sweep ??= Sweep.Create(options, TimeProvider.System, log);
        await telemetry.InvokeAsync(context, Conventions.Timer, traceParents: null, () => sweep.RunAsync(time, context.RemainingTime));
        return Stream.Null;
    }

    using AggregatedBatch batch = Aggregator.Aggregate(lambdaEvent, joining: await joining.GetAsync(), joins: !options.IsQuiet);
    return await telemetry.InvokeAsync(context, Conventions.DataSource, Telemetry.TraceParentsOf(batch), () => function.HandleAsync(batch, context));
});
using var bootstrap = new LambdaBootstrap(invocation => MaskedException.InsteadAsync(() => handler.Handler(invocation)));
await bootstrap.RunAsync();
