using LocalAws.DynamoDb.Expressions;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Operations;

/// <summary>Query and Scan.</summary>
internal sealed class ItemSearcher(TableDirectory tables)
{
    public SearchResult Query(ItemRequest request)
    {
        var search = new SearchRequest(request);
        Table table = tables.Get(request.TableName!);
        using (table.Enter())
        {
            SearchTarget target = SearchTarget.Of(table, request);
            (KeyPredicate hash, KeyPredicate? range) = Match(search.KeyConditions, target.Keys);
            ItemPosition? start = target.StartPosition(search.StartKey, isTableScan: false);
            CheckWithin(start, hash, range);
            search.CheckPaths(target);
            ReadPage page = search.NewPage();
            if (target.Items.Collection(hash.Value) is { } collection)
            {
                Fill(page, collection, range, start, request.ScanIndexForward);
            }

            return page.ToResult(target.KeyAfter(page.Last), target.Consume(page.Bytes, request.ConsistentRead));
        }
    }

    public SearchResult Scan(ItemRequest request)
    {
        CheckSegments(request);
        var search = new SearchRequest(request);
        Table table = tables.Get(request.TableName!);
        using (table.Enter())
        {
            SearchTarget target = SearchTarget.Of(table, request);
            ItemPosition? start = target.StartPosition(search.StartKey, isTableScan: request.IndexName is null);
            search.CheckPaths(target);
            ReadPage page = search.NewPage();
            FillFromAll(page, target.Items.InScanOrder(), start, request);
            return page.ToResult(target.KeyAfter(page.Last), target.Consume(page.Bytes, request.ConsistentRead));
        }
    }

    private static void Fill(ReadPage page, ItemCollection collection, KeyPredicate? range, ItemPosition? start, bool forward)
    {
        int from = range is null ? 0 : collection.FirstNot(p => range.IsBefore(p.Range!));
        int to = range is null ? collection.Count : collection.FirstNot(p => !range.IsAfter(p.Range!));
        if (start is { } position)
        {
            from = forward ? Math.Max(from, collection.FirstNot(p => p.CompareWithin(position) <= 0)) : from;
            to = forward ? to : Math.Min(to, collection.FirstNot(p => p.CompareWithin(position) < 0));
        }

        int step = forward ? 1 : -1;
        for (int i = forward ? from : to - 1; i >= from && i < to; i += step)
        {
            if (!page.Add(collection[i].Item))
            {
                return;
            }
        }
    }

    private static void FillFromAll(ReadPage page, IReadOnlyList<ItemCollection> collections, ItemPosition? start, ItemRequest request)
    {
        foreach (ItemCollection collection in collections)
        {
            int order = start is { } position ? ItemPosition.CompareHashes(collection.Hash, position.Hash) : 1;
            if (order < 0 || !InSegment(collection.Hash, request))
            {
                continue;
            }

            int from = order == 0 ? collection.FirstNot(p => p.CompareWithin(start!.Value) <= 0) : 0;
            for (int i = from; i < collection.Count; i++)
            {
                if (!page.Add(collection[i].Item))
                {
                    return;
                }
            }
        }
    }

    private static bool InSegment(AttributeValue hash, ItemRequest request) =>
        request.TotalSegments is not { } total || (long)PartitionHash.Of(hash) * total >> 32 == request.Segment;

    private static (KeyPredicate Hash, KeyPredicate? Range) Match(IReadOnlyDictionary<string, KeyPredicate> conditions, KeySchema keys)
    {
        if (keys.Range is null && conditions.Count > 1)
        {
            throw DynamoDbError.Validation("Query key condition not supported");
        }

        if (!conditions.TryGetValue(keys.Hash.Name, out KeyPredicate? hash))
        {
            throw DynamoDbError.Validation($"Query condition missed key schema element: {keys.Hash.Name}");
        }

        KeyPredicate? range = keys.Range is null ? null : conditions.GetValueOrDefault(keys.Range.Name);
        if (conditions.Count > 1 && range is null)
        {
            throw DynamoDbError.Validation($"Query condition missed key schema element: {keys.Range!.Name}");
        }

        CheckType(hash, keys.Hash);
        if (hash.Operator != "=")
        {
            throw DynamoDbError.Validation("Query key condition not supported");
        }

        if (range is not null)
        {
            CheckType(range, keys.Range!);
        }

        return (hash, range);
    }

    private static void CheckType(KeyPredicate predicate, KeyAttribute attribute)
    {
        if (predicate.Value.Type != attribute.Type || (predicate.Upper ?? predicate.Value).Type != attribute.Type)
        {
            throw DynamoDbError.InvalidParameter("Condition parameter type does not match schema type");
        }

        if (predicate.Value.Length == 0 && predicate.Operator == "=")
        {
            string noun = attribute.Type == AttributeType.S ? "string" : "binary";
            throw DynamoDbError.Validation($"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {noun} value. Key: {attribute.Name}");
        }
    }

    private static void CheckWithin(ItemPosition? start, KeyPredicate hash, KeyPredicate? range)
    {
        if (start is not { } position)
        {
            return;
        }

        if (range is not null && (range.IsBefore(position.Range!) || range.IsAfter(position.Range!)))
        {
            throw DynamoDbError.Validation("The provided starting key does not match the range key predicate");
        }

        if (!position.Hash.Equals(hash.Value))
        {
            throw DynamoDbError.Validation(range is null
                ? "The provided starting key is outside query boundaries based on provided conditions"
                : "The query can return at most one row and cannot be restarted");
        }
    }

    private static void CheckSegments(ItemRequest request)
    {
        if (request.Segment is not null && request.TotalSegments is null)
        {
            throw DynamoDbError.Validation("The TotalSegments parameter is required but was not present in the request when Segment parameter is present");
        }

        if (request.TotalSegments is not null && request.Segment is null)
        {
            throw DynamoDbError.Validation("The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
        }

        if (request.Segment >= request.TotalSegments)
        {
            throw DynamoDbError.Validation(
                "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
                + $"Segment: {request.Segment} is not less than TotalSegments: {request.TotalSegments}");
        }
    }
}
