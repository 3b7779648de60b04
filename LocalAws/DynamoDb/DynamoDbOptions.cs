namespace LocalAws.DynamoDb;

/// <summary>What can be chosen about the embedded DynamoDB.</summary>
public sealed record DynamoDbOptions
{
    /// <summary>How many shards a new stream begins with; default 2. AWS opens one per partition: more shards, more readers side by side.</summary>
    public int StreamShards { get; init; } = 2;

    /// <summary>
    /// How often expired items are deleted, on the cloud's clock; default one minute. AWS says "within a few days", so nothing may depend on it.
    /// </summary>
    public TimeSpan TimeToLiveInterval { get; init; } = TimeSpan.FromMinutes(1);
}
