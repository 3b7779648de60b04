using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using LocalAws.Access;
using LocalAws.Connect;
using LocalAws.DynamoDb;
using LocalAws.DynamoDb.Relay;
using LocalAws.Endpoint;
using LocalAws.Lambda;
using LocalAws.Sns;

namespace LocalAws;

/// <summary>What may be set about a local cloud; every default is AWS's own value where AWS has one.</summary>
public sealed record LocalCloudOptions
{
    /// <summary>Whose ARNs it mints.</summary>
    public AwsAccount Account { get; init; } = new();

    /// <summary>Who may talk to it, beside programs of this machine.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>The clock of all services. Function processes live in real time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>DynamoDB and its streams.</summary>
    public DynamoDbOptions DynamoDb { get; init; } = new();

    /// <summary>A DynamoDB elsewhere, instead of <see cref="LocalCloud.DynamoDb"/>; null by default.</summary>
    public DynamoDbHome? OtherDynamoDb { get; init; }

    /// <summary>Lambda and its event source mappings.</summary>
    public LambdaOptions Lambda { get; init; } = new();

    /// <summary>SNS.</summary>
    public SnsOptions Sns { get; init; } = new();

    /// <summary>Where the cloud logs: faults of its own are errors, calls are debug. Nowhere by default.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Connect and its participant service.</summary>
    public ConnectOptions Connect { get; init; } = new();
}
