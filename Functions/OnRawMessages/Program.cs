using WhatsAppBuffer.Contracts.Queues;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.OnRawMessages;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

var options = OnRawMessagesOptions.Read(Environment.GetEnvironmentVariable);
using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);
Function function = Function.Create(options, TimeProvider.System, telemetry.LoggerFactory.CreateLogger<Function>());

HandlerWrapper handler = HandlerWrapper.GetHandlerWrapper(async (Stream input, ILambdaContext context) =>
{
    using var json = new MemoryStream();
    await input.CopyToAsync(json);
    IReadOnlyList<Notification> notifications = Notifications.Read(json.GetBuffer().AsMemory(0, (int)json.Length));
    return await telemetry.InvokeAsync(
        context, Conventions.PubSub, notifications.Select(notification => notification.TraceParent), () => function.HandleAsync(notifications, context));
});
using var bootstrap = new LambdaBootstrap(invocation => MaskedException.InsteadAsync(() => handler.Handler(invocation)));
await bootstrap.RunAsync();
