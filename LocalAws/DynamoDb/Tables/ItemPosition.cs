using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Tables;

/// <summary>
/// Where an item stands in a table or index. Items of an index may share its whole key; the table's key tells them apart.
/// </summary>
/// <param name="Hash">The partition key.</param>
/// <param name="Range">The sort key, or null when there is none.</param>
/// <param name="TableHash">In an index: the table's partition key.</param>
/// <param name="TableRange">In an index: the table's sort key.</param>
internal readonly record struct ItemPosition(AttributeValue Hash, AttributeValue? Range, AttributeValue? TableHash = null, AttributeValue? TableRange = null)
{
    public static ItemPosition InTable(KeySchema keys, AttributeMap item) => new(item[keys.Hash.Name]!, RangeOf(keys, item));

    public static ItemPosition InIndex(KeySchema indexKeys, KeySchema tableKeys, AttributeMap item) =>
        new(item[indexKeys.Hash.Name]!, RangeOf(indexKeys, item), item[tableKeys.Hash.Name], RangeOf(tableKeys, item));

    /// <summary>The order within one partition.</summary>
    public int CompareWithin(in ItemPosition other)
    {
        int order = Compare(Range, other.Range);
        order = order != 0 ? order : Compare(TableHash, other.TableHash);
        return order != 0 ? order : Compare(TableRange, other.TableRange);
    }

    /// <summary>The order of a scan: by the hash of the partition key, as DynamoDB spreads partitions.</summary>
    public static int CompareHashes(AttributeValue left, AttributeValue right)
    {
        int order = PartitionHash.Of(left).CompareTo(PartitionHash.Of(right));
        return order != 0 ? order : Compare(left, right);
    }

    private static int Compare(AttributeValue? left, AttributeValue? right) => left is null || right is null ? 0 : left.CompareTo(right) ?? 0;

    private static AttributeValue? RangeOf(KeySchema keys, AttributeMap item) => keys.Range is null ? null : item[keys.Range.Name];
}

/// <summary>Spreads partition keys evenly, and the same way in every run.</summary>
internal static class PartitionHash
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    public static uint Of(AttributeValue key) => key switch
    {
        StringValue s => Of(s.Utf8),
        BinaryValue b => Of(b.Content),
        NumberValue n => Of(System.Text.Encoding.ASCII.GetBytes(n.Number.ToString())),
        _ => 0,
    };

    /// <summary>FNV-1a, with the final mixing of Murmur 3 so that the upper bits are even too.</summary>
    private static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint hash = Offset;
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * Prime;
        }

        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
