using LocalAws.DynamoDb.Expressions;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Operations;

/// <summary>What a read of one item came to.</summary>
internal sealed record ReadResult(AttributeMap? Item, ConsumedCapacity Consumed);

/// <summary>One item to read, validated as far as the request alone allows.</summary>
internal sealed record ReadPlan(string TableName, AttributeMap Key, Projection? Projection, bool ConsistentRead)
{
    public static ReadPlan Of(ItemRequest request) =>
        new(request.TableName!, request.Key!.Value.Checked(), ProjectionOf(request), request.ConsistentRead);

    public static Projection? ProjectionOf(ItemRequest request)
    {
        request.CheckExpressionsGiven((nameof(request.ProjectionExpression), request.ProjectionExpression));
        Placeholders placeholders = request.Placeholders();
        Projection? projection = request.ProjectionExpression is null ? null : ProjectionParser.Parse(request.ProjectionExpression, placeholders);
        placeholders.CheckAllUsed();
        return projection;
    }
}

/// <summary>GetItem, and the single reads of batches and transactions.</summary>
internal sealed class ItemReader(TableDirectory tables)
{
    public ReadResult Get(ItemRequest request)
    {
        Constraints.Of(request).Required(request.Key, "key").Enforce();
        ReadPlan plan = ReadPlan.Of(request);
        Table table = tables.Get(plan.TableName);
        using (table.Enter())
        {
            return Read_NeedsLock(table, plan, out _);
        }
    }

    /// <summary>Reads one item; the table's lock is held.</summary>
    public static ReadResult Read_NeedsLock(Table table, ReadPlan plan, out int itemSize)
    {
        KeyCheck.CheckKey(table.Description.Keys, plan.Key);
        AttributeMap? item = table.Items.Get(ItemPosition.InTable(table.Description.Keys, plan.Key));
        itemSize = item?.Size ?? 0;
        double units = CapacityUnits.Read(itemSize, plan.ConsistentRead);
        table.CountRead(units);
        return new ReadResult(
            item is null || plan.Projection is null ? item : plan.Projection.Of(item),
            new ConsumedCapacity(table.Name, units, ConsumedCapacity.NoIndexes));
    }
}
