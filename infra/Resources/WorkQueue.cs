using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What a <see cref="WorkQueue"/> is made of.</summary>
internal sealed record WorkQueueProps
{
    /// <summary>What it is.</summary>
    public required QueueSpec Spec { get; init; }

    /// <summary>The function.</summary>
    public required PipelineFunction Target { get; init; }

    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }
}

/// <summary>
/// Where a function's work waits until it is done: a queue and the event source mapping that reads it, with as many sandboxes at once as it
/// may have. What is given to the function too often goes to its dead-letter queue. Encrypted with SQS's own key, because SNS can
/// write to such a queue without a say in a key policy.
/// </summary>
internal sealed class WorkQueue : Construct
{
    public WorkQueue(Construct scope, string id, WorkQueueProps props)
        : base(scope, id)
    {
        QueueSpec spec = props.Spec;
        Queue = new Queue(this, "Queue", new QueueProps
        {
            QueueName = props.Settings.NameOf(spec.Name),
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            VisibilityTimeout = Duration.Seconds(spec.VisibilityTimeoutSeconds),
            RetentionPeriod = Duration.Seconds(QueueSpec.RetentionSeconds),
            DeadLetterQueue = new DeadLetterQueue { Queue = props.Target.DeadLetters.Queue, MaxReceiveCount = QueueSpec.MaxReceiveCount },
            RemovalPolicy = props.Settings.CdkRemovalPolicy(),
        });
        props.Target.Allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Queue.QueueArn);
        _ = new EventSourceMapping(this, "Mapping", new EventSourceMappingProps
        {
            Target = props.Target.Function,
            EventSourceArn = Queue.QueueArn,
            BatchSize = spec.BatchSize,
            MaxConcurrency = spec.Concurrency,
            ReportBatchItemFailures = true,
        });
    }

    /// <summary>The queue.</summary>
    public Queue Queue { get; }
}
