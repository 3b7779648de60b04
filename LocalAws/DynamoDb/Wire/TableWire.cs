using System.Text.Json;
using LocalAws.DynamoDb.Requests;
using LocalAws.DynamoDb.Tables;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Wire;

/// <summary>Operations on tables.</summary>
internal sealed class TableWire(DynamoDbEngine engine)
{
    private const int MaxListed = 100;

    public AwsResponse CreateTable(AwsRequest request) => Answer(request, "CreateTable", "TableDescription", engine.Administrator.Create);

    public AwsResponse DescribeTable(AwsRequest request) => Answer(request, "DescribeTable", "Table", engine.Administrator.Describe);

    public AwsResponse UpdateTable(AwsRequest request) => Answer(request, "UpdateTable", "TableDescription", engine.Administrator.Update);

    public AwsResponse DeleteTable(AwsRequest request) => Answer(request, "DeleteTable", "TableDescription", engine.Administrator.Delete, "DELETING");

    public AwsResponse ListTables(AwsRequest request)
    {
        using JsonDocument body = DynamoDbProtocol.Parse(request);
        var list = new TableRequest("ListTables", body.RootElement);
        list.Only("ExclusiveStartTableName", "Limit");
        long? limit = list.Number("Limit");
        string? start = list.Text("ExclusiveStartTableName");
        new Constraints().Name(start, "exclusiveStartTableName").AtLeast(limit, "limit", 1).AtMost(limit, "limit", MaxListed).Enforce();
        string[] names = [.. engine.Tables.All.Select(t => t.Name).Where(n => start is null || string.CompareOrdinal(n, start) > 0)];
        int count = (int)Math.Min(names.Length, limit ?? MaxListed);
        return DynamoDbProtocol.Write(writer =>
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
        });
    }

    public AwsResponse UpdateTimeToLive(AwsRequest request)
    {
        using JsonDocument body = DynamoDbProtocol.Parse(request);
        TableRequest update = new TableRequest("UpdateTimeToLive", body.RootElement).Only("TableName", "TimeToLiveSpecification");
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

        return DynamoDbProtocol.Write(writer =>
        {
            writer.WriteStartObject("TimeToLiveSpecification");
            writer.WriteString("AttributeName", attribute);
            writer.WriteBoolean("Enabled", enabled == true);
            writer.WriteEndObject();
        });
    }

    public AwsResponse DescribeTimeToLive(AwsRequest request)
    {
        using JsonDocument body = DynamoDbProtocol.Parse(request);
        string name = new TableRequest("DescribeTimeToLive", body.RootElement).Only("TableName").TableName();
        string? attribute = (engine.Tables.Find(name) ?? throw DynamoDbError.TableNotFound(name)).TimeToLiveAttribute;
        return DynamoDbProtocol.Write(writer =>
        {
            writer.WriteStartObject("TimeToLiveDescription");
            writer.WriteString("TimeToLiveStatus", attribute is null ? "DISABLED" : "ENABLED");
            if (attribute is not null)
            {
                writer.WriteString("AttributeName", attribute);
            }

            writer.WriteEndObject();
        });
    }

    public AwsResponse ListTagsOfResource(AwsRequest request)
    {
        using JsonDocument body = DynamoDbProtocol.Parse(request);
        string arn = new TableRequest("ListTagsOfResource", body.RootElement).Only("ResourceArn").Text("ResourceArn") ?? "";
        Table table = engine.Tables.All.FirstOrDefault(t => t.Description.TableArn == arn)
            ?? throw DynamoDbError.ResourceNotFound($"Requested resource not found: ResourcArn: {arn} not found");
        return DynamoDbProtocol.Write(writer =>
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
        });
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

    private static AwsResponse Answer(AwsRequest request, string operation, string member, Func<TableRequest, Table> act, string status = "ACTIVE")
    {
        using JsonDocument body = DynamoDbProtocol.Parse(request);
        Table table = act(new TableRequest(operation, body.RootElement));
        return DynamoDbProtocol.Write(writer =>
        {
            writer.WritePropertyName(member);
            TableWriter.Write(writer, table, status);
        });
    }
}
