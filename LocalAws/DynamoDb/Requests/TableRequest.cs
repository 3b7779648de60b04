using System.Text.Json;
using LocalAws.DynamoDb.Tables;
using LocalAws.DynamoDb.Values;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Requests;

/// <summary>Reads requests about tables; members that are not imitated are refused by name.</summary>
/// <param name="operation">The operation; errors name it.</param>
/// <param name="root">The request, or a structure within it.</param>
internal readonly struct TableRequest(string operation, JsonElement root)
{
    public string Operation => operation;

    /// <summary>Refuses members beside these, unless they are null, false, or empty lists, which ask for nothing.</summary>
    public TableRequest Only(params ReadOnlySpan<string> members)
    {
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!members.Contains(member.Name) && !AsksForNothing(member.Value))
            {
                throw DynamoDbError.NotImitated(operation, member.Name, $"It imitates: {string.Join(", ", members!)}.");
            }
        }

        return this;
    }

    public bool Has(string member) => root.TryGetProperty(member, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string member) => Of(member, JsonValueKind.String, "String") is { } value ? value.GetString() : null;

    public bool? Flag(string member) => !Has(member) ? null : root.GetProperty(member).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw DynamoDbError.Serialization($"{operation}: '{member}' cannot be converted to Boolean"),
    };

    public long? Number(string member) => Of(member, JsonValueKind.Number, "Long") is { } value ? (long)value.GetDouble() : null;

    public TableRequest? Structure(string member) => Of(member, JsonValueKind.Object, "structure") is { } value ? new TableRequest($"{operation}.{member}", value) : null;

    public IReadOnlyList<TableRequest>? Structures(string member)
    {
        if (Of(member, JsonValueKind.Array, "list") is not { } list)
        {
            return null;
        }

        string name = $"{operation}.{member}";
        return [.. list.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Object ? new TableRequest(name, e) : throw Wrong(name, "list of structures"))];
    }

    public IReadOnlyList<string>? Texts(string member) =>
        Of(member, JsonValueKind.Array, "list") is not { } list ? null
        : list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) ? [.. list.EnumerateArray().Select(e => e.GetString()!)]
        : throw Wrong($"{operation}.{member}", "list of strings");

    public string TableName(string member = "TableName")
    {
        string name = Text(member) ?? throw DynamoDbError.Validation($"The parameter '{member}' is required but was not present in the request");
        new Constraints().Name(name, "tableName").Enforce();
        return name;
    }

    public Throughput? ProvisionedThroughput()
    {
        if (Structure(nameof(ProvisionedThroughput)) is not { } given)
        {
            return null;
        }

        given.Only(nameof(Throughput.ReadCapacityUnits), nameof(Throughput.WriteCapacityUnits));
        long? read = given.Number(nameof(Throughput.ReadCapacityUnits));
        long? write = given.Number(nameof(Throughput.WriteCapacityUnits));
        new Constraints()
            .Required(write, "provisionedThroughput.writeCapacityUnits").AtLeast(write, "provisionedThroughput.writeCapacityUnits", 1)
            .Required(read, "provisionedThroughput.readCapacityUnits").AtLeast(read, "provisionedThroughput.readCapacityUnits", 1)
            .Enforce();
        return new Throughput(read!.Value, write!.Value);
    }

    /// <summary>AttributeDefinitions by name.</summary>
    public IReadOnlyList<KeyAttribute> AttributeDefinitions()
    {
        var definitions = new List<KeyAttribute>();
        foreach (TableRequest definition in Structures(nameof(AttributeDefinitions)) ?? [])
        {
            definition.Only("AttributeName", "AttributeType");
            string? name = definition.Text("AttributeName");
            string? type = definition.Text("AttributeType");
            string member = $"attributeDefinitions.{definitions.Count + 1}.member";
            new Constraints()
                .Required(name, member + ".attributeName")
                .Required(type, member + ".attributeType").OneOf(type, member + ".attributeType", ["B", "N", "S"])
                .Enforce();
            definitions.Add(new KeyAttribute(name!, Enum.Parse<AttributeType>(type!)));
        }

        return definitions;
    }

    private JsonElement? Of(string member, JsonValueKind kind, string wanted) =>
        !Has(member) ? null
        : root.GetProperty(member) is var value && value.ValueKind == kind ? value
        : throw DynamoDbError.Serialization($"{operation}: '{member}' cannot be converted to {wanted}");

    private static AwsException Wrong(string name, string wanted) => DynamoDbError.Serialization($"'{name}' cannot be converted to a {wanted}");

    private static bool AsksForNothing(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.False || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
}
