using System.Text.Json;
using LocalAws.Delivery;
using LocalAws.Sns;

namespace LocalAws.Tests.Sns;

public class NotificationFormatTests
{
    private const string TopicArn = "arn:aws:sns:us-east-1:123456789012:whatsapp_in";

    private static readonly Subscription Function = new(TopicArn + ":1", TopicArn, "lambda", "arn:aws:lambda:us-east-1:123456789012:function:f");
    private static readonly Subscription Queue = new(TopicArn + ":2", TopicArn, "sqs", "arn:aws:sqs:us-east-1:123456789012:q");

    private static readonly Notification Plain = new(
        "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
        TopicArn,
        null,
        new Dictionary<string, string> { ["default"] = "{\"a\": \"é👀\"}" },
        new Dictionary<string, DeliveryAttribute>(),
        new DateTimeOffset(2026, 11, 22, 18, 24, 28, 601, TimeSpan.Zero));

    private static readonly Notification Rich = Plain with
    {
        Subject = "Hi",
        Bodies = new Dictionary<string, string> { ["default"] = "d", ["lambda"] = "for lambda" },
        Attributes = new Dictionary<string, DeliveryAttribute> { ["count"] = new("Number", "3") },
    };

    [Fact]
    public void A_function_gets_one_record_with_the_members_and_shapes_of_AWS()
    {
        using JsonDocument json = JsonDocument.Parse(NotificationFormat.LambdaEvent(Function, Plain));
        JsonElement record = Assert.Single(json.RootElement.GetProperty("Records").EnumerateArray());
        JsonElement sns = record.GetProperty("Sns");

        Assert.Equal(["EventSource", "EventSubscriptionArn", "EventVersion", "Sns"], Names(record));
        Assert.Equal(("aws:sns", "1.0", TopicArn + ":1"), (Text(record, "EventSource"), Text(record, "EventVersion"), Text(record, "EventSubscriptionArn")));
        Assert.Equal(
            ["Message", "MessageAttributes", "MessageId", "Signature", "SignatureVersion", "SigningCertUrl", "Subject", "Timestamp", "TopicArn", "Type", "UnsubscribeUrl"],
            Names(sns));
        Assert.Equal("Notification", Text(sns, "Type"));
        Assert.Equal("{\"a\": \"é👀\"}", Text(sns, "Message"));
        Assert.Equal("2026-11-22T18:24:28.601Z", Text(sns, "Timestamp"));
        Assert.Equal(JsonValueKind.Null, sns.GetProperty("Subject").ValueKind);
        Assert.Equal("{}", sns.GetProperty("MessageAttributes").GetRawText());
    }

    [Fact]
    public void Letters_of_every_script_are_written_as_themselves()
    {
        const string Text = "Grüße Привет مرحبا नमस्ते 你好";
        Notification notification = Plain with { Bodies = new Dictionary<string, string> { ["default"] = Text } };

        Assert.Contains(Text, NotificationFormat.LambdaEvent(Function, notification), StringComparison.Ordinal);
        Assert.Contains(Text, NotificationFormat.Envelope(Queue, notification), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_gets_its_own_body_the_subject_and_the_attributes_as_texts()
    {
        using JsonDocument json = JsonDocument.Parse(NotificationFormat.LambdaEvent(Function, Rich));
        JsonElement sns = json.RootElement.GetProperty("Records")[0].GetProperty("Sns");

        Assert.Equal("for lambda", Text(sns, "Message"));
        Assert.Equal("Hi", Text(sns, "Subject"));
        Assert.Equal("{\"count\":{\"Type\":\"Number\",\"Value\":\"3\"}}", sns.GetProperty("MessageAttributes").GetRawText());
    }

    [Fact]
    public void A_queue_gets_an_envelope_that_leaves_out_what_is_absent()
    {
        using JsonDocument plain = JsonDocument.Parse(NotificationFormat.For(Queue, Plain).Body);
        using JsonDocument rich = JsonDocument.Parse(NotificationFormat.For(Queue, Rich).Body);

        Assert.Equal(
            ["Message", "MessageId", "Signature", "SignatureVersion", "SigningCertURL", "Timestamp", "TopicArn", "Type", "UnsubscribeURL"],
            Names(plain.RootElement));
        Assert.Equal("Hi", Text(rich.RootElement, "Subject"));
        Assert.Equal("d", Text(rich.RootElement, "Message"));
        Assert.Equal("3", rich.RootElement.GetProperty("MessageAttributes").GetProperty("count").GetProperty("Value").GetString());
    }

    [Fact]
    public void Raw_delivery_is_the_bare_message_with_its_attributes()
    {
        DeliveryMessage message = NotificationFormat.For(Queue with { Attributes = new SubscriptionAttributes(RawMessageDelivery: true) }, Rich);

        Assert.Equal("d", message.Body);
        Assert.Equal(new DeliveryAttribute("Number", "3"), message.Attributes["count"]);
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
