using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Operations;

/// <summary>What a write came to.</summary>
/// <param name="Attributes">What ReturnValues asked for, or null.</param>
/// <param name="Consumed">What it consumed.</param>
internal sealed record WriteResult(AttributeMap? Attributes, ConsumedCapacity Consumed);

/// <summary>PutItem, UpdateItem and DeleteItem.</summary>
internal sealed class ItemWriter(TableDirectory tables, TimeProvider time)
{
    public WriteResult Put(ItemRequest request)
    {
        Constraints.Of(request).Required(request.Item, "item").Enforce();
        PutPlan plan = PutPlan.Of(request);
        return Write(plan, (old, _) => request.ReturnValues == "ALL_OLD" ? old : null);
    }

    public WriteResult Delete(ItemRequest request)
    {
        Constraints.Of(request).Required(request.Key, "key").Enforce();
        DeletePlan plan = DeletePlan.Of(request);
        return Write(plan, (old, _) => request.ReturnValues == "ALL_OLD" ? old : null);
    }

    public WriteResult Update(ItemRequest request)
    {
        Constraints.Of(request).Required(request.Key, "key").Enforce();
        UpdatePlan plan = UpdatePlan.Of(request);
        return Write(plan, (old, item) => request.ReturnValues switch
        {
            "ALL_OLD" => old,
            "ALL_NEW" => item,
            "UPDATED_OLD" => old is null ? null : NullIfEmpty(plan.Updated.Of(old)),
            "UPDATED_NEW" => NullIfEmpty(plan.Updated.Of(item!)),
            _ => null,
        });
    }

    /// <summary>One write, with the table's lock held only while the item is looked at and replaced.</summary>
    public WriteResult Write(WritePlan plan, Func<AttributeMap?, AttributeMap?, AttributeMap?> returned)
    {
        Table table = tables.Get(plan.TableName);
        using (table.Enter())
        {
            ItemPosition position = plan.Locate(table.Description);
            AttributeMap? old = table.Items.Get(position);
            if (!plan.IsAllowed(old))
            {
                table.CountWrite(CapacityUnits.Write(old?.Size ?? 0));
                throw ConditionFailed(plan, old);
            }

            AttributeMap? item = plan.Outcome(old, table.Description);
            ConsumedCapacity consumed = Replace(table, position, old, item, time.GetUtcNow());
            return new WriteResult(returned(old, item), consumed);
        }
    }

    /// <summary>Replaces the item and counts the units: of the larger of both.</summary>
    public static ConsumedCapacity Replace(Table table, in ItemPosition position, AttributeMap? old, AttributeMap? item, DateTimeOffset now)
    {
        IReadOnlyDictionary<string, double> indexes = table.Replace(position, old, item, now);
        var consumed = new ConsumedCapacity(table.Name, CapacityUnits.Write(Math.Max(old?.Size ?? 0, item?.Size ?? 0)), indexes);
        table.CountWrite(consumed.Total);
        return consumed;
    }

    private static AwsException ConditionFailed(WritePlan plan, AttributeMap? old)
    {
        AwsException error = DynamoDbError.ConditionalCheckFailed();
        return plan.ReturnsOldOnFailure && old is not null
            ? new AwsException(error.Code, error.Message) { Members = new Dictionary<string, string> { ["Item"] = AttributeValueWriter.ToJson(old) } }
            : error;
    }

    private static AttributeMap? NullIfEmpty(AttributeMap map) => map.Count == 0 ? null : map;
}
