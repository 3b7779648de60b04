using LocalAws.DynamoDb.Expressions;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Operations;

/// <summary>
/// A write of one item, validated as far as the request alone allows: what PutItem, UpdateItem, DeleteItem, batches and transactions share.
/// </summary>
/// <param name="tableName">The table.</param>
/// <param name="condition">What must hold for the write to happen, or null.</param>
/// <param name="returnsOldOnFailure">Whether a failed condition answers the item.</param>
internal abstract class WritePlan(string tableName, Condition? condition, bool returnsOldOnFailure)
{
    /// <summary>The largest item, names included (Service quotas).</summary>
    public const int MaxItemBytes = 400 * 1024;

    public string TableName => tableName;

    public bool ReturnsOldOnFailure => returnsOldOnFailure;

    /// <summary>Whether the plan only looks (ConditionCheck).</summary>
    public virtual bool IsCheckOnly => false;

    /// <summary>Checks the key against the table's schema and says where the item stands.</summary>
    public abstract ItemPosition Locate(TableDescription table);

    /// <summary>The item after the write, or null when there is none then.</summary>
    public abstract AttributeMap? Outcome(AttributeMap? old, TableDescription table);

    public bool IsAllowed(AttributeMap? old) => condition is null || condition.IsMet(old ?? AttributeMap.Empty);

    protected static Condition? ConditionOf(ItemRequest request, Placeholders placeholders) =>
        request.ConditionExpression is null ? null : ConditionParser.Parse(nameof(request.ConditionExpression), request.ConditionExpression, placeholders);

    protected static bool ReturnsOld(ItemRequest request) => request.ReturnValuesOnConditionCheckFailure == "ALL_OLD";
}

/// <summary>PutItem.</summary>
internal sealed class PutPlan : WritePlan
{
    private readonly AttributeMap _item;

    private PutPlan(string tableName, AttributeMap item, Condition? condition, bool returnsOldOnFailure)
        : base(tableName, condition, returnsOldOnFailure) => _item = item;

    public static PutPlan Of(ItemRequest request)
    {
        request.CheckExpressionsGiven((nameof(request.ConditionExpression), request.ConditionExpression));
        AttributeMap item = CheckedItem(request);
        if (request.ReturnValues is not (null or "ALL_OLD" or "NONE"))
        {
            throw DynamoDbError.Validation("ReturnValues can only be ALL_OLD or NONE");
        }

        Placeholders placeholders = request.Placeholders();
        Condition? condition = ConditionOf(request, placeholders);
        placeholders.CheckAllUsed();
        return new PutPlan(request.TableName!, item, condition, ReturnsOld(request));
    }

    /// <summary>A put of a batch.</summary>
    public static PutPlan Of(string tableName, ItemRequest request) => new(tableName, CheckedItem(request), null, false);

    public override ItemPosition Locate(TableDescription table)
    {
        KeyCheck.CheckItem(table.Keys, _item);
        foreach (IndexDescription index in table.GlobalSecondaryIndexes)
        {
            KeyCheck.CheckIndexKeys(index, _item);
        }

        return ItemPosition.InTable(table.Keys, _item);
    }

    public override AttributeMap? Outcome(AttributeMap? old, TableDescription table) => _item;

    private static AttributeMap CheckedItem(ItemRequest request)
    {
        AttributeMap item = request.Item!.Value.Checked();
        return item.Size <= MaxItemBytes ? item : throw DynamoDbError.Validation("Item size has exceeded the maximum allowed size");
    }
}

/// <summary>DeleteItem, or with <paramref name="checkOnly"/> the ConditionCheck of a transaction.</summary>
internal sealed class DeletePlan(string tableName, AttributeMap key, Condition? condition, bool returnsOldOnFailure, bool checkOnly = false)
    : WritePlan(tableName, condition, returnsOldOnFailure)
{
    public override bool IsCheckOnly => checkOnly;

    public static DeletePlan Of(ItemRequest request, bool checkOnly = false)
    {
        request.CheckExpressionsGiven((nameof(request.ConditionExpression), request.ConditionExpression));
        AttributeMap key = request.Key!.Value.Checked();
        if (request.ReturnValues is not (null or "ALL_OLD" or "NONE"))
        {
            throw DynamoDbError.Validation("ReturnValues can only be ALL_OLD or NONE");
        }

        Placeholders placeholders = request.Placeholders();
        Condition? condition = ConditionOf(request, placeholders);
        placeholders.CheckAllUsed();
        return new DeletePlan(request.TableName!, key, condition, ReturnsOld(request), checkOnly);
    }

    public override ItemPosition Locate(TableDescription table)
    {
        KeyCheck.CheckKey(table.Keys, key);
        return ItemPosition.InTable(table.Keys, key);
    }

    public override AttributeMap? Outcome(AttributeMap? old, TableDescription table) => checkOnly ? old : null;
}
