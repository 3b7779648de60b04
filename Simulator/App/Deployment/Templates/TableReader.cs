using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace WhatsAppBuffer.Simulator.App.Deployment.Templates;

/// <summary>Reads <c>AWS::DynamoDB::Table</c>.</summary>
internal static class TableReader
{
    public static TableResource Read(TemplateResource resource, string name, ResourceProperties properties)
    {
        properties.Ignore("TableName");
        if (properties.Text("BillingMode") != "PAY_PER_REQUEST")
        {
            throw properties.Wrong("BillingMode", "PAY_PER_REQUEST: this reader knows no other");
        }

        var request = new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [.. properties.Objects("AttributeDefinitions").Select(a => new AttributeDefinition(a.RequiredText("AttributeName"), a.RequiredText("AttributeType")))],
            KeySchema = Keys(properties),
        };
        IReadOnlyList<ResourceProperties> indexes = properties.Objects("GlobalSecondaryIndexes");
        if (indexes.Count > 0)
        {
            request.GlobalSecondaryIndexes = [.. indexes.Select(Index)];
        }

        if (properties.Object("StreamSpecification") is { } stream)
        {
            request.StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = stream.RequiredText("StreamViewType") };
        }

        ResourceProperties? timeToLive = properties.Object("TimeToLiveSpecification");
        string? attribute = timeToLive?.Text("AttributeName");
        return new TableResource(resource.Id, request, timeToLive?.Flag("Enabled") == true ? attribute : null);
    }

    private static GlobalSecondaryIndex Index(ResourceProperties index) => new()
    {
        IndexName = index.RequiredText("IndexName"),
        KeySchema = Keys(index),
        Projection = Projected(index.Object("Projection")),
    };

    private static Projection Projected(ResourceProperties? projection)
    {
        var projected = new Projection { ProjectionType = projection?.RequiredText("ProjectionType") ?? "ALL" };
        if (projection?.Texts("NonKeyAttributes") is { Count: > 0 } others)
        {
            projected.NonKeyAttributes = [.. others];
        }

        return projected;
    }

    private static List<KeySchemaElement> Keys(ResourceProperties properties) =>
        [.. properties.Objects("KeySchema").Select(key => new KeySchemaElement(key.RequiredText("AttributeName"), key.RequiredText("KeyType")))];
}
