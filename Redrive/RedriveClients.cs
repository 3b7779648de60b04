using Amazon.DynamoDBStreams;
using Amazon.DynamoDBv2;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;

namespace WhatsAppBuffer.Redrive;

/// <summary>The clients of AWS that a redrive needs.</summary>
public sealed class RedriveClients : IDisposable
{
    private const string DefaultRegion = "us-east-1";

    private RedriveClients(AWSCredentials? credentials, string? endpoint, string? region)
    {
        Sqs = Create<AmazonSQSClient, AmazonSQSConfig>((given, config) => given is null ? new(config) : new(given, config));
        Lambda = Create<AmazonLambdaClient, AmazonLambdaConfig>((given, config) => given is null ? new(config) : new(given, config));
        DynamoDb = Create<AmazonDynamoDBClient, AmazonDynamoDBConfig>((given, config) => given is null ? new(config) : new(given, config));
        Streams = Create<AmazonDynamoDBStreamsClient, AmazonDynamoDBStreamsConfig>((given, config) => given is null ? new(config) : new(given, config));
        S3 = Create<AmazonS3Client, AmazonS3Config>((given, config) =>
        {
            config.ForcePathStyle = endpoint is not null;
            return given is null ? new(config) : new(given, config);
        });

        TClient Create<TClient, TConfig>(Func<AWSCredentials?, TConfig, TClient> create)
            where TConfig : ClientConfig, new()
        {
            var config = new TConfig { MaxErrorRetry = 5 };
            if (endpoint is not null)
            {
                config.ServiceURL = endpoint;
                config.AuthenticationRegion = region ?? DefaultRegion;
            }

            return create(credentials, config);
        }
    }

    internal IAmazonSQS Sqs { get; }

    internal IAmazonLambda Lambda { get; }

    internal IAmazonDynamoDB DynamoDb { get; }

    internal IAmazonDynamoDBStreams Streams { get; }

    internal IAmazonS3 S3 { get; }

    /// <summary>Clients of AWS, with the default chain of credentials and region.</summary>
    public static RedriveClients OfAws() => new(null, null, null);

    /// <summary>Clients of what plays AWS, or of AWS behind an endpoint of its own.</summary>
    /// <param name="endpoint">Its address.</param>
    /// <param name="region">Signs the calls; null = us-east-1.</param>
    /// <param name="hasCredentials">Whether the default chain has credentials for it; what plays AWS on this machine takes any.</param>
    public static RedriveClients At(Uri endpoint, string? region, bool hasCredentials)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new(hasCredentials ? null : new BasicAWSCredentials("local", "local"), endpoint.ToString(), region);
    }

    /// <summary>Ends the clients.</summary>
    public void Dispose()
    {
        Sqs.Dispose();
        Lambda.Dispose();
        DynamoDb.Dispose();
        Streams.Dispose();
        S3.Dispose();
    }
}
