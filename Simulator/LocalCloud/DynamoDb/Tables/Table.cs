using WhatsAppBuffer.Simulator.DynamoDb.Streams;
using WhatsAppBuffer.Simulator.DynamoDb.Values;

namespace WhatsAppBuffer.Simulator.DynamoDb.Tables;

/// <summary>One table: its items, indexes and stream, guarded by one lock.</summary>
internal sealed class Table
{
    private List<SecondaryIndex> _indexes;

    public Table(TableDescription description)
    {
        Description = description;
        _indexes = [.. description.GlobalSecondaryIndexes.Select(i => new SecondaryIndex(i, description.Keys))];
    }

    /// <summary>Guards everything below. Transactions take the locks of several tables in the order of their names.</summary>
    public Lock Lock { get; } = new();

    public TableDescription Description { get; private set; }

    public string Name => Description.TableName;

    public ItemStore Items { get; } = new();

    public IReadOnlyList<SecondaryIndex> Indexes => _indexes;

    /// <summary>The stream that records changes, or null when streaming is off.</summary>
    public TableStream? Stream { get; private set; }

    /// <summary>The attribute that says when an item expires, or null when time to live is off.</summary>
    public string? TimeToLiveAttribute { get; set; }

    public double ConsumedReadUnits { get; private set; }

    public double ConsumedWriteUnits { get; private set; }

    /// <summary>Replaces an item in the table, its indexes and its stream; answers the write units by index.</summary>
    public IReadOnlyDictionary<string, double> Replace(in ItemPosition position, AttributeMap? old, AttributeMap? item, DateTimeOffset now, bool expired = false)
    {
        if (old is null && item is null)
        {
            return ConsumedCapacity.NoIndexes;
        }

        Items.Replace(position, old, item);
        IReadOnlyDictionary<string, double> units = ReplaceInIndexes(old, item);
        if (Stream is not null && (old is null || !old.Equals(item)))
        {
            Stream.Append(new ItemChange(position.Hash, Description.Keys.KeyOf((item ?? old)!), old, item, now, expired));
        }

        return units;
    }

    public void CountRead(double units) => ConsumedReadUnits += units;

    public void CountWrite(double units) => ConsumedWriteUnits += units;

    /// <summary>Begins, replaces or ends the stream.</summary>
    public void SetStream(TableStream? stream)
    {
        Stream = stream;
        Description = Description with
        {
            StreamViewType = stream?.ViewType,
            LatestStreamArn = stream?.StreamArn ?? Description.LatestStreamArn,
            LatestStreamLabel = stream?.StreamLabel ?? Description.LatestStreamLabel,
        };
    }

    /// <summary>Changes the description; indexes that are new are filled from the items, those that are gone are dropped.</summary>
    public void Update(TableDescription description)
    {
        Description = description;
        _indexes = [.. description.GlobalSecondaryIndexes.Select(IndexFor)];
    }

    /// <summary>Drops all items, without a trace in the stream, and forgets what was consumed.</summary>
    public void Clear()
    {
        Items.Clear();
        _indexes.ForEach(i => i.Items.Clear());
        Stream?.Clear();
        ConsumedReadUnits = 0;
        ConsumedWriteUnits = 0;
    }

    private IReadOnlyDictionary<string, double> ReplaceInIndexes(AttributeMap? old, AttributeMap? item)
    {
        if (_indexes.Count == 0)
        {
            return ConsumedCapacity.NoIndexes;
        }

        var units = new Dictionary<string, double>();
        foreach (SecondaryIndex index in _indexes)
        {
            double consumed = index.Replace(old, item);
            if (consumed > 0)
            {
                units[index.Description.IndexName] = consumed;
            }
        }

        return units;
    }

    private SecondaryIndex IndexFor(IndexDescription description)
    {
        if (_indexes.Find(i => i.Description.IndexName == description.IndexName) is { } existing && existing.Description.Keys == description.Keys)
        {
            return existing;
        }

        var index = new SecondaryIndex(description, Description.Keys);
        foreach (ItemCollection collection in Items.InScanOrder())
        {
            for (int i = 0; i < collection.Count; i++)
            {
                AddIfFit(index, collection[i].Item);
            }
        }

        return index;
    }

    /// <summary>An item whose attribute has another type than the new index's key is left out, as AWS's backfilling does.</summary>
    private static void AddIfFit(SecondaryIndex index, AttributeMap item)
    {
        if (index.Description.Keys.Attributes.All(a => item[a.Name]?.Type == a.Type))
        {
            index.Replace(null, item);
        }
    }
}
