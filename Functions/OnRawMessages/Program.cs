using Amazon.DynamoDBv2;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SNSEvents;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.OnRawMessages;
using WhatsAppBuffer.ServiceDefaults.Logging;

OnRawMessagesOptions options = OnRawMessagesOptions.Read(Environment.GetEnvironmentVariable);
using ILoggerFactory logging = FunctionLogging.Create(TimeProvider.System);
using var dynamoDb = new AmazonDynamoDBClient(RawMessageStore.ClientConfig);
var function = new Function(
    new RawMessageStore(dynamoDb, options.RawMessagesTable),
    options.Retention,
    TimeProvider.System,
    logging.CreateLogger<Function>());

using LambdaBootstrap bootstrap = LambdaBootstrapBuilder
    .Create<SNSEvent>(function.HandleAsync, new SourceGeneratorLambdaJsonSerializer<EventJson>())
    .Build();
await bootstrap.RunAsync();
