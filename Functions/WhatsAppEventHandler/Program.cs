using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.ServiceDefaults.Telemetry;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

using var telemetry = FunctionTelemetry.Start(TimeProvider.System);
Function function = Composition.Create(
    HandlerEnvironment.Read(Environment.GetEnvironmentVariable), TimeProvider.System, telemetry.LoggerFactory.CreateLogger<Function>());

using LambdaBootstrap bootstrap = LambdaBootstrapBuilder.Create(async (Stream input, ILambdaContext context) =>
{
    using var reader = new StreamReader(input, Encoding.UTF8);
    string json = await reader.ReadToEndAsync();
    AggregatedEvent value = EventJson.Parse(json);
    await telemetry.InvokeAsync(context, Conventions.Other, value.Aggregation?.TraceParents ?? [], () => function.HandleAsync(value, json, context.RemainingTime));
}).Build();
await bootstrap.RunAsync();
