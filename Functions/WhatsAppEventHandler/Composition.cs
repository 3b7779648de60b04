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
}
