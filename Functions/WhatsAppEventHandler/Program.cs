using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;

var options = WhatsAppEventHandlerOptions.Read(Environment.GetEnvironmentVariable);
using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);
Function function = Function.Create(options, TimeProvider.System, telemetry.LoggerFactory.CreateLogger<Function>());

HandlerWrapper handler = HandlerWrapper.GetHandlerWrapper(async (Stream input, ILambdaContext context) =>
{
    using var json = new MemoryStream();
    await input.CopyToAsync(json);
    Memory<byte> lambdaEvent = json.GetBuffer().AsMemory(0, (int)json.Length);
    if (QueueEvent.Read(lambdaEvent) is { } messages)
    {
        return QueueEvent.Answer(await telemetry.InvokeAsync(
            context, Conventions.PubSub, messages.Select(message => message.TraceParent), () => function.HandleAsync(messages, context.RemainingTime)));
    }

    IncomingEvent? incoming = EventJson.Read(lambdaEvent);
    await telemetry.InvokeAsync(context, Conventions.Other, incoming?.TraceParents ?? [], () => function.HandleAsync(incoming, context.RemainingTime));
    return Stream.Null;
});
using var bootstrap = new LambdaBootstrap(invocation => MaskedException.InsteadAsync(() => handler.Handler(invocation)));
await bootstrap.RunAsync();
