using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Operations;

/// <summary>TransactWriteItems and TransactGetItems: all or nothing. One transaction at a time.</summary>
internal sealed class Transactions(TableDirectory tables, TimeProvider time)
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const string OneItemTwice = "Transaction request cannot include multiple operations on one item";
    private const string WriteUnits = "WriteCapacityUnits";
    private const string ReadUnits = "ReadCapacityUnits";

    private readonly Lock _lock = new();
    private readonly IdempotencyTokens _tokens = new(time);

    /// <summary>Writes all or nothing.</summary>
    /// <param name="request">The transaction.</param>
    /// <param name="body">The request as it came: a repeated token must come with the same one.</param>
    /// <exception cref="AwsException"><c>TransactionCanceledException</c> with the reason for each part.</exception>
    public IReadOnlyList<ConsumedCapacity> Write(TransactRequest request, ReadOnlyMemory<byte> body)
    {
        WritePlan[] plans = [.. request.TransactItems.Select(PlanOf)];
        Table[] involved = [.. plans.Select(p => p.TableName).Distinct().Order(StringComparer.Ordinal).Select(tables.Get)];
        lock (_lock)
        {
            if (_tokens.Find(request.ClientRequestToken, body.Span) is { } before)
            {
                return before;
            }

            using Table.Hold hold = Table.Enter(involved);
            Part[] parts = [.. plans.Select(p => new Part(p, involved.First(t => t.Name == p.TableName)))];
            CancellationReason.ThrowIfAny(parts.Select(p => p.Locate()));
            CheckDistinct(parts.Select(p => (p.Table.Name, p.Position)));
            CancellationReason.ThrowIfAny(parts.Select(p => p.Evaluate()));
            ConsumedCapacity[] consumed = Apply(parts);
            _tokens.Keep(request.ClientRequestToken, body.Span, consumed);
            return consumed;
        }
    }

    /// <summary>Reads all items as they are at one moment.</summary>
    public (IReadOnlyList<AttributeMap?> Items, IReadOnlyList<ConsumedCapacity> Consumed) Get(TransactRequest request)
    {
        ReadPlan[] plans = [.. request.TransactItems.Select(ReadPlanOf)];
        Table[] involved = [.. plans.Select(p => p.TableName).Distinct().Order(StringComparer.Ordinal).Select(tables.Get)];
        lock (_lock)
        {
            using Table.Hold hold = Table.Enter(involved);
            CancellationReason.ThrowIfAny(plans.Select(p =>
                CancellationReason.Of(() => KeyCheck.CheckKey(involved.First(t => t.Name == p.TableName).Description.Keys, p.Key))));
            if (plans.DistinctBy(p => (p.TableName, p.Key)).Count() < plans.Length)
            {
                throw DynamoDbError.Validation(OneItemTwice);
            }

            ReadResult[] results = [.. plans.Select(p => ItemReader.Read_NeedsLock(involved.First(t => t.Name == p.TableName), p, out _))];
            foreach (ReadResult result in results)
            {
                involved.First(t => t.Name == result.Consumed.TableName).CountRead(result.Consumed.Total);
            }

            return ([.. results.Select(r => r.Item)], PerTable(results.Select(r => r.Consumed), ReadUnits));
        }
    }

    /// <summary>Forgets all tokens.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _tokens.Clear();
        }
    }

    private ConsumedCapacity[] Apply(Part[] parts)
    {
        if (parts.Sum(p => (long)((p.New ?? p.Old)?.Size ?? 0)) > MaxBytes)
        {
            throw DynamoDbError.Validation("The aggregate size of the items of the transaction exceeds 4 MB");
        }

        DateTimeOffset now = time.GetUtcNow();
        var consumed = new List<ConsumedCapacity>();
        foreach (Part part in parts)
        {
            ConsumedCapacity once = part.Plan.IsCheckOnly
                ? new ConsumedCapacity(part.Table.Name, CapacityUnits.Write(part.Old?.Size ?? 0), ConsumedCapacity.NoIndexes)
                : ItemWriter.Replace(part.Table, part.Position, part.Old, part.New, now);
            part.Table.CountWrite(part.Plan.IsCheckOnly ? 2 * once.Total : once.Total);
            consumed.Add(once);
        }

        return PerTable(consumed, WriteUnits);
    }

    private static ConsumedCapacity[] PerTable(IEnumerable<ConsumedCapacity> consumed, string kind) =>
        [.. consumed.GroupBy(c => c.TableName).Select(g => g.Aggregate((sum, next) => sum.Plus(next)).Times(2, kind))];

    private static void CheckDistinct(IEnumerable<(string, ItemPosition)> places)
    {
        var seen = new HashSet<(string, ItemPosition)>();
        if (places.Any(p => !seen.Add(p)))
        {
            throw DynamoDbError.Validation(OneItemTwice);
        }
    }

    private static WritePlan PlanOf(ItemRequest part, int index)
    {
        string path = $"transactItems.{index + 1}.member.{char.ToLowerInvariant(part.Operation[0])}{part.Operation[1..]}";
        Constraints.Of(part)
            .Required(part.Operation == "Put" ? part.Item : part.Key, part.Operation == "Put" ? path + ".item" : path + ".key")
            .Required(part.Operation == "Update" ? part.UpdateExpression : "", path + ".updateExpression")
            .Required(part.Operation == "ConditionCheck" ? part.ConditionExpression : "", path + ".conditionExpression")
            .Enforce();
        return part.Operation switch
        {
            "Put" => PutPlan.Of(part),
            "Update" => UpdatePlan.Of(part),
            _ => DeletePlan.Of(part, checkOnly: part.Operation == "ConditionCheck"),
        };
    }

    private static ReadPlan ReadPlanOf(ItemRequest part, int index)
    {
        Constraints.Of(part).Required(part.Key, $"transactItems.{index + 1}.member.get.key").Enforce();
        return ReadPlan.Of(part) with { ConsistentRead = true };
    }

    /// <summary>One part, and the item before and after it.</summary>
    private sealed class Part(WritePlan plan, Table table)
    {
        public WritePlan Plan => plan;

        public Table Table => table;

        public ItemPosition Position { get; private set; }

        public AttributeMap? Old { get; private set; }

        public AttributeMap? New { get; private set; }

        /// <summary>Whether the key fits the table; finds the item if so. What is wrong about the request itself is thrown.</summary>
        public CancellationReason Locate() => CancellationReason.Of(() =>
        {
            Position = plan.Locate(table.Description);
            Old = table.Items.Get(Position);
        });

        /// <summary>Whether the part may happen; computes the new item if so.</summary>
        public CancellationReason Evaluate() => plan.IsAllowed(Old)
            ? CancellationReason.Of(() => New = plan.Outcome(Old, table.Description))
            : CancellationReason.ConditionalCheckFailed(plan.ReturnsOldOnFailure ? Old : null);
    }
}
