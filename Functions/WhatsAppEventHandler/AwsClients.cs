using Amazon.Connect;
using Amazon.ConnectParticipant;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SimpleSystemsManagement;
using Amazon.SocialMessaging;
using Amazon.SQS;

namespace WhatsAppBuffer.WhatsAppEventHandler;

/// <summary>
/// The AWS clients, set up for a holder of a lease: no single call may outlast a third of it, and only calls that need no lease or take
/// milliseconds are repeated by the SDK itself. Region, endpoint and credentials come from the environment.
/// </summary>
/// <param name="lease">Its length.</param>
internal sealed class AwsClients(TimeSpan lease)
{
    private readonly TimeSpan _limit = lease / 3;

    // In code, because this client ignores AWS_MAX_ATTEMPTS and would make 11 attempts.
    public IAmazonDynamoDB DynamoDb() => new AmazonDynamoDBClient(new AmazonDynamoDBConfig { MaxErrorRetry = 3, Timeout = _limit / 4 });

    public IAmazonSimpleSystemsManagement Ssm() => new AmazonSimpleSystemsManagementClient(new AmazonSimpleSystemsManagementConfig { Timeout = _limit / 2 });

    public IAmazonSQS Sqs() => new AmazonSQSClient(new AmazonSQSConfig { Timeout = _limit / 2 });

    public IAmazonConnect Connect() => new AmazonConnectClient(new AmazonConnectConfig { MaxErrorRetry = 0, Timeout = _limit });

    // Its calls are authorized by the chat's tokens; with credentials the client would sign them for nothing.
    public IAmazonConnectParticipant ConnectParticipant() =>
        new AmazonConnectParticipantClient(new AnonymousAWSCredentials(), new AmazonConnectParticipantConfig { MaxErrorRetry = 0, Timeout = _limit });

    // Files are fetched under no lease, for as long as the invocation has; it repeats what failed itself.
    public static IAmazonSocialMessaging MediaFetching() =>
        new AmazonSocialMessagingClient(new AmazonSocialMessagingConfig { MaxErrorRetry = 0, Timeout = TimeSpan.FromMinutes(5) });

    // By path, so that an endpoint of any name will do.
    public IAmazonS3 S3() => new AmazonS3Client(new AmazonS3Config { ForcePathStyle = true, MaxErrorRetry = 1, Timeout = _limit / 2 });

    // Connect's uploads; bounded by how long they stand still, because a large file takes its time.
    public static HttpClient Uploads() => new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>How long an upload may stand still.</summary>
    public TimeSpan UploadPatience => _limit;

    // Courtesies need no lease.
    public static IAmazonSocialMessaging SocialMessaging() => new AmazonSocialMessagingClient(new AmazonSocialMessagingConfig { MaxErrorRetry = 0 });
}
