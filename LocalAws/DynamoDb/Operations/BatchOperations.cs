using LocalAws.DynamoDb.Expressions;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Operations;

/// <summary>What BatchGetItem came to, by table.</summary>
/// <param name="Items">The items found.</param>
/// <param name="UnprocessedKeys">The keys that no longer fitted into the answer, with their request.</param>
/// <param name="Consumed">What it consumed.</param>
internal sealed record BatchGetResult(
    IReadOnlyDictionary<string, IReadOnlyList<AttributeMap>> Items,
    IReadOnlyDictionary<string, (ItemRequest Request, IReadOnlyList<AttributeMap> Keys)> UnprocessedKeys,
    IReadOnlyList<ConsumedCapacity> Consumed);

/// <summary>BatchGetItem and BatchWriteItem: many independent reads or writes in one call.</summary>
internal sealed class BatchOperations(TableDirectory tables, ItemWriter writer)
{
    private const int MaxReads = 100;
    private const int MaxWrites = 25;
    private const int MaxResponseBytes = 16 * 1024 * 1024;
    private const string Duplicates = "Provided list of item keys contains duplicates";

    public BatchGetResult Get(BatchRequest batch)
    {
        var items = new Dictionary<string, IReadOnlyList<AttributeMap>>();
        var unprocessed = new Dictionary<string, (ItemRequest, IReadOnlyList<AttributeMap>)>();
        var consumed = new List<ConsumedCapacity>();
        int bytes = 0;
        foreach ((Table table, ItemRequest request, List<ReadPlan> plans) in Prepare(batch))
        {
            var found = new List<AttributeMap>();
            var left = new List<AttributeMap>();
            foreach (ReadPlan plan in plans)
            {
                if (bytes >= MaxResponseBytes)
                {
                    left.Add(plan.Key);
                    continue;
                }

                using (table.Enter())
                {
                    ReadResult result = ItemReader.Read_NeedsLock(table, plan, out int size);
                    bytes += size;
                    consumed.Add(result.Consumed);
                    found.AddRange(result.Item is null ? [] : [result.Item]);
                }
            }

            items[table.Name] = found;
            if (left.Count > 0)
            {
                unprocessed[table.Name] = (request, left);
            }
        }

        return new BatchGetResult(items, unprocessed, PerTable(consumed));
    }

    /// <summary>All or none is refused; then each write happens on its own.</summary>
    public IReadOnlyList<ConsumedCapacity> Write(BatchRequest batch)
    {
        if (batch.RequestItems.Values.FirstOrDefault(w => w.Count is 0 or > MaxWrites) is { } wrong)
        {
            new Constraints().Violated(
                $"'{{…={wrong.Count} requests}}'",
                "requestItems",
                $"Map value must satisfy constraint: [Member must have length less than or equal to {MaxWrites}, Member must have length greater than or equal to 1]").Enforce();
        }

        if (batch.RequestItems.Values.Sum(w => w.Count) > MaxWrites)
        {
            throw DynamoDbError.Validation("Too many items requested for the BatchWriteItem call");
        }

        WritePlan[] plans = [.. batch.RequestItems.SelectMany(t => t.Value.Select(w => PlanOf(t.Key, w)))];
        var seen = new HashSet<(string, ItemPosition)>();
        foreach (WritePlan plan in plans)
        {
            if (!seen.Add((plan.TableName, Locate(plan))))
            {
                throw DynamoDbError.Validation(Duplicates);
            }
        }

        return PerTable([.. plans.Select(p => writer.Write(p, static (_, _) => null).Consumed)]);
    }

    private List<(Table Table, ItemRequest Request, List<ReadPlan> Plans)> Prepare(BatchRequest batch)
    {
        var prepared = new List<(string Table, ItemRequest Request, List<ReadPlan> Plans)>();
        int count = 0;
        foreach ((string table, IReadOnlyList<ItemRequest> requests) in batch.RequestItems)
        {
            ItemRequest request = requests[0];
            string member = $"requestItems.{table}.member.keys";
            new Constraints().Required(request.Keys, member).Length(request.Keys, member, 1, MaxReads).Enforce();
            Projection? projection = ReadPlan.ProjectionOf(request);
            List<ReadPlan> plans = [.. request.Keys!.Select(k => new ReadPlan(table, k.Checked(), projection, request.ConsistentRead))];
            if (plans.Select(p => p.Key).Distinct().Count() < plans.Count)
            {
                throw DynamoDbError.Validation(Duplicates);
            }

            count += plans.Count;
            prepared.Add((table, request, plans));
        }

        return count <= MaxReads
            ? [.. prepared.Select(p => (Checked(tables.Get(p.Table), p.Plans), p.Request, p.Plans))]
            : throw DynamoDbError.Validation("Too many items requested for the BatchGetItem call");
    }

    private static Table Checked(Table table, List<ReadPlan> plans)
    {
        plans.ForEach(p => KeyCheck.CheckKey(table.Description.Keys, p.Key));
        return table;
    }

    private static WritePlan PlanOf(string table, ItemRequest write)
    {
        if (write.Operation == "PutRequest")
        {
            new Constraints().Required(write.Item, $"requestItems.{table}.member.1.member.putRequest.item").Enforce();
            return PutPlan.Of(table, write);
        }

        new Constraints().Required(write.Key, $"requestItems.{table}.member.1.member.deleteRequest.key").Enforce();
        return new DeletePlan(table, write.Key!.Value.Checked(), null, false);
    }

    /// <summary>In a batch AWS has only one message for everything that is wrong with a key.</summary>
    private ItemPosition Locate(WritePlan plan)
    {
        Table table = tables.Get(plan.TableName);
        try
        {
            return plan.Locate(table.Description);
        }
        catch (AwsException e) when (e.Message.Contains("Missing the key", StringComparison.Ordinal) || e.Message.Contains("Type mismatch for key", StringComparison.Ordinal))
        {
            throw DynamoDbError.Validation("The provided key element does not match the schema");
        }
    }

    private static ConsumedCapacity[] PerTable(IReadOnlyList<ConsumedCapacity> consumed) =>
        [.. consumed.GroupBy(c => c.TableName).Select(g => g.Aggregate((sum, next) => sum.Plus(next)))];
}
