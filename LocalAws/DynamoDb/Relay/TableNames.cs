using System.Text.Json;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Relay;

/// <summary>The tables that a request names, wherever it names them.</summary>
internal static class TableNames
{
    /// <exception cref="AwsException"><c>AccessDeniedException</c>: a table's name does not begin with the prefix.</exception>
    public static void RequirePrefix(ReadOnlyMemory<byte> request, string prefix)
    {
        if (prefix.Length == 0)
        {
            return;
        }

        using JsonDocument json = ForeignJson.Document(request.IsEmpty ? "{}"u8.ToArray() : request);
        if (In(json.RootElement).FirstOrDefault(name => !name.StartsWith(prefix, StringComparison.Ordinal)) is { } other)
        {
            throw new AwsException("AccessDeniedException", $"The table {other} was not touched: the simulator uses only tables whose names begin with {prefix}.");
        }
    }

    /// <summary><c>TableName</c> at any depth is a table's name when it is a text (attributes of items are objects), and so are the members of <c>RequestItems</c>.</summary>
    private static IEnumerable<string> In(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(In),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => member switch
        {
            { Name: "TableName" or "ResourceArn", Value.ValueKind: JsonValueKind.String } => [NameIn(member.Value.GetString()!)],
            { Name: "RequestItems", Value.ValueKind: JsonValueKind.Object } => member.Value.EnumerateObject().Select(table => NameIn(table.Name)),
            _ => In(member.Value),
        }),
        _ => [],
    };

    /// <summary>An ARN is accepted in a name's place: <c>arn:aws:dynamodb:…:table/name</c>.</summary>
    private static string NameIn(string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn.Split('/') is [_, var name, ..] ? name : "" : nameOrArn;
}
