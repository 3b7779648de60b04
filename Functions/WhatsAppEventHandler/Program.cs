using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.ServiceDefaults.Telemetry;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

TimeProvider clock = TimeProvider.System;
using FunctionTelemetry telemetry = FunctionTelemetry.Start(clock);
Function function = Compose(HandlerEnvironment.Read(Environment.GetEnvironmentVariable), telemetry.LoggerFactory.CreateLogger<Function>());

using LambdaBootstrap bootstrap = LambdaBootstrapBuilder.Create((Stream input, ILambdaContext context) =>
    telemetry.InvokeAsync(context, Conventions.Other, [], async () =>
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        await function.HandleAsync(await reader.ReadToEndAsync(), context.RemainingTime);
    })).Build();
await bootstrap.RunAsync();

Function Compose(HandlerEnvironment environment, ILogger log)
{
    var dynamoDb = Clients.DynamoDb();
    var outbox = new DynamoDbOutbox(dynamoDb, environment.TableName, clock);
    var courier = new Courier(
        outbox,
        new AmazonConnect(Clients.Connect(), Clients.ConnectParticipant()),
        environment.DeadLetterQueueUrl is { } queue ? new SqsDeadLetters(Clients.Sqs(), queue) : null,
        new SettingsSource(new SsmParameterStore(Clients.Ssm()), environment.ConfigParameter, clock),
        environment,
        log);
    return new Function(
        outbox,
        new Conversations(outbox, new DynamoDbChats(dynamoDb, environment.TableName), courier, clock, log),
        environment.SendCourtesies ? new SocialMessaging(Clients.SocialMessaging(), environment.MetaApiVersion) : null,
        clock,
        Random.Shared,
        log);
}
