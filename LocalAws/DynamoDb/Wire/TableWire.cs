using System.Text.Json;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.Protocols;

namespace LocalAws.DynamoDb.Wire;

/// <summary>Operations on tables.</summary>
internal sealed class TableWire(DynamoDbEngine engine)
{
    private const int MaxListed = 100;

    public IReadOnlyList<AwsOperation> Operations =>
    [
        DynamoDbProtocol.Tables("CreateTable", request => Describe("TableDescription", engine.Administrator.Create(request))),
        DynamoDbProtocol.Tables("DescribeTable", request => Describe("Table", engine.Administrator.Describe(request))),
        DynamoDbProtocol.Tables("UpdateTable", request => Describe("TableDescription", engine.Administrator.Update(request))),
        DynamoDbProtocol.Tables("DeleteTable", request => Describe("TableDescription", engine.Administrator.Delete(request), "DELETING")),
        DynamoDbProtocol.Tables("ListTables", ListTables),
        DynamoDbProtocol.Tables("UpdateTimeToLive", UpdateTimeToLive),
        DynamoDbProtocol.Tables("DescribeTimeToLive", DescribeTimeToLive),
        DynamoDbProtocol.Tables("ListTagsOfResource", ListTagsOfResource),
    ];

    private Action<Utf8JsonWriter> ListTables(TableRequest request)
    {
        TableRequest list = request.Only("ExclusiveStartTableName", "Limit");
        long? limit = list.Number("Limit");
        string? start = list.Text("ExclusiveStartTableName");
        new Constraints().Name(start, "exclusiveStartTableName").AtLeast(limit, "limit", 1).AtMost(limit, "limit", MaxListed).Enforce();
        string[] names = [.. engine.Tables.All.Select(t => t.Name).Where(n => start is null || string.CompareOrdinal(n, start) > 0)];
        int count = (int)Math.Min(names.Length, limit ?? MaxListed);
        return writer =>
        {
            writer.WriteStartArray("TableNames");
            foreach (string name in names.AsSpan(0, count))
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
            if (count < names.Length)
            {
                writer.WriteString("LastEvaluatedTableName", names[count - 1]);
            }
        };
    }

    private Action<Utf8JsonWriter> UpdateTimeToLive(TableRequest request)
    {
        TableRequest update = request.Only("TableName", "TimeToLiveSpecification");
        string name = update.TableName();
        TableRequest? specification = update.Structure("TimeToLiveSpecification")?.Only("AttributeName", "Enabled");
        string? attribute = specification?.Text("AttributeName");
        bool? enabled = specification?.Flag("Enabled");
        new Constraints()
            .Required(specification is null ? null : "", "timeToLiveSpecification")
            .Required(specification is null ? "" : attribute, "timeToLiveSpecification.attributeName")
            .Length(attribute?.Length, attribute ?? "", "timeToLiveSpecification.attributeName", 1, 255)
            .Required(specification is null || enabled is not null ? "" : null, "timeToLiveSpecification.enabled")
            .Enforce();
        Table table = engine.Tables.Find(name) ?? throw DynamoDbError.TableNotFound(name);
        using (table.Enter())
        {
            SetTimeToLive(table, attribute!, enabled == true);
        }

        return writer =>
        {
            writer.WriteStartObject("TimeToLiveSpecification");
            writer.WriteString("AttributeName", attribute);
            writer.WriteBoolean("Enabled", enabled == true);
            writer.WriteEndObject();
        };
    }

    private Action<Utf8JsonWriter> DescribeTimeToLive(TableRequest request)
    {
        string name = request.Only("TableName").TableName();
        string? attribute = (engine.Tables.Find(name) ?? throw DynamoDbError.TableNotFound(name)).TimeToLiveAttribute;
        return writer =>
        {
            writer.WriteStartObject("TimeToLiveDescription");
            writer.WriteString("TimeToLiveStatus", attribute is null ? "DISABLED" : "ENABLED");
            if (attribute is not null)
            {
                writer.WriteString("AttributeName", attribute);
            }

            writer.WriteEndObject();
        };
    }

    private Action<Utf8JsonWriter> ListTagsOfResource(TableRequest request)
    {
        string arn = request.Only("ResourceArn").Text("ResourceArn") ?? "";
        Table table = engine.Tables.All.FirstOrDefault(t => t.Description.TableArn == arn)
            ?? throw DynamoDbError.ResourceNotFound($"Requested resource not found: ResourcArn: {arn} not found");
        return writer =>
        {
            writer.WriteStartArray("Tags");
            foreach ((string key, string value) in table.Description.Tags)
            {
                writer.WriteStartObject();
                writer.WriteString("Key", key);
                writer.WriteString("Value", value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        };
    }

    private static void SetTimeToLive(Table table, string attribute, bool enabled)
    {
        switch (table.TimeToLiveAttribute, enabled)
        {
            case (null, false):
                throw DynamoDbError.Validation("TimeToLive is already disabled");
            case (not null, true):
                throw DynamoDbError.Validation("TimeToLive is already enabled");
            case ({ } active, false) when active != attribute:
                throw DynamoDbError.Validation($"TimeToLive is active on a different AttributeName: current AttributeName is {active}");
            default:
                table.TimeToLiveAttribute = enabled ? attribute : null;
                break;
        }
    }

    private static Action<Utf8JsonWriter> Describe(string member, Table table, string status = "ACTIVE") => writer =>
    {
        writer.WritePropertyName(member);
        TableWriter.Write(writer, table, status);
    };
}
