using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SNSEvents;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.OnRawMessages;
using WhatsAppBuffer.ServiceDefaults.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

var options = OnRawMessagesOptions.Read(Environment.GetEnvironmentVariable);
using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);
Function function = Function.Create(options, TimeProvider.System, telemetry.LoggerFactory.CreateLogger<Function>());

HandlerWrapper handler = HandlerWrapper.GetHandlerWrapper<SNSEvent>(
    (snsEvent, context) => telemetry.InvokeAsync(
        context, Conventions.PubSub, Telemetry.TraceParentsOf(snsEvent), () => function.HandleAsync(snsEvent, context)),
    new SourceGeneratorLambdaJsonSerializer<Json>());
using var bootstrap = new LambdaBootstrap(invocation => MaskedException.InsteadAsync(() => handler.Handler(invocation)));
await bootstrap.RunAsync();
