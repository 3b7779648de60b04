using LocalAws.DynamoDb.Tables;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Requests;

/// <summary>Reads CreateTable.</summary>
internal static class CreateTableReader
{
    private const int MaxIndexes = 20;

    /// <summary>The table that is asked for, and its stream's view or null.</summary>
    /// <exception cref="AwsException"><c>ValidationException</c>: the request is wrong or asks for something that is not imitated.</exception>
    public static (TableDescription Table, string? StreamView) Read(TableRequest request, AwsAccount account, DateTimeOffset now)
    {
        request.Only(
            "TableName", "AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexes",
            "StreamSpecification", "SSESpecification", "Tags", "TableClass", "DeletionProtectionEnabled");
        string name = request.TableName();
        IReadOnlyList<KeyAttribute> definitions = request.AttributeDefinitions();
        string? billing = request.Text("BillingMode");
        new Constraints()
            .Required(request.Has("AttributeDefinitions") ? "" : null, "attributeDefinitions")
            .OneOf(billing, "billingMode", ["PROVISIONED", "PAY_PER_REQUEST"])
            .OneOf(request.Text("TableClass"), "tableClass", ["STANDARD", "STANDARD_INFREQUENT_ACCESS"])
            .Enforce();
        bool onDemand = billing == "PAY_PER_REQUEST";
        Throughput? throughput = ReadThroughput(request, onDemand);
        KeySchema keys = KeySchemaReader.Read(request, definitions);
        IReadOnlyList<IndexDescription> indexes = ReadIndexes(request, definitions, onDemand);
        CheckAllUsed(definitions, keys, indexes);
        string arn = account.Arn("dynamodb", $"table/{name}");
        var table = new TableDescription
        {
            TableName = name,
            TableArn = arn,
            TableId = Guid.NewGuid().ToString(),
            CreationDateTime = now,
            AttributeDefinitions = definitions,
            Keys = keys,
            ProvisionedThroughput = throughput,
            GlobalSecondaryIndexes = indexes,
            DeletionProtectionEnabled = request.Flag("DeletionProtectionEnabled") ?? false,
            TableClass = request.Text("TableClass") is "STANDARD_INFREQUENT_ACCESS" and var tableClass ? tableClass : null,
            KmsMasterKeyArn = ReadEncryption(request, account),
            Tags = ReadTags(request),
        };
        return (table, request.Structure("StreamSpecification") is { } stream ? KeySchemaReader.ReadStreamView(stream) : null);
    }

    private static Throughput? ReadThroughput(TableRequest request, bool onDemand)
    {
        Throughput? throughput = request.ProvisionedThroughput();
        return (onDemand, throughput) switch
        {
            (true, not null) => throw DynamoDbError.InvalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST"),
            (false, null) => throw DynamoDbError.InvalidParameter("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"),
            _ => throughput,
        };
    }

    private static List<IndexDescription> ReadIndexes(TableRequest request, IReadOnlyList<KeyAttribute> definitions, bool onDemand)
    {
        if (request.Structures("GlobalSecondaryIndexes") is not { } given)
        {
            return [];
        }

        if (given.Count == 0)
        {
            throw DynamoDbError.InvalidParameter("List of GlobalSecondaryIndexes is empty");
        }

        var indexes = new List<IndexDescription>();
        foreach (TableRequest index in given)
        {
            IndexDescription next = KeySchemaReader.ReadIndex(index, definitions, onDemand);
            if (indexes.Exists(i => i.IndexName == next.IndexName))
            {
                throw DynamoDbError.InvalidParameter($"Duplicate index name: {next.IndexName}");
            }

            indexes.Add(next);
        }

        return indexes.Count <= MaxIndexes ? indexes : throw DynamoDbError.InvalidParameter($"GlobalSecondaryIndex count exceeds the per-table limit of {MaxIndexes}");
    }

    private static void CheckAllUsed(IReadOnlyList<KeyAttribute> definitions, KeySchema keys, IReadOnlyList<IndexDescription> indexes)
    {
        HashSet<string> used = [.. keys.Names, .. indexes.SelectMany(i => i.Keys.Names)];
        if (used.Count == definitions.Count)
        {
            return;
        }

        throw DynamoDbError.InvalidParameter(indexes.Count == 0
            ? "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
            : $"Some AttributeDefinitions are not used. AttributeDefinitions: [{string.Join(", ", definitions.Select(d => d.Name))}], keys used: [{string.Join(", ", used)}]");
    }

    private static string? ReadEncryption(TableRequest request, AwsAccount account)
    {
        if (request.Structure("SSESpecification")?.Only("Enabled", "SSEType", "KMSMasterKeyId") is not { } encryption || encryption.Flag("Enabled") != true)
        {
            return null;
        }

        string key = encryption.Text("KMSMasterKeyId") ?? "alias/aws/dynamodb";
        return key.StartsWith("arn:", StringComparison.Ordinal) ? key
            : account.Arn("kms", key.StartsWith("alias/", StringComparison.Ordinal) ? key : $"key/{key}");
    }

    private static Dictionary<string, string> ReadTags(TableRequest request)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (TableRequest tag in request.Structures("Tags") ?? [])
        {
            string key = tag.Only("Key", "Value").Text("Key") ?? "";
            if (!tags.TryAdd(key, tag.Text("Value") ?? ""))
            {
                throw DynamoDbError.InvalidParameter($"Tags holds the key {key} twice");
            }
        }

        return tags;
    }
}
