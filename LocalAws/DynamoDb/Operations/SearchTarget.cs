using LocalAws.DynamoDb.Expressions;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Operations;

/// <summary>What a Query or Scan reads: a table, or one of its indexes.</summary>
internal sealed class SearchTarget
{
    private const string InvalidStart = "The provided starting key is invalid";

    private readonly Table _table;
    private readonly IndexDescription? _index;

    private SearchTarget(Table table, SecondaryIndex? index)
    {
        _table = table;
        _index = index?.Description;
        Items = index?.Items ?? table.Items;
    }

    public ItemStore Items { get; }

    public KeySchema Keys => _index?.Keys ?? TableKeys;

    private KeySchema TableKeys => _table.Description.Keys;

    private IEnumerable<string> StartKeyNames => TableKeys.Names.Union(Keys.Names);

    /// <summary>Finds the target and checks what depends on it. The table's lock is held.</summary>
    public static SearchTarget Of(Table table, ItemRequest request)
    {
        if (request.IndexName is null)
        {
            return new SearchTarget(table, null);
        }

        SecondaryIndex index = table.Indexes.FirstOrDefault(i => i.Description.IndexName == request.IndexName)
            ?? throw DynamoDbError.Validation($"The table does not have the specified index: {request.IndexName}");
        if (request.ConsistentRead)
        {
            throw DynamoDbError.Validation("Consistent reads are not supported on global secondary indexes");
        }

        if (request.Select == "ALL_ATTRIBUTES" && !index.Description.ProjectsAll)
        {
            throw DynamoDbError.InvalidParameter(
                $"Select type ALL_ATTRIBUTES is not supported for global secondary index {request.IndexName} because its projection type is not ALL");
        }

        return new SearchTarget(table, index);
    }

    /// <summary>Key attributes have no parts to ask for.</summary>
    public void CheckPaths(IEnumerable<DocumentPath> paths)
    {
        foreach (DocumentPath path in paths)
        {
            if (path.IsNested && TableKeys.Names.Contains(path.Head))
            {
                throw DynamoDbError.Validation($"Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: {path.Head}");
            }
        }
    }

    /// <summary>The key that goes on after an item.</summary>
    public AttributeMap? KeyAfter(AttributeMap? last) => last?.Only(StartKeyNames);

    /// <summary>The position that a start key means. AWS words its errors differently for a table's Scan.</summary>
    public ItemPosition? StartPosition(AttributeMap? startKey, bool isTableScan)
    {
        if (startKey is null)
        {
            return null;
        }

        if (startKey.Count != StartKeyNames.Count() || StartKeyNames.Any(n => !startKey.ContainsKey(n)))
        {
            throw DynamoDbError.Validation(isTableScan ? InvalidStart + ": " + KeyCheck.NoMatch : InvalidStart);
        }

        if (!isTableScan && !Fits(Keys, startKey))
        {
            throw DynamoDbError.Validation(KeyCheck.NoMatch);
        }

        if (!Fits(TableKeys, startKey))
        {
            throw DynamoDbError.Validation(InvalidStart + ": " + KeyCheck.NoMatch);
        }

        return _index is null ? ItemPosition.InTable(TableKeys, startKey) : ItemPosition.InIndex(Keys, TableKeys, startKey);
    }

    /// <summary>Of an index, only what it projects can be had.</summary>
    public void CheckProjected(IEnumerable<DocumentPath> paths)
    {
        if (_index is null || _index.ProjectsAll)
        {
            return;
        }

        string[] missing = [.. paths.Select(p => p.Head).Distinct().Except(StartKeyNames).Except(_index.NonKeyAttributes)];
        if (missing.Length > 0)
        {
            throw DynamoDbError.InvalidParameter($"Global secondary index {_index.IndexName} does not project [{string.Join(", ", missing)}]");
        }
    }

    private static bool Fits(KeySchema keys, AttributeMap startKey) => keys.Attributes.All(a => startKey[a.Name]!.Type == a.Type);

    /// <summary>Counts what a page consumed.</summary>
    public ConsumedCapacity Consume(long bytes, bool consistent)
    {
        double units = CapacityUnits.Read(bytes, consistent);
        _table.CountRead(units);
        return _index is null
            ? new ConsumedCapacity(_table.Name, units, ConsumedCapacity.NoIndexes)
            : new ConsumedCapacity(_table.Name, 0, new Dictionary<string, double> { [_index.IndexName] = units });
    }
}
