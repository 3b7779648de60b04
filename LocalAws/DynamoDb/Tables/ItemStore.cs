using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Tables;

/// <summary>The items of a table or index, by partition key. Not thread-safe: the table's lock guards it.</summary>
internal sealed class ItemStore
{
    private readonly Dictionary<AttributeValue, ItemCollection> _collections = [];
    private ItemCollection[]? _scanOrder;

    public int Count { get; private set; }

    public long SizeBytes { get; private set; }

    public AttributeMap? Get(in ItemPosition position) => Collection(position.Hash)?.Get(position);

    public ItemCollection? Collection(AttributeValue hash) => _collections.GetValueOrDefault(hash);

    /// <summary>Replaces an item, or takes it away when there is no new one.</summary>
    public void Replace(in ItemPosition position, AttributeMap? old, AttributeMap? item)
    {
        if (item is not null)
        {
            CollectionFor(position.Hash).Put(position, item);
        }
        else if (old is not null)
        {
            Remove(position);
        }

        Count += (item is null ? 0 : 1) - (old is null ? 0 : 1);
        SizeBytes += (item?.Size ?? 0) - (old?.Size ?? 0);
    }

    /// <summary>All partitions in the order of a scan.</summary>
    public IReadOnlyList<ItemCollection> InScanOrder()
    {
        if (_scanOrder is null)
        {
            _scanOrder = [.. _collections.Values];
            Array.Sort(_scanOrder, (left, right) => ItemPosition.CompareHashes(left.Hash, right.Hash));
        }

        return _scanOrder;
    }

    public void Clear()
    {
        _collections.Clear();
        _scanOrder = null;
        Count = 0;
        SizeBytes = 0;
    }

    private ItemCollection CollectionFor(AttributeValue hash)
    {
        if (!_collections.TryGetValue(hash, out ItemCollection? collection))
        {
            collection = new ItemCollection(hash);
            _collections.Add(hash, collection);
            _scanOrder = null;
        }

        return collection;
    }

    private void Remove(in ItemPosition position)
    {
        ItemCollection collection = _collections[position.Hash];
        collection.Remove(position);
        if (collection.Count == 0)
        {
            _collections.Remove(position.Hash);
            _scanOrder = null;
        }
    }
}
