using Amazon.CDK.AWS.DynamoDB;
using Constructs;
using WhatsAppBuffer.Infra.Settings;
using WhatsAppBuffer.Topology;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace WhatsAppBuffer.Infra.Resources;

/// <summary>What a <see cref="SpecTable"/> is made of.</summary>
internal sealed record SpecTableProps
{
    /// <summary>The table's layout.</summary>
    public required TableSpec Spec { get; init; }

    /// <summary>The deployment.</summary>
    public required DeploymentSettings Settings { get; init; }
}

/// <summary>A table of <see cref="Tables"/>: on-demand, encrypted with the KMS key that AWS manages in this account, backed up.</summary>
internal sealed class SpecTable : Construct
{
    public SpecTable(Construct scope, string id, SpecTableProps props)
        : base(scope, id)
    {
        (TableSpec spec, DeploymentSettings settings) = (props.Spec, props.Settings);
        Table = new Table(this, "Table", new TableProps
        {
            TableName = settings.NameOf(spec.Name),
            PartitionKey = Key(spec.PartitionKey),
            SortKey = Key(spec.SortKey),
            BillingMode = BillingMode.PAY_PER_REQUEST,
            TimeToLiveAttribute = spec.TimeToLive,
            Stream = spec.StreamView is { } view ? Enum.Parse<StreamViewType>(view) : null,
            Encryption = settings.TableKeyArn is null ? TableEncryption.AWS_MANAGED : TableEncryption.CUSTOMER_MANAGED,
            EncryptionKey = settings.TableKeyArn is { } key ? Amazon.CDK.AWS.KMS.Key.FromKeyArn(this, "Key", key) : null,
            PointInTimeRecovery = settings.PointInTimeRecovery,
            DeletionProtection = settings.Protects(),
            RemovalPolicy = settings.CdkRemovalPolicy(),
        });
        if (settings.HasSweep && spec.Index is { } index)
        {
            Table.AddGlobalSecondaryIndex(new GlobalSecondaryIndexProps
            {
                IndexName = index.Name,
                PartitionKey = Key(index.PartitionKey),
                ProjectionType = ProjectionType.INCLUDE,
                NonKeyAttributes = [index.Included],
            });
        }
    }

    /// <summary>The table.</summary>
    public Table Table { get; }

    private static Attribute Key(string name) => new() { Name = name, Type = AttributeType.STRING };
}
