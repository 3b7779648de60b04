using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;

namespace LocalAws.DynamoDb.Operations;

/// <summary>What UpdateTable makes of a table's description, its stream apart.</summary>
internal static class TableUpdate
{
    public static bool ChangesAnything(TableRequest request) =>
        request.Has("BillingMode") || request.Has("ProvisionedThroughput") || request.Has("StreamSpecification") || request.Has("DeletionProtectionEnabled")
        || request.Structures("GlobalSecondaryIndexUpdates") is { Count: > 0 };

    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>, or <c>ResourceNotFoundException</c> for an index.</exception>
    public static TableDescription Apply(TableRequest request, TableDescription table)
    {
        string? billing = request.Text("BillingMode");
        new Constraints().OneOf(billing, "billingMode", ["PROVISIONED", "PAY_PER_REQUEST"]).Enforce();
        Throughput? throughput = request.ProvisionedThroughput();
        bool onDemand = billing is null ? table.ProvisionedThroughput is null : billing == "PAY_PER_REQUEST";
        if (onDemand && throughput is not null)
        {
            throw DynamoDbError.InvalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        }

        if (!onDemand && table.ProvisionedThroughput is null && throughput is null)
        {
            throw DynamoDbError.InvalidParameter("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        }

        TableDescription updated = table with
        {
            ProvisionedThroughput = onDemand ? null : throughput ?? table.ProvisionedThroughput,
            DeletionProtectionEnabled = request.Flag("DeletionProtectionEnabled") ?? table.DeletionProtectionEnabled,
        };
        foreach (TableRequest change in request.Structures("GlobalSecondaryIndexUpdates") ?? [])
        {
            updated = ApplyIndex(change, updated, request, onDemand);
        }

        return updated;
    }

    private static TableDescription ApplyIndex(TableRequest change, TableDescription table, TableRequest request, bool onDemand)
    {
        change.Only("Create", "Update", "Delete");
        if (change.Structure("Create") is { } create)
        {
            KeyAttribute[] definitions = [.. table.AttributeDefinitions.Union(request.AttributeDefinitions())];
            IndexDescription index = KeySchemaReader.ReadIndex(create, definitions, onDemand);
            return table.Index(index.IndexName) is null
                ? WithIndexes(table, [.. table.GlobalSecondaryIndexes, index], definitions)
                : throw DynamoDbError.Validation($"Attempting to create an index which already exists: {index.IndexName}");
        }

        TableRequest named = change.Structure("Delete")?.Only("IndexName") ?? change.Structure("Update")?.Only("IndexName", "ProvisionedThroughput")
            ?? throw DynamoDbError.InvalidParameter("One of GlobalSecondaryIndexUpdate.Create, Update or Delete must not be null");
        string name = named.Text("IndexName") ?? "";
        IndexDescription existing = table.Index(name) ?? throw DynamoDbError.ResourceNotFound($"Requested resource not found: Index: {name} not found");
        IEnumerable<IndexDescription> others = table.GlobalSecondaryIndexes.Where(i => i != existing);
        return change.Has("Delete")
            ? WithIndexes(table, [.. others], table.AttributeDefinitions)
            : table with { GlobalSecondaryIndexes = [.. others, existing with { ProvisionedThroughput = named.ProvisionedThroughput() }] };
    }

    /// <summary>Only attributes that are keys stay defined.</summary>
    private static TableDescription WithIndexes(TableDescription table, IReadOnlyList<IndexDescription> indexes, IReadOnlyList<KeyAttribute> definitions)
    {
        HashSet<string> used = [.. table.Keys.Names, .. indexes.SelectMany(i => i.Keys.Names)];
        return table with { GlobalSecondaryIndexes = indexes, AttributeDefinitions = [.. definitions.Where(d => used.Contains(d.Name))] };
    }
}
