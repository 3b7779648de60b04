using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppBuffer.OnRawMessages.Webhook;

namespace MessageAggregator.Tests.Aggregation;

/// <summary>Builds DynamoDB time-window events as AWS sends them.</summary>
internal static class StreamEvents
{
    public const string StreamArn = "arn:aws:dynamodb:us-east-1:111122223333:table/raw_messages/stream/2026-11-01T00:00:00.000";
    public const long FirstSequenceNumber = 100_000_000_000;

    /// <summary>An event of INSERT records with growing sequence numbers.</summary>
    public static byte[] OfImages(params IEnumerable<string> images) =>
        OfRecords(images.Select((image, position) => Insert(image, FirstSequenceNumber + position)));

    public static byte[] OfRecords(IEnumerable<string> records, string state = "{}", bool isFinal = false) => Encoding.UTF8.GetBytes($$"""
        {"Records":[{{string.Join(',', records)}}],
         "window":{"start":"2026-11-22T18:24:20Z","end":"2026-11-22T18:24:40Z"},"state":{{state}},"shardId":"shardId-00000001",
         "eventSourceARN":"{{StreamArn}}","isFinalInvokeForWindow":{{(isFinal ? "true" : "false")}},"isWindowTerminatedEarly":false}
        """);

    public static string Insert(string image, long sequenceNumber) => Record("INSERT", $"\"NewImage\":{image},", sequenceNumber);

    public static string Record(string eventName, string images, long sequenceNumber) => $$"""
        {"eventID":"{{sequenceNumber:x32}}","eventName":"{{eventName}}","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1",
         "dynamodb":{"ApproximateCreationDateTime":1795285468.0,"Keys":{"from":{"S":"k"},"id":{"S":"k"} }, {{images}}
         "SequenceNumber":"{{sequenceNumber}}","SizeBytes":900,"StreamViewType":"NEW_IMAGE"},"eventSourceARN":"{{StreamArn}}"}
        """;

    /// <summary>The image of a message, by way of the real webhook reader.</summary>
    public static string Image(string message, string phoneNumberId = "503", string? traceParent = null, string contact = """{"profile":{"name":"Kike"}}""", string? receivedAt = null)
    {
        string entry = $$"""
            {"changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"{{phoneNumberId}}" },
             "contacts":[{{contact}}],"messages":[{{message}}] } }] }
            """;
        string envelope = new JsonObject
        {
            ["context"] = JsonNode.Parse("""{"MetaWabaIds":[{"wabaId":"1","arn":"arn:waba"}],"MetaPhoneNumberIds":[{"metaPhoneNumberId":"503","arn":"arn:phone"}]}"""),
            ["whatsAppWebhookEntry"] = entry,
            ["message_timestamp"] = receivedAt,
        }.ToJsonString();
        var arrival = new Arrival(DateTimeOffset.UnixEpoch, TimeSpan.FromDays(7), traceParent);
        return ImageOf(WebhookReader.Read(envelope, arrival).Messages.Single());
    }

    public static string ImageOf(RawMessage message) => $"{{{Members(message.Item.Select(attribute => (attribute.Key, attribute.Value)))}}}";

    public static string TextMessage(string id, string body, long timestamp = 1_795_285_468, string from = "1415", string more = "") =>
        $$"""{"from":"{{from}}","id":"{{id}}","timestamp":"{{timestamp}}","type":"text","text":{"body":{{JsonSerializer.Serialize(body)}} }{{more}} }""";

    private static string Members(IEnumerable<(string Name, JsonElement Value)> members) =>
        string.Join(',', members.Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Value(member.Value)}"));

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $$"""{"S":{{value.GetRawText()}} }""",
        JsonValueKind.Number => $$"""{"N":"{{value.GetRawText()}}"}""",
        JsonValueKind.True or JsonValueKind.False => $$"""{"BOOL":{{value.GetRawText()}} }""",
        JsonValueKind.Null => """{"NULL":true}""",
        JsonValueKind.Array => $$"""{"L":[{{string.Join(',', value.EnumerateArray().Select(Value))}}]}""",
        _ => $$"""{"M":{ {{Members(value.EnumerateObject().Select(p => (p.Name, p.Value)))}} } }""",
    };
}
