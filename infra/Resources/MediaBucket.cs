using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using Constructs;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What <see cref="MediaBucket"/> needs.</summary>
internal sealed record MediaBucketProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }
}

/// <summary>A private bucket for customers' media: TLS only, encrypted, emptied by age. Their files are fetched there on their way to Connect, and the stream's mapping puts there what it gives up.</summary>
internal sealed class MediaBucket : Construct
{
    public MediaBucket(Construct scope, string id, MediaBucketProps props)
        : base(scope, id)
    {
        var stack = Stack.Of(this);
        Bucket = new Bucket(this, "Bucket", new BucketProps
        {
            // Known beforehand: whoever puts back what the stream's mapping gave up finds it by name.
            BucketName = Buckets.WhatsAppBuffer(stack.Account, stack.Region, props.Settings.Prefix),
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            EnforceSSL = true,
            MinimumTLSVersion = 1.2,
            Encryption = BucketEncryption.S3_MANAGED,
            LifecycleRules =
            [
                new LifecycleRule
                {
                    Id = "expire",
                    Expiration = Duration.Days(props.Settings.RetentionDays),
                    AbortIncompleteMultipartUploadAfter = Duration.Days(1),
                },
            ],
            RemovalPolicy = props.Settings.CdkRemovalPolicy(),
        });
    }

    /// <summary>The bucket.</summary>
    public Bucket Bucket { get; }
}
