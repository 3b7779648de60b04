using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What a <see cref="StreamBuffer"/> connects.</summary>
internal sealed record StreamBufferProps
{
    /// <summary>The table whose stream is read.</summary>
    public required SpecTable Source { get; init; }

    /// <summary>Where batches go that the mapping gives up, with their records.</summary>
    public required MediaBucket GivenUp { get; init; }

    /// <summary>The function that gets the records.</summary>
    public required PipelineFunction Target { get; init; }

    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }
}

/// <summary>
/// The buffer: an event source mapping that collects the records of a shard for <see cref="DeploymentSettings.BufferSeconds"/>. A batch that
/// fails is halved until the bad record stands alone, and tried again for as long as its records live; what the function can never do it puts
/// into its dead-letter queue itself.
/// </summary>
internal sealed class StreamBuffer : Construct
{
    public StreamBuffer(Construct scope, string id, StreamBufferProps props)
        : base(scope, id)
    {
        bool tumbling = props.Settings.Window is BufferWindow.Tumbling;
        var buffer = Duration.Seconds(props.Settings.BufferSeconds);
        string stream = props.Source.Table.TableStreamArn!;
        props.Target.Allow(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], stream);
        // Lists streams and so cannot name one; AWS checks it against all streams of a table.
        props.Target.Allow(["dynamodb:ListStreams"], $"{props.Source.Table.TableArn}/stream/*");
        var mapping = new EventSourceMapping(this, "Mapping", new EventSourceMappingProps
        {
            Target = props.Target.Function,
            EventSourceArn = stream,
            // The newest records would be lost while the mapping is being set up; the oldest only come again and are known.
            StartingPosition = StartingPosition.TRIM_HORIZON,
            BatchSize = BufferSettings.BatchSize,
            MaxBatchingWindow = buffer,
            // AWS refuses a filter together with a tumbling window; without a filter, expired and changed items invoke the function for nothing.
            TumblingWindow = tumbling ? buffer : null,
            Filters = tumbling ? null : [NewItems()],
            BisectBatchOnError = true,
            MaxRecordAge = Duration.Seconds(BufferSettings.MaximumRecordAgeInSeconds),
            ReportBatchItemFailures = true,
        });
        // The construct refuses AWS's word for "no limit", and a template that says nothing leaves an older deployment's limit in doubt.
        var resource = (CfnEventSourceMapping)mapping.Node.DefaultChild!;
        resource.MaximumRetryAttempts = BufferSettings.MaximumRetryAttempts;
        // The construct for it would let the function read and delete everything in the bucket.
        string bucket = props.GivenUp.Bucket.BucketArn;
        props.Target.Allow(["s3:PutObject"], $"{bucket}/{Buckets.GivenUp}*");
        props.Target.Allow(["s3:ListBucket"], bucket);
        // This CDK library is older than the property.
        string[] counted = ["EventCount"];
        resource.AddPropertyOverride("MetricsConfig.Metrics", counted);
        MappingId = mapping.EventSourceMappingId;
        resource.DestinationConfig = new CfnEventSourceMapping.DestinationConfigProperty
        {
            OnFailure = new CfnEventSourceMapping.OnFailureProperty { Destination = bucket },
        };
    }

    /// <summary>Names the mapping in its metrics.</summary>
    public string MappingId { get; }

    private static IDictionary<string, object> NewItems() =>
        FilterCriteria.Filter(new Dictionary<string, object> { ["eventName"] = FilterRule.IsEqual("INSERT") });
}
