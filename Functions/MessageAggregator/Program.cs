using Amazon.DynamoDBv2;
using Amazon.Lambda;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

MessageAggregatorOptions options = MessageAggregatorOptions.Read(Environment.GetEnvironmentVariable);
using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);
using var dynamoDb = new AmazonDynamoDBClient(Outbox.ClientConfig);
using var lambda = new AmazonLambdaClient(EventHandlerInvoker.ClientConfig);
var function = new Function(
    new Outbox(dynamoDb, options.TableName, TimeProvider.System),
    new EventHandlerInvoker(lambda, options.EventHandler),
    TimeProvider.System,
    telemetry.LoggerFactory.CreateLogger<Function>());

using LambdaBootstrap bootstrap = LambdaBootstrapBuilder
    .Create((Stream input, ILambdaContext context) =>
        telemetry.InvokeAsync(context, Conventions.DataSource, [], () => function.HandleAsync(input, context)))
    .Build();
await bootstrap.RunAsync();
