using System.Text.Json;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb.Wire;

/// <summary>What both services of DynamoDB share of AWS JSON 1.0.</summary>
internal static class DynamoDbProtocol
{
    private const string UnknownOperationCode = "UnknownOperationException";

    /// <summary>Deep enough for 32 levels of attributes, each of which takes two of JSON.</summary>
    private const int MaxJsonDepth = 128;

    public static Task<AwsResponse> InvokeAsync(
        IReadOnlyDictionary<string, Func<AwsRequest, AwsResponse>> operations,
        string operation,
        AwsRequest request)
    {
        try
        {
            return operations.TryGetValue(operation, out Func<AwsRequest, AwsResponse>? invoke)
                ? Task.FromResult(invoke(request))
                : throw new AwsException(
                    UnknownOperationCode,
                    $"This local cloud does not imitate {operation}. It imitates: {string.Join(", ", operations.Keys.Order(StringComparer.Ordinal))}.");
        }
        catch (JsonException e)
        {
            return Task.FromException<AwsResponse>(DynamoDbError.Serialization(e.Message));
        }
        catch (AwsException e)
        {
            return Task.FromException<AwsResponse>(e);
        }
    }

    /// <summary>Errors of the request's form come from AWS's frame, all others from DynamoDB itself.</summary>
    public static AwsResponse ToResponse(AwsException error) => AwsJson.RpcError(
        AwsJson.Json10,
        error.Code switch
        {
            DynamoDbError.ValidationCode => "com.amazon.coral.validate",
            DynamoDbError.SerializationCode or UnknownOperationCode => "com.amazon.coral.service",
            _ => "com.amazonaws.dynamodb.v20120810",
        },
        error);

    /// <summary>A reader inside the request's object.</summary>
    /// <exception cref="AwsException"><c>SerializationException</c>: the body is no JSON object.</exception>
    public static Utf8JsonReader Open(AwsRequest request)
    {
        var json = new Utf8JsonReader(request.Body.IsEmpty ? "{}"u8 : request.Body.Span, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
        json.Read();
        return json.TokenType == JsonTokenType.StartObject ? json : throw DynamoDbError.Serialization("Unexpected value type in payload");
    }

    /// <summary>The request of an operation on tables or streams, which need no fast reader.</summary>
    /// <exception cref="AwsException"><c>SerializationException</c>: the body is no JSON object.</exception>
    public static JsonDocument Parse(AwsRequest request)
    {
        JsonDocument body = AwsJson.Parse(request);
        return body.RootElement.ValueKind == JsonValueKind.Object ? body : throw DynamoDbError.Serialization("Unexpected value type in payload");
    }

    public static AwsResponse Write(Action<Utf8JsonWriter> write) => AwsJson.Write(AwsJson.Json10, writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    });

    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTimeOffset time) =>
        writer.WriteNumber(name, AwsTime.Epoch(time));
}
