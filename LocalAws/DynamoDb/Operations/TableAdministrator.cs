using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Streams;
using LocalAws.DynamoDb.Tables;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Operations;

/// <summary>CreateTable and its kin. Tables are ACTIVE at once: AWS's seconds of CREATING teach a program nothing here.</summary>
internal sealed class TableAdministrator(TableDirectory tables, StreamDirectory streams, AwsAccount account, TimeProvider time, DynamoDbOptions options)
{
    private readonly Lock _lock = new();

    public Table Create(TableRequest request)
    {
        (TableDescription description, string? view) = CreateTableReader.Read(request, account, time.GetUtcNow());
        lock (_lock)
        {
            var table = new Table(description);
            if (!tables.TryAdd(table))
            {
                throw DynamoDbError.ResourceInUse($"Table already exists: {description.TableName}");
            }

            Enable(table, view);
            return table;
        }
    }

    public Table Describe(TableRequest request) => Find(request.Only("TableName").TableName());

    public Table Delete(TableRequest request)
    {
        string name = request.Only("TableName").TableName();
        lock (_lock)
        {
            Table table = Find(name);
            using (table.Enter())
            {
                if (table.Description.DeletionProtectionEnabled)
                {
                    throw DynamoDbError.Validation("Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
                }

                tables.Remove(name);
                table.Delete();
            }

            return table;
        }
    }

    /// <summary>Stream on or off, indexes made and deleted, billing and deletion protection.</summary>
    public Table Update(TableRequest request)
    {
        request.Only("TableName", "AttributeDefinitions", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexUpdates", "StreamSpecification", "DeletionProtectionEnabled");
        string name = request.TableName();
        lock (_lock)
        {
            Table table = Find(name);
            using (table.Enter())
            {
                if (!TableUpdate.ChangesAnything(request))
                {
                    throw DynamoDbError.Validation("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
                }

                TableDescription updated = TableUpdate.Apply(request, table.Description);
                if (request.Structure("StreamSpecification") is { } specification)
                {
                    Switch(table, KeySchemaReader.ReadStreamView(specification));
                    updated = updated with
                    {
                        StreamViewType = table.Description.StreamViewType,
                        LatestStreamArn = table.Description.LatestStreamArn,
                        LatestStreamLabel = table.Description.LatestStreamLabel,
                    };
                }

                table.Update(updated);
                return table;
            }
        }
    }

    private void Switch(Table table, string? view)
    {
        switch (table.Stream, view)
        {
            case (not null, not null):
                throw DynamoDbError.Validation($"Table already has an enabled stream: TableName: {table.Name}");
            case (null, null):
                throw DynamoDbError.Validation($"Table has no stream to disable: TableName: {table.Name}");
            case (not null, null):
                table.Stream.Disable();
                table.SetStream(null);
                break;
            default:
                Enable(table, view);
                break;
        }
    }

    private void Enable(Table table, string? view)
    {
        if (view is not null)
        {
            var stream = new TableStream(account, table.Description, view, options.StreamShards, time);
            table.SetStream(stream);
            streams.Add(stream);
        }
    }

    private Table Find(string name) => tables.Find(name) ?? throw DynamoDbError.TableNotFound(name);
}
