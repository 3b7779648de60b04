using LocalAws.DynamoDb.Streams;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Tables;

/// <summary>One table: its items, indexes and stream. Whoever reads or changes more than the name enters it first: one at a time.</summary>
internal sealed class Table
{
    private readonly Lock _lock = new();
    private readonly Table[] _self;
    private List<SecondaryIndex> _indexes;
    private bool _isDeleted;

    public Table(TableDescription description)
    {
        _self = [this];
        Description = description;
        _indexes = [.. description.GlobalSecondaryIndexes.Select(i => new SecondaryIndex(i, description.Keys))];
    }

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

    /// <summary>Enters several tables at once, in the order of their names: so no two wait for each other.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ResourceNotFoundException</c>: one of them was deleted meanwhile.</exception>
    public static Hold Enter(ReadOnlySpan<Table> tables) => new(tables, evenIfDeleted: false);

    /// <summary>Enters the table; others wait until what is returned is disposed.</summary>
    /// <param name="evenIfDeleted">Whether to look at what is left of a table that was deleted meanwhile.</param>
    /// <exception cref="Endpoint.AwsException"><c>ResourceNotFoundException</c>: it was.</exception>
    public Hold Enter(bool evenIfDeleted = false) => new(_self, evenIfDeleted);

    /// <summary>Ends the stream; whoever waits to enter finds that the table is gone.</summary>
    public void Delete()
    {
        _isDeleted = true;
        Stream?.Disable();
    }

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

    /// <summary>Being in one or several tables.</summary>
    public readonly ref struct Hold
    {
        private readonly ReadOnlySpan<Table> _tables;

        internal Hold(ReadOnlySpan<Table> tables, bool evenIfDeleted)
        {
            _tables = tables;
            bool isDeleted = false;
            foreach (Table table in tables)
            {
                table._lock.Enter();
                isDeleted |= table._isDeleted;
            }

            if (isDeleted && !evenIfDeleted)
            {
                Dispose();
                throw DynamoDbError.ResourceNotFound();
            }
        }

        public void Dispose()
        {
            foreach (Table table in _tables)
            {
                table._lock.Exit();
            }
        }
    }
}
