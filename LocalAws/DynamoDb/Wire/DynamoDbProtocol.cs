using System.Text.Json;
using LocalAws.DynamoDb.Requests;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.DynamoDb.Wire;

/// <summary>Reads an input without a document in between, as the operations on items need it fast.</summary>
internal delegate T InputReader<out T>(ref Utf8JsonReader json);

/// <summary>What both services of DynamoDB share of AWS JSON 1.0.</summary>
internal static class DynamoDbProtocol
{
    public static JsonRpcProtocol Of(string target, string service) => new(AwsJson.Json10, target)
    {
        Service = service,
        Refusal = DynamoDbError.ValidationCode,
        NamespaceOf = NamespaceOf,
    };

    /// <summary>Declares an operation on items.</summary>
    public static AwsOperation Items<T>(string name, InputReader<T> read, Func<T, Action<Utf8JsonWriter>> run) => Items(name, read, (input, _) => run(input));

    /// <summary>Declares an operation on items that also looks at the body as it came.</summary>
    public static AwsOperation Items<T>(string name, InputReader<T> read, Func<T, ReadOnlyMemory<byte>, Action<Utf8JsonWriter>> run) => new(name, null, (_, request, _) =>
        Task.FromResult(Write(run(Read(request, read), request.Body))));

    /// <summary>Declares an operation on tables or streams, which need no fast reader.</summary>
    public static AwsOperation Tables(string name, Func<TableRequest, Action<Utf8JsonWriter>> run) => new(name, null, (_, request, _) =>
        AwsInput.Parse(request.Body) is { ValueKind: JsonValueKind.Object } body ? Task.FromResult(Write(run(new TableRequest(name, body)))) : throw NotAnObject());

    /// <summary>Errors of the request's form come from AWS's frame, all others from DynamoDB itself.</summary>
    public static string NamespaceOf(string code) => code switch
    {
        DynamoDbError.ValidationCode => "com.amazon.coral.validate",
        DynamoDbError.SerializationCode or JsonProtocol.UnknownOperation => "com.amazon.coral.service",
        _ => "com.amazonaws.dynamodb.v20120810",
    };

    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTimeOffset time) =>
        writer.WriteNumber(name, AwsTime.Epoch(time));

    private static T Read<T>(AwsRequest request, InputReader<T> read)
    {
        var json = ForeignJson.Reader(request.Body.IsEmpty ? "{}"u8 : request.Body.Span);
        try
        {
            json.Read();
            T input = json.TokenType == JsonTokenType.StartObject ? read(ref json) : throw NotAnObject();
            json.Read();
            return input;
        }
        catch (JsonException e)
        {
            throw DynamoDbError.Serialization(e.Message);
        }
    }

    private static AwsResponse Write(Action<Utf8JsonWriter> write) => AwsJson.Write(AwsJson.Json10, writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    });

    private static AwsException NotAnObject() => DynamoDbError.Serialization("Unexpected value type in payload");
}
