using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Tables;

/// <summary>An item where it stands.</summary>
internal readonly record struct PlacedItem(ItemPosition Position, AttributeMap Item);

/// <summary>The items of one partition key, in order. Appending at the end, the usual case, costs nothing.</summary>
internal sealed class ItemCollection(AttributeValue hash)
{
    private readonly List<PlacedItem> _items = [];

    public AttributeValue Hash => hash;

    public int Count => _items.Count;

    public PlacedItem this[int index] => _items[index];

    public AttributeMap? Get(in ItemPosition position) => Find(position, out int index) ? _items[index].Item : null;

    public void Put(in ItemPosition position, AttributeMap item)
    {
        if (Find(position, out int index))
        {
            _items[index] = new PlacedItem(position, item);
        }
        else
        {
            _items.Insert(index, new PlacedItem(position, item));
        }
    }

    public bool Remove(in ItemPosition position)
    {
        bool there = Find(position, out int index);
        if (there)
        {
            _items.RemoveAt(index);
        }

        return there;
    }

    /// <summary>The first index whose item is no longer <paramref name="before"/>; the predicate holds for a leading part of the collection.</summary>
    public int FirstNot(Func<ItemPosition, bool> before)
    {
        int low = 0, high = _items.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = before(_items[middle].Position) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private bool Find(in ItemPosition position, out int index)
    {
        int low = 0, high = _items.Count;
        if (high > 0 && _items[high - 1].Position.CompareWithin(position) < 0)
        {
            index = high;
            return false;
        }

        while (low < high)
        {
            int middle = (low + high) / 2;
            int order = _items[middle].Position.CompareWithin(position);
            if (order == 0)
            {
                index = middle;
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }

        index = low;
        return false;
    }
}
