using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;
using WhatsAppBuffer.Infra.Settings;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What a <see cref="FailureQueue"/> is made of.</summary>
internal sealed record FailureQueueProps
{
    /// <summary>The queue's name.</summary>
    public required string Name { get; init; }

    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }
}

/// <summary>
/// A dead-letter queue: keeps what a function could not do for the longest time that SQS offers. (The CDK calls such a queue together with the
/// number of receives a DeadLetterQueue, and the functions what they send to it with.) Encrypted with SQS's own key, because SNS and Lambda can write to
/// such a queue without a say in a key policy.
/// </summary>
internal sealed class FailureQueue : Construct
{
    public FailureQueue(Construct scope, string id, FailureQueueProps props)
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
