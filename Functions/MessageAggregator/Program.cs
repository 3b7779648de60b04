using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.MessageAggregator.Aggregation;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

var options = MessageAggregatorOptions.Read(Environment.GetEnvironmentVariable);
using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);
Function function = Function.Create(options, TimeProvider.System, telemetry.LoggerFactory.CreateLogger<Function>());

HandlerWrapper handler = HandlerWrapper.GetHandlerWrapper(async (Stream input, ILambdaContext context) =>
{
    using AggregatedBatch batch = await Function.ReadAsync(input);
    return await telemetry.InvokeAsync(context, Conventions.DataSource, Telemetry.TraceParentsOf(batch), () => function.HandleAsync(batch, context));
});
using var bootstrap = new LambdaBootstrap(invocation => MaskedException.InsteadAsync(() => handler.Handler(invocation)));
await bootstrap.RunAsync();
