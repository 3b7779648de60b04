using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Tables;

/// <summary>A global secondary index: what it keeps of each item that has its keys.</summary>
internal sealed class SecondaryIndex(IndexDescription description, KeySchema tableKeys)
{
    public IndexDescription Description => description;

    public ItemStore Items { get; } = new();

    /// <summary>Follows a change of the table; answers the write units this took.</summary>
    public double Replace(AttributeMap? old, AttributeMap? item)
    {
        AttributeMap? oldEntry = old is null ? null : description.Project(old, tableKeys);
        AttributeMap? entry = item is null ? null : description.Project(item, tableKeys);
        if (Equals(oldEntry, entry))
        {
            return 0;
        }

        ItemPosition? from = PositionOf(oldEntry);
        ItemPosition? to = PositionOf(entry);
        if (from == to && to is { } place)
        {
            Items.Replace(place, oldEntry, entry);
            return CapacityUnits.Write(Math.Max(oldEntry!.Size, entry!.Size));
        }

        return Move(from, oldEntry, null) + Move(to, null, entry);
    }

    private double Move(ItemPosition? position, AttributeMap? old, AttributeMap? item)
    {
        if (position is not { } place)
        {
            return 0;
        }

        Items.Replace(place, old, item);
        return CapacityUnits.Write((old ?? item)!.Size);
    }

    private ItemPosition? PositionOf(AttributeMap? entry) => entry is null ? null : ItemPosition.InIndex(description.Keys, tableKeys, entry);
}
