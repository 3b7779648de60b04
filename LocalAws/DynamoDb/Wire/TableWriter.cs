using System.Text.Json;
using LocalAws.DynamoDb.Tables;

namespace LocalAws.DynamoDb.Wire;

/// <summary>Writes <c>TableDescription</c>.</summary>
internal static class TableWriter
{
    public static void Write(Utf8JsonWriter writer, Table table, string status)
    {
        using (table.Enter(evenIfDeleted: true))
        {
            TableDescription description = table.Description;
            writer.WriteStartObject();
            WriteIdentity(writer, description, status);
            WriteThroughput(writer, description.ProvisionedThroughput);
            WriteBilling(writer, description);
            writer.WriteNumber("TableSizeBytes", table.Items.SizeBytes);
            writer.WriteNumber("ItemCount", table.Items.Count);
            WriteIndexes(writer, table, status);
            WriteStream(writer, description);
            WriteOptions(writer, description);
            writer.WriteEndObject();
        }
    }

    /// <summary>A key, in a table's or a stream's description.</summary>
    public static void WriteKeySchema(this Utf8JsonWriter writer, KeySchema keys)
    {
        writer.WriteStartArray("KeySchema");
        foreach (KeyAttribute attribute in keys.Attributes)
        {
            writer.WriteStartObject();
            writer.WriteString("AttributeName", attribute.Name);
            writer.WriteString("KeyType", attribute == keys.Hash ? "HASH" : "RANGE");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteIdentity(Utf8JsonWriter writer, TableDescription table, string status)
    {
        writer.WriteStartArray("AttributeDefinitions");
        foreach (KeyAttribute attribute in table.AttributeDefinitions)
        {
            writer.WriteStartObject();
            writer.WriteString("AttributeName", attribute.Name);
            writer.WriteString("AttributeType", attribute.Type.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("TableName", table.TableName);
        writer.WriteKeySchema(table.Keys);
        writer.WriteString("TableStatus", status);
        writer.WriteTime("CreationDateTime", table.CreationDateTime);
        writer.WriteString("TableArn", table.TableArn);
        writer.WriteString("TableId", table.TableId);
    }

    private static void WriteThroughput(Utf8JsonWriter writer, Throughput? throughput)
    {
        writer.WriteStartObject("ProvisionedThroughput");
        writer.WriteNumber("NumberOfDecreasesToday", 0);
        writer.WriteNumber("ReadCapacityUnits", throughput?.ReadCapacityUnits ?? 0);
        writer.WriteNumber("WriteCapacityUnits", throughput?.WriteCapacityUnits ?? 0);
        writer.WriteEndObject();
    }

    private static void WriteBilling(Utf8JsonWriter writer, TableDescription table)
    {
        if (table.ProvisionedThroughput is null)
        {
            writer.WriteStartObject("BillingModeSummary");
            writer.WriteString("BillingMode", "PAY_PER_REQUEST");
            writer.WriteTime("LastUpdateToPayPerRequestDateTime", table.CreationDateTime);
            writer.WriteEndObject();
        }
    }

    private static void WriteIndexes(Utf8JsonWriter writer, Table table, string status)
    {
        if (table.Indexes.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("GlobalSecondaryIndexes");
        foreach (SecondaryIndex index in table.Indexes)
        {
            writer.WriteStartObject();
            writer.WriteString("IndexName", index.Description.IndexName);
            writer.WriteKeySchema(index.Description.Keys);
            WriteProjection(writer, index.Description);
            writer.WriteString("IndexStatus", status);
            WriteThroughput(writer, index.Description.ProvisionedThroughput);
            writer.WriteNumber("IndexSizeBytes", index.Items.SizeBytes);
            writer.WriteNumber("ItemCount", index.Items.Count);
            writer.WriteString("IndexArn", $"{table.Description.TableArn}/index/{index.Description.IndexName}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteProjection(Utf8JsonWriter writer, IndexDescription index)
    {
        writer.WriteStartObject("Projection");
        writer.WriteString("ProjectionType", index.ProjectionType);
        if (index.NonKeyAttributes.Count > 0)
        {
            writer.WriteStartArray("NonKeyAttributes");
            foreach (string attribute in index.NonKeyAttributes)
            {
                writer.WriteStringValue(attribute);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteStream(Utf8JsonWriter writer, TableDescription table)
    {
        if (table.StreamViewType is not null)
        {
            writer.WriteStartObject("StreamSpecification");
            writer.WriteBoolean("StreamEnabled", true);
            writer.WriteString("StreamViewType", table.StreamViewType);
            writer.WriteEndObject();
        }

        if (table.LatestStreamArn is not null)
        {
            writer.WriteString("LatestStreamLabel", table.LatestStreamLabel);
            writer.WriteString("LatestStreamArn", table.LatestStreamArn);
        }
    }

    private static void WriteOptions(Utf8JsonWriter writer, TableDescription table)
    {
        if (table.KmsMasterKeyArn is not null)
        {
            writer.WriteStartObject("SSEDescription");
            writer.WriteString("Status", "ENABLED");
            writer.WriteString("SSEType", "KMS");
            writer.WriteString("KMSMasterKeyArn", table.KmsMasterKeyArn);
            writer.WriteEndObject();
        }

        if (table.TableClass is not null)
        {
            writer.WriteStartObject("TableClassSummary");
            writer.WriteString("TableClass", table.TableClass);
            writer.WriteEndObject();
        }

        writer.WriteBoolean("DeletionProtectionEnabled", table.DeletionProtectionEnabled);
    }
}
