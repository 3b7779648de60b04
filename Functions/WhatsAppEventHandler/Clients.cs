using Amazon.Connect;
using Amazon.ConnectParticipant;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SocialMessaging;
using Amazon.SQS;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>
/// The AWS clients, set up for a holder of a lease: no single call may outlast a third of it, and only calls that need no lease or take
/// milliseconds are repeated by the SDK itself. Region, endpoint and credentials come from the environment.
/// </summary>
internal static class Clients
{
    private static readonly TimeSpan Limit = Lease.Length / 3;

    // In code, because this client ignores AWS_MAX_ATTEMPTS and would make 11 attempts.
    public static IAmazonDynamoDB DynamoDb() => new AmazonDynamoDBClient(new AmazonDynamoDBConfig { MaxErrorRetry = 3, Timeout = Limit / 4 });

    public static IAmazonSimpleSystemsManagement Ssm() => new AmazonSimpleSystemsManagementClient(new AmazonSimpleSystemsManagementConfig { Timeout = Limit / 2 });

    public static IAmazonSQS Sqs() => new AmazonSQSClient(new AmazonSQSConfig { Timeout = Limit / 2 });

    public static IAmazonConnect Connect() => new AmazonConnectClient(new AmazonConnectConfig { MaxErrorRetry = 0, Timeout = Limit });

    // Its calls are authorized by the chat's tokens; with credentials the client would sign them for nothing.
    public static IAmazonConnectParticipant ConnectParticipant() =>
        new AmazonConnectParticipantClient(new AnonymousAWSCredentials(), new AmazonConnectParticipantConfig { MaxErrorRetry = 0, Timeout = Limit });

    public static IAmazonSocialMessaging SocialMessaging() => new AmazonSocialMessagingClient(new AmazonSocialMessagingConfig { MaxErrorRetry = 0 });
}
