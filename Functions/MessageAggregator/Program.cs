using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

var options = MessageAggregatorOptions.Read(Environment.GetEnvironmentVariable);
using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);
Function function = Function.Create(options, TimeProvider.System, telemetry.LoggerFactory.CreateLogger<Function>());

using LambdaBootstrap bootstrap = LambdaBootstrapBuilder
    .Create((Stream input, ILambdaContext context) =>
        telemetry.InvokeAsync(context, Conventions.DataSource, [], () => function.HandleAsync(input, context)))
    .Build();
await bootstrap.RunAsync();
