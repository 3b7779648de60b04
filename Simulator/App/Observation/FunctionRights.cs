using System.Collections.Concurrent;
using System.Text.Json;
using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Observation;

/// <summary>
/// Which rights the functions' own calls need, in IAM's words: <c>on_raw_messages dynamodb:PutItem table/raw_messages</c>. What Lambda and End User Messaging do in
/// a function's name passes no endpoint and is not seen here.
/// </summary>
internal sealed class FunctionRights
{
    private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.Ordinal);

    /// <summary>Each right once, sorted.</summary>
    public IReadOnlyList<string> Snapshot() => [.. _seen.Keys.Order(StringComparer.Ordinal)];

    public void OnCall(AwsCall call)
    {
        if (call.Function is not null)
        {
            foreach ((string action, string resource) in Of(call))
            {
                _seen.TryAdd($"{call.Function} {action} {resource}", 0);
            }
        }
    }

    /// <summary>The actions that AWS looks for when it is asked this, each with its resource: an ARN's end, or a queue's or bucket's name.</summary>
    internal static IEnumerable<(string Action, string Resource)> Of(AwsCall call)
    {
        AwsRequest request = call.Request;
        string[] path = [.. request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        return (call.Service, call.Operation) switch
        {
            // The caller's token is what Connect Participant asks for, and nothing of IAM.
            ("connectparticipant", _) => [],
            ("dynamodb", "TransactWriteItems") => OfTransaction(Json(request)),
            ("dynamodb", _) => OfTable(call.Operation, Json(request)),
            // A batch needs the right of one.
            ("sqs", var operation) => [($"sqs:{operation.Replace("Batch", "", StringComparison.Ordinal)}", Text(Json(request), "QueueUrl").Split('/')[^1])],
            ("ssm", var operation) => [($"ssm:{operation}", $"parameter/{Text(Json(request), "Name").TrimStart('/')}")],
            ("lambda", "Invoke") => [("lambda:InvokeFunction", $"function:{path[2]}")],
            ("s3", "ListObjectsV2") => [("s3:ListBucket", Bucket(path))],
            ("s3", var operation) => [($"s3:{(operation == "HeadObject" ? "GetObject" : operation)}", Bucket(path))],
            ("connect", "DescribeContact") => [("connect:DescribeContact", $"instance/{path[1]}/contact/{path[2]}")],
            ("connect", "CreateNotification") => [("connect:CreateNotification", $"instance/{path[1]}"), ("connect:CreateNotification", $"instance/{path[1]}/notification/*")],
            ("connect", "StartChatContact") => OfInstance(call.Operation, Json(request), "contact-flow", "ContactFlowId"),
            ("connect", "StartContactStreaming") => OfInstance(call.Operation, Json(request), "contact", "ContactId"),
            ("socialmessaging", var operation) => [($"social-messaging:{operation}", $"phone-number-id/{Text(Json(request), "originationPhoneNumberId").Split('/')[^1]}")],
            _ => [($"{call.Service}:{call.Operation}", "?")],
        };
    }

    private static IEnumerable<(string Action, string Resource)> OfTable(string operation, JsonElement request)
    {
        string table = $"table/{Text(request, "TableName").Split('/')[^1]}";
        return [($"dynamodb:{operation}", request.TryGetProperty("IndexName", out JsonElement index) ? $"{table}/index/{index.GetString()}" : table)];
    }

    /// <summary>A transaction has no right of its own: each of its parts needs that of the single operation, and one that asks for what made it fail reads.</summary>
    private static IEnumerable<(string Action, string Resource)> OfTransaction(JsonElement request) =>
        from item in request.GetProperty("TransactItems").EnumerateArray()
        from part in item.EnumerateObject()
        from action in part.Value.TryGetProperty("ReturnValuesOnConditionCheckFailure", out JsonElement wanted) && wanted.ValueEquals("ALL_OLD") ? ["GetItem", NameOf(part.Name)] : new[] { NameOf(part.Name) }
        from right in OfTable(action, part.Value)
        select right;

    /// <summary>The deployment has one bucket, whose name is an account's and a region's.</summary>
    private static string Bucket(string[] path) => string.Join('/', ["bucket", .. path[1..]]);

    private static string NameOf(string part) => part == "ConditionCheck" ? "ConditionCheckItem" : $"{part}Item";

    private static IEnumerable<(string Action, string Resource)> OfInstance(string operation, JsonElement request, string kind, string member)
    {
        string instance = $"instance/{Text(request, "InstanceId")}";
        return [($"connect:{operation}", instance), ($"connect:{operation}", $"{instance}/{kind}/{Text(request, member)}")];
    }

    private static string Text(JsonElement request, string member) => request.TryGetProperty(member, out JsonElement value) ? value.ToString() : "?";

    private static JsonElement Json(AwsRequest request)
    {
        using JsonDocument body = ForeignJson.Document(request.Body.IsEmpty ? "{}"u8.ToArray() : request.Body);
        return body.RootElement.Clone();
    }
}
