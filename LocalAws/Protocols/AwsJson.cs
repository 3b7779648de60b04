using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LocalAws.Endpoint;

namespace LocalAws.Protocols;

/// <summary>What the JSON protocols of AWS (JSON-RPC 1.0 and 1.1, REST-JSON) share.</summary>
internal static class AwsJson
{
    public const string Json10 = "application/x-amz-json-1.0";
    public const string Json11 = "application/x-amz-json-1.1";
    public const string RestJson = "application/json";

    /// <summary>An answer whose body the callback writes.</summary>
    public static AwsResponse Write(string contentType, Action<Utf8JsonWriter> write, int statusCode = 200) =>
        new(statusCode, contentType, JsonText.Bytes(write));

    /// <summary>An answer whose body is the value as its shape writes it.</summary>
    public static AwsResponse Write<T>(string contentType, T value, JsonTypeInfo<T> shape) =>
        Write(contentType, writer => JsonSerializer.Serialize(writer, value, shape));

    /// <summary>An error of JSON-RPC: the code in <c>__type</c>, qualified by the service's namespace as AWS does.</summary>
    public static AwsResponse RpcError(string contentType, string typeNamespace, AwsException error) =>
        Write(contentType, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("__type", $"{typeNamespace}#{error.Code}");
            writer.WriteString("message", error.Message);
            WriteMembers(writer, error);
            writer.WriteEndObject();
        }, error.StatusCode) with
        { Headers = error.Headers };

    /// <summary>An error of REST-JSON: the code in the <c>x-amzn-ErrorType</c> header.</summary>
    /// <param name="error">The error.</param>
    /// <param name="messageMember">How the service spells the message member: <c>message</c> or <c>Message</c>.</param>
    public static AwsResponse RestError(AwsException error, string messageMember = "message") =>
        Write(RestJson, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString(messageMember, error.Message);
            WriteMembers(writer, error);
            writer.WriteEndObject();
        }, error.StatusCode) with
        { Headers = new Dictionary<string, string>(error.Headers) { ["x-amzn-ErrorType"] = error.Code } };

    private static void WriteMembers(Utf8JsonWriter writer, AwsException error)
    {
        foreach ((string name, string json) in error.Members)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json);
        }
    }
}
