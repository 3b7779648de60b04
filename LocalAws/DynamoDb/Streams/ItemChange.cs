using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Streams;

/// <summary>One change of one item.</summary>
/// <param name="PartitionKey">Decides the shard.</param>
/// <param name="Keys">The item's key.</param>
/// <param name="Old">The item before, or null.</param>
/// <param name="New">The item after, or null.</param>
/// <param name="At">When it happened.</param>
/// <param name="Expired">Whether time to live deleted the item.</param>
internal sealed record ItemChange(AttributeValue PartitionKey, AttributeMap Keys, AttributeMap? Old, AttributeMap? New, DateTimeOffset At, bool Expired);
