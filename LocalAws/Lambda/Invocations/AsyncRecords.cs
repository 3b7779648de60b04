using System.Text;
using System.Text.Json;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Lambda.Functions;

namespace LocalAws.Lambda.Invocations;

/// <summary>What destinations and dead-letter queues of asynchronous invocations receive.</summary>
internal static class AsyncRecords
{
    private const int MaxErrorMessageBytes = 1024;

    /// <summary>The destination record, version 1.0. An event that never reached the function has no response.</summary>
    public static DeliveryMessage Destination(
        InvocationRequest request, string functionArn, AsyncDecision.End end, InvocationResult? last, DateTimeOffset now) =>
        new(JsonText.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("version", "1.0");
            writer.WriteString("timestamp", AwsTime.Milliseconds(now));
            writer.WriteStartObject("requestContext");
            writer.WriteString("requestId", request.RequestId);
            writer.WriteString("functionArn", $"{functionArn}:{FunctionDefinition.Version}");
            writer.WriteString("condition", end.Condition);
            writer.WriteNumber("approximateInvokeCount", end.Progress.Attempts);
            writer.WriteEndObject();
            writer.WritePropertyName("requestPayload");
            WriteJson(writer, request.Payload);
            if (last is not null)
            {
                writer.WriteStartObject("responseContext");
                writer.WriteNumber("statusCode", 200);
                writer.WriteString("executedVersion", FunctionDefinition.Version);
                if (last.FunctionError is not null)
                {
                    writer.WriteString("functionError", last.FunctionError);
                }

                writer.WriteEndObject();
                writer.WritePropertyName("responsePayload");
                WriteJson(writer, last.Payload);
            }

            writer.WriteEndObject();
        }));

    /// <summary>The dead letter: the event unchanged, the error in attributes.</summary>
    public static DeliveryMessage DeadLetter(InvocationRequest request, InvocationResult? last) =>
        new(Encoding.UTF8.GetString(request.Payload.Span))
        {
            Attributes = new Dictionary<string, DeliveryAttribute>
            {
                ["RequestID"] = new("String", request.RequestId),
                ["ErrorCode"] = new("Number", last is null ? "429" : "200"),
                ["ErrorMessage"] = new("String", ErrorMessage(last)),
            },
        };

    private static string ErrorMessage(InvocationResult? last)
    {
        string message = "Rate Exceeded.";
        if (last is not null)
        {
            message = TryParse(last.Payload, out JsonElement error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("errorMessage", out JsonElement text)
                ? text.ToString()
                : Encoding.UTF8.GetString(last.Payload.Span);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(message);
        return bytes.Length <= MaxErrorMessageBytes ? message : Encoding.UTF8.GetString(bytes.AsSpan(0, MaxErrorMessageBytes)).TrimEnd('\uFFFD');
    }

    // A runtime may answer anything: what is not JSON is carried as a string.
    private static void WriteJson(Utf8JsonWriter writer, ReadOnlyMemory<byte> json)
    {
        if (TryParse(json, out JsonElement value))
        {
            value.WriteTo(writer);
        }
        else
        {
            writer.WriteStringValue(json.Span);
        }
    }

    private static bool TryParse(ReadOnlyMemory<byte> json, out JsonElement value)
    {
        var reader = ForeignJson.Reader(json.Span);
        try
        {
            value = JsonElement.ParseValue(ref reader);
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}
