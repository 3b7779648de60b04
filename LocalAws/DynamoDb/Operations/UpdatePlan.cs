using LocalAws.DynamoDb.Expressions;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Operations;

/// <summary>UpdateItem: changes an item, or makes it.</summary>
internal sealed class UpdatePlan : WritePlan
{
    private readonly AttributeMap _key;
    private readonly UpdateExpression? _update;

    private UpdatePlan(string tableName, AttributeMap key, UpdateExpression? update, Condition? condition, bool returnsOldOnFailure)
        : base(tableName, condition, returnsOldOnFailure)
    {
        _key = key;
        _update = update;
    }

    /// <summary>What UPDATED_OLD and UPDATED_NEW show.</summary>
    public Projection Updated => new([.. _update?.Paths ?? []]);

    public static UpdatePlan Of(ItemRequest request)
    {
        request.CheckExpressionsGiven(
            (nameof(request.UpdateExpression), request.UpdateExpression),
            (nameof(request.ConditionExpression), request.ConditionExpression));
        AttributeMap key = request.Key!.Value.Checked();
        Placeholders placeholders = request.Placeholders();
        UpdateExpression? update = request.UpdateExpression is null ? null : UpdateParser.Parse(request.UpdateExpression, placeholders);
        Condition? condition = ConditionOf(request, placeholders);
        placeholders.CheckAllUsed();
        return new UpdatePlan(request.TableName!, key, update, condition, ReturnsOld(request));
    }

    public override ItemPosition Locate(TableDescription table)
    {
        KeyCheck.CheckKey(table.Keys, _key);
        foreach (DocumentPath path in _update?.Paths ?? [])
        {
            if (table.Keys.Names.Contains(path.Head))
            {
                throw DynamoDbError.InvalidParameter($"Cannot update attribute {path.Head}. This attribute is part of the key");
            }

            if (path.IsNested && table.GlobalSecondaryIndexes.Any(i => i.Keys.Names.Contains(path.Head)))
            {
                throw DynamoDbError.Validation($"Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: {path.Head}");
            }
        }

        return ItemPosition.InTable(table.Keys, _key);
    }

    public override AttributeMap? Outcome(AttributeMap? old, TableDescription table)
    {
        AttributeMap item = old ?? _key;
        if (_update is null)
        {
            return item;
        }

        AttributeMap updated = UpdateApplier.Apply(_update, item);
        CheckIndexKeys(updated, table);
        return updated.Size <= MaxItemBytes ? updated : throw DynamoDbError.Validation("Item size to update has exceeded the maximum allowed size");
    }

    private void CheckIndexKeys(AttributeMap updated, TableDescription table)
    {
        foreach (IndexDescription index in table.GlobalSecondaryIndexes)
        {
            if (index.Keys.Attributes.Any(a => updated.TryGetValue(a.Name, out AttributeValue? value) && value.Type != a.Type && _update!.Paths.Any(p => p.Head == a.Name)))
            {
                throw DynamoDbError.Validation("The update expression attempted to update the secondary index key to unsupported type");
            }

            KeyCheck.CheckIndexKeys(index, updated);
        }
    }
}
