using LocalAws.DynamoDb.Tables;

namespace LocalAws.DynamoDb.Requests;

/// <summary>Reads keys and indexes of CreateTable and UpdateTable.</summary>
internal static class KeySchemaReader
{
    /// <summary>Reads <c>KeySchema</c>.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: it is no key.</exception>
    public static KeySchema Read(TableRequest request, IReadOnlyList<KeyAttribute> definitions)
    {
        IReadOnlyList<TableRequest> elements = request.Structures("KeySchema") ?? [];
        new Constraints().Required(request.Has("KeySchema") ? "" : null, "keySchema").Length(elements.Count, "[]", "keySchema", 1, 2).Enforce();
        string[] names = [.. elements.Select(e => e.Only("AttributeName", "KeyType").Text("AttributeName") ?? "")];
        string[] types = [.. elements.Select(e => e.Text("KeyType") ?? "")];
        string[] defined = [.. definitions.Select(d => d.Name)];
        if (names.Length > defined.Length)
        {
            throw DynamoDbError.Validation("Invalid KeySchema: Some index key attribute have no definition");
        }

        if (names.Any(n => !defined.Contains(n)))
        {
            throw DynamoDbError.InvalidParameter(
                $"Some index key attributes are not defined in AttributeDefinitions. Keys: [{string.Join(", ", names)}], AttributeDefinitions: [{string.Join(", ", defined)}]");
        }

        if (names.Length == 2 && names[0] == names[1])
        {
            throw DynamoDbError.Validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }

        if (types[0] != "HASH")
        {
            throw DynamoDbError.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }

        if (types.Length == 2 && types[1] != "RANGE")
        {
            throw DynamoDbError.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }

        return new KeySchema(definitions.First(d => d.Name == names[0]), names.Length == 2 ? definitions.First(d => d.Name == names[1]) : null);
    }

    /// <summary>Reads one element of <c>GlobalSecondaryIndexes</c>.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: it is no index.</exception>
    public static IndexDescription ReadIndex(TableRequest request, IReadOnlyList<KeyAttribute> definitions, bool onDemand)
    {
        request.Only("IndexName", "KeySchema", "Projection", "ProvisionedThroughput");
        string? name = request.Text("IndexName");
        new Constraints()
            .Required(name, "globalSecondaryIndexes.1.member.indexName").Name(name, "globalSecondaryIndexes.1.member.indexName")
            .Required(request.Has("Projection") ? "" : null, "globalSecondaryIndexes.1.member.projection")
            .Enforce();
        KeySchema keys = Read(request, definitions);
        TableRequest projection = request.Structure("Projection")!.Value.Only("ProjectionType", "NonKeyAttributes");
        string? type = projection.Text("ProjectionType");
        new Constraints().OneOf(type, "globalSecondaryIndexes.1.member.projection.projectionType", ["ALL", "INCLUDE", "KEYS_ONLY"]).Enforce();
        IReadOnlyList<string>? others = projection.Texts("NonKeyAttributes");
        if (type is null)
        {
            throw DynamoDbError.InvalidParameter("Unknown ProjectionType: null");
        }

        if (others is not null && type != "INCLUDE")
        {
            throw DynamoDbError.InvalidParameter($"ProjectionType is {type}, but NonKeyAttributes is specified");
        }

        Throughput? throughput = request.ProvisionedThroughput();
        if (onDemand && throughput is not null)
        {
            throw DynamoDbError.InvalidParameter($"ProvisionedThroughput should not be specified for index: {name} when BillingMode is PAY_PER_REQUEST");
        }

        return new IndexDescription(name!, keys, type, others ?? [], throughput);
    }

    /// <summary>Reads <c>StreamSpecification</c>: the view, or null when it says the stream is off.</summary>
    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: view and switch contradict each other.</exception>
    public static string? ReadStreamView(TableRequest specification)
    {
        specification.Only("StreamEnabled", "StreamViewType");
        string? view = specification.Text("StreamViewType");
        bool? enabled = specification.Flag("StreamEnabled");
        new Constraints()
            .Required(enabled is null ? null : "", "streamSpecification.streamEnabled")
            .OneOf(view, "streamSpecification.streamViewType", ["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"])
            .Enforce();
        return (enabled, view) switch
        {
            (true, null) => throw DynamoDbError.Validation("Invalid StreamViewType: Stream ViewType must not be null or empty when enabling streams."),
            (false, not null) => throw DynamoDbError.Validation("Invalid StreamViewType: Stream StreamEnabled was false but a StreamViewType was present."),
            _ => view,
        };
    }
}
