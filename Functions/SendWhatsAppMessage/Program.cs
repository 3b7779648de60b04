using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.SendWhatsAppMessage;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

var options = SendWhatsAppMessageOptions.Read(Environment.GetEnvironmentVariable);
using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);
Function function = Function.Create(options, TimeProvider.System, telemetry.LoggerFactory.CreateLogger<Function>());

HandlerWrapper handler = HandlerWrapper.GetHandlerWrapper(async (Stream input, ILambdaContext context) =>
{
    using var json = new MemoryStream();
    await input.CopyToAsync(json);
    return (await telemetry.InvokeAsync(
        context, Conventions.Other, traceParents: [], () => function.HandleAsync(json.GetBuffer().AsMemory(0, (int)json.Length), context.AwsRequestId, context.RemainingTime))).ToJson();
});
using var bootstrap = new LambdaBootstrap(invocation => MaskedException.InsteadAsync(() => handler.Handler(invocation)));
await bootstrap.RunAsync();
