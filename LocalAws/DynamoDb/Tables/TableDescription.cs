using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Tables;

/// <summary>What a table is, apart from its items.</summary>
internal sealed record TableDescription
{
    public required string TableName { get; init; }

    public required string TableArn { get; init; }

    public required string TableId { get; init; }

    public required DateTimeOffset CreationDateTime { get; init; }

    public required IReadOnlyList<KeyAttribute> AttributeDefinitions { get; init; }

    public required KeySchema Keys { get; init; }

    /// <summary>Null when the table is paid per request.</summary>
    public required Throughput? ProvisionedThroughput { get; init; }

    public required IReadOnlyList<IndexDescription> GlobalSecondaryIndexes { get; init; }

    /// <summary>The view of the current stream, or null when streaming is off.</summary>
    public string? StreamViewType { get; init; }

    /// <summary>The newest stream, on or off.</summary>
    public string? LatestStreamArn { get; init; }

    public string? LatestStreamLabel { get; init; }

    public bool DeletionProtectionEnabled { get; init; }

    /// <summary>Null for STANDARD, which AWS does not mention.</summary>
    public string? TableClass { get; init; }

    /// <summary>The key that encrypts the table, or null for the one that AWS owns.</summary>
    public string? KmsMasterKeyArn { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public IndexDescription? Index(string name) => GlobalSecondaryIndexes.FirstOrDefault(i => i.IndexName == name);
}

/// <summary>Provisioned capacity, told but not enforced: nothing is throttled.</summary>
internal sealed record Throughput(long ReadCapacityUnits, long WriteCapacityUnits);

/// <summary>A global secondary index.</summary>
/// <param name="IndexName">Its name.</param>
/// <param name="Keys">Its key.</param>
/// <param name="ProjectionType"><c>ALL</c>, <c>KEYS_ONLY</c> or <c>INCLUDE</c>.</param>
/// <param name="NonKeyAttributes">For <c>INCLUDE</c>: what is projected beside the keys.</param>
/// <param name="ProvisionedThroughput">Null when the table is paid per request.</param>
internal sealed record IndexDescription(
    string IndexName,
    KeySchema Keys,
    string ProjectionType,
    IReadOnlyList<string> NonKeyAttributes,
    Throughput? ProvisionedThroughput)
{
    public bool ProjectsAll => ProjectionType == "ALL";

    /// <summary>What the index keeps of an item, or null when the item lacks one of the index's keys.</summary>
    public AttributeMap? Project(AttributeMap item, KeySchema tableKeys) =>
        !Keys.Names.All(item.ContainsKey) ? null
        : ProjectsAll ? item
        : item.Only([.. tableKeys.Names, .. Keys.Names, .. NonKeyAttributes]);
}
