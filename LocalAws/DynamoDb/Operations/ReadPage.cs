using LocalAws.DynamoDb.Expressions;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Operations;

/// <summary>What a Query or Scan came to.</summary>
/// <param name="Items">The items, or null when only their number was wanted.</param>
/// <param name="Count">How many passed the filter.</param>
/// <param name="ScannedCount">How many were read.</param>
/// <param name="LastEvaluatedKey">Where to go on, or null at the end.</param>
/// <param name="Consumed">What it consumed.</param>
internal sealed record SearchResult(IReadOnlyList<AttributeMap>? Items, int Count, int ScannedCount, AttributeMap? LastEvaluatedKey, ConsumedCapacity Consumed);

/// <summary>Gathers one page: at most <paramref name="limit"/> items and 1 MB read, before filtering.</summary>
/// <param name="limit">The request's limit, or null.</param>
/// <param name="filter">What items must meet to be in the answer.</param>
/// <param name="projection">Which parts of them are wanted.</param>
/// <param name="countOnly">Whether only their number is wanted.</param>
internal sealed class ReadPage(int? limit, Condition? filter, Projection? projection, bool countOnly)
{
    private const int MaxBytes = 1024 * 1024;

    private readonly List<AttributeMap> _items = [];
    private int _count;

    public int ScannedCount { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The last item read, when the page is full: the next page begins after it.</summary>
    public AttributeMap? Last { get; private set; }

    /// <summary>Adds an item; false once the page is full.</summary>
    public bool Add(AttributeMap item)
    {
        ScannedCount++;
        Bytes += item.Size;
        if (filter is null || filter.IsMet(item))
        {
            _count++;
            if (!countOnly)
            {
                _items.Add(projection is null ? item : projection.Of(item));
            }
        }

        bool full = ScannedCount >= limit || Bytes >= MaxBytes;
        Last = full ? item : null;
        return !full;
    }

    public SearchResult ToResult(AttributeMap? lastKey, ConsumedCapacity consumed) => new(countOnly ? null : _items, _count, ScannedCount, lastKey, consumed);
}
