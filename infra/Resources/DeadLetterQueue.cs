using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;
using WhatsAppBuffer.Infra.Settings;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What a <see cref="DeadLetterQueue"/> is made of.</summary>
internal sealed record DeadLetterQueueProps
{
    /// <summary>The queue's name.</summary>
    public required string Name { get; init; }

    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }
}

/// <summary>
/// Keeps what a function could not do for the longest time that SQS offers. Encrypted with SQS's own key, because SNS and Lambda can write to
/// such a queue without a say in a key policy.
/// </summary>
internal sealed class DeadLetterQueue : Construct
{
    public DeadLetterQueue(Construct scope, string id, DeadLetterQueueProps props)
        : base(scope, id)
    {
        Queue = new Queue(this, "Queue", new QueueProps
        {
            QueueName = props.Name,
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(14),
            RemovalPolicy = props.Settings.CdkRemovalPolicy(),
        });
    }

    /// <summary>The queue.</summary>
    public Queue Queue { get; }
}
