using Amazon.DynamoDBv2;
using Amazon.Lambda;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.MessageAggregator;
using WhatsAppBuffer.Messaging.Buffering;
using WhatsAppBuffer.ServiceDefaults.Logging;

MessageAggregatorOptions options = MessageAggregatorOptions.Read(Environment.GetEnvironmentVariable);
using ILoggerFactory logging = FunctionLogging.Create(TimeProvider.System);
using var dynamoDb = new AmazonDynamoDBClient(Outbox.ClientConfig);
using var lambda = new AmazonLambdaClient(EventHandlerInvoker.ClientConfig);
var function = new Function(
    new Batch(),
    new Outbox(dynamoDb, options.TableName, TimeProvider.System),
    new EventHandlerInvoker(lambda, options.EventHandler),
    TimeProvider.System,
    logging.CreateLogger<Function>());

using LambdaBootstrap bootstrap = LambdaBootstrapBuilder.Create(function.HandleAsync).Build();
await bootstrap.RunAsync();
