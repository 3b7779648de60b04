using Amazon.DynamoDBv2;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SNSEvents;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.OnRawMessages;
using WhatsAppBuffer.ServiceDefaults.Telemetry;

OnRawMessagesOptions options = OnRawMessagesOptions.Read(Environment.GetEnvironmentVariable);
using FunctionTelemetry telemetry = FunctionTelemetry.Start(TimeProvider.System);
using var dynamoDb = new AmazonDynamoDBClient(RawMessageStore.ClientConfig);
var function = new Function(
    new RawMessageStore(dynamoDb, options.RawMessagesTable),
    options.Retention,
    TimeProvider.System,
    telemetry.LoggerFactory.CreateLogger<Function>());

using LambdaBootstrap bootstrap = LambdaBootstrapBuilder
    .Create<SNSEvent>(
        (snsEvent, context) => telemetry.InvokeAsync(
            context, Conventions.PubSub, Telemetry.TraceParentsOf(snsEvent), () => function.HandleAsync(snsEvent, context)),
        new SourceGeneratorLambdaJsonSerializer<EventJson>())
    .Build();
await bootstrap.RunAsync();
