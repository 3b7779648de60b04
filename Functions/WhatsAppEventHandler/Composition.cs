using Amazon.DynamoDBv2;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>Puts the function together, once for each sandbox.</summary>
internal static class Composition
{
    public static Function Create(HandlerEnvironment environment, TimeProvider clock, ILogger log)
    {
        var clients = new Clients(environment.LeaseLength);
        IAmazonDynamoDB dynamoDb = clients.DynamoDb();
        var outbox = new DynamoDbOutbox(dynamoDb, environment.TableName, clock);
        var courier = new Courier(
            outbox,
            new AmazonConnect(clients.Connect(), clients.ConnectParticipant()),
            environment.DeadLetterQueueUrl is { } queue ? new SqsDeadLetters(clients.Sqs(), queue) : null,
            new SettingsSource(new SsmParameterStore(clients.Ssm()), environment.ConfigParameter, clock, log),
            environment,
            log);
        return new Function(
            outbox,
            new Conversations(outbox, new DynamoDbChats(dynamoDb, environment.TableName), courier, environment.LeaseLength, clock, log),
            environment.SendCourtesies ? new SocialMessaging(Clients.SocialMessaging(), environment.MetaApiVersion) : null,
            clock,
            Random.Shared,
            log);
    }
}
