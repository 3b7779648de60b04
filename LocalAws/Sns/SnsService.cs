using System.Buffers.Text;
using System.Globalization;
using System.Xml.Linq;
using LocalAws.Delivery;
using LocalAws.Endpoint;
using LocalAws.Protocols;

namespace LocalAws.Sns;

/// <summary>The wire of SNS: the query protocol, version 2010-03-31, XML answers.</summary>
/// <param name="engine">The topics.</param>
public sealed class SnsService(SnsEngine engine) : AwsService("sns", Protocol)
{
    private const int PageSize = 100;
    private static readonly AwsConstraint Check = new("ValidationError");
    private static readonly QueryProtocol Protocol = new("sns", "http://sns.amazonaws.com/", "2010-03-31")
    {
        Service = "SNS",
        Refuse = (parameter, operation) => SnsError.InvalidParameter($"this local cloud does not imitate the parameter '{parameter}' of {operation}: leave it out"),
    };

    private protected override IReadOnlyList<AwsOperation> Table =>
    [
        Protocol.Of("CreateTopic", Shape.CreateTopicInput, CreateTopic),
        Protocol.Of("DeleteTopic", Shape.TopicInput, input => engine.DeleteTopic(Check.Required(input.TopicArn, "topicArn", 0))),
        Protocol.Of("ListTopics", Shape.ListTopicsInput, ListTopics),
        Protocol.Of("GetTopicAttributes", Shape.TopicInput, GetTopicAttributes),
        Protocol.Of("SetTopicAttributes", Shape.SetTopicAttributesInput, SetTopicAttributes),
        Protocol.Of("Subscribe", Shape.SubscribeInput, Subscribe),
        Protocol.Of("Unsubscribe", Shape.SubscriptionInput, input => engine.Unsubscribe(Check.Required(input.SubscriptionArn, "subscriptionArn", 0))),
        Protocol.Of("GetSubscriptionAttributes", Shape.SubscriptionInput, GetSubscriptionAttributes),
        Protocol.Of("SetSubscriptionAttributes", Shape.SetSubscriptionAttributesInput, SetSubscriptionAttributes),
        Protocol.Of("ListSubscriptionsByTopic", Shape.ListSubscriptionsByTopicInput, ListSubscriptionsByTopic),
        Protocol.Of("Publish", Shape.PublishInput, Publish),
        Protocol.Of("PublishBatch", Shape.PublishBatchInput, PublishMany),
    ];

    private static SnsShapes Shape => SnsShapes.Default;

    private XElement[] CreateTopic(CreateTopicInput input) =>
        [Protocol.Text("TopicArn", engine.CreateTopic(Check.Required(input.Name, "name", 0), input.Attributes ?? []))];

    private XElement[] ListTopics(ListTopicsInput input) => Page("Topics", engine.ListTopics(), input.NextToken, arn => [Protocol.Text("TopicArn", arn)]);

    private XElement[] GetTopicAttributes(TopicInput input) =>
        [Protocol.Map("Attributes", engine.GetTopicAttributes(Check.Required(input.TopicArn, "topicArn", 0)))];

    private void SetTopicAttributes(SetTopicAttributesInput input) => engine.SetTopicAttribute(
        Check.Required(input.TopicArn, "topicArn", 0), Check.Required(input.AttributeName, "attributeName", 0), input.AttributeValue ?? "");

    /// <summary>ReturnSubscriptionArn has no meaning for Lambda and SQS: their subscriptions need no confirmation.</summary>
    private XElement[] Subscribe(SubscribeInput input) => [Protocol.Text("SubscriptionArn", engine.Subscribe(
        Check.Required(input.TopicArn, "topicArn", 0), Check.Required(input.Protocol, "protocol", 0), Check.Required(input.Endpoint, "endpoint", 0), input.Attributes ?? []))];

    private XElement[] GetSubscriptionAttributes(SubscriptionInput input) =>
        [Protocol.Map("Attributes", engine.GetSubscriptionAttributes(Check.Required(input.SubscriptionArn, "subscriptionArn", 0)))];

    private void SetSubscriptionAttributes(SetSubscriptionAttributesInput input) => engine.SetSubscriptionAttribute(
        Check.Required(input.SubscriptionArn, "subscriptionArn", 0), Check.Required(input.AttributeName, "attributeName", 0), input.AttributeValue ?? "");

    private XElement[] ListSubscriptionsByTopic(ListSubscriptionsByTopicInput input) =>
        Page("Subscriptions", engine.ListSubscriptionsByTopic(Check.Required(input.TopicArn, "topicArn", 0)), input.NextToken, s =>
        [
            Protocol.Text("SubscriptionArn", s.Arn),
            Protocol.Text("Owner", s.TopicArn.Split(':')[4]),
            Protocol.Text("Protocol", s.Protocol),
            Protocol.Text("Endpoint", s.Endpoint),
            Protocol.Text("TopicArn", s.TopicArn),
        ]);

    private XElement[] Publish(PublishInput input)
    {
        string arn = input.TopicArn ?? input.TargetArn ?? throw SnsError.InvalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
        return [Protocol.Text("MessageId", engine.Publish(arn, MessageOf(input.Message, input.MessageAttributes), input.Subject, input.MessageStructure))];
    }

    private XElement[] PublishMany(PublishBatchInput input)
    {
        string arn = Check.Required(input.TopicArn, "topicArn", 0);
        List<PublishBatchEntry> entries = [.. (input.PublishBatchRequestEntries ?? []).Select(entry =>
            new PublishBatchEntry(Check.Required(entry.Id, "id", 0), MessageOf(entry.Message, entry.MessageAttributes), entry.Subject, entry.MessageStructure))];
        PublishBatch.Check(entries, int.Parse(engine.GetTopicAttributes(arn)["MaximumMessageSize"], CultureInfo.InvariantCulture));

        List<XElement[]> successful = [];
        List<XElement[]> failed = [];
        foreach (PublishBatchEntry entry in entries)
        {
            try
            {
                string messageId = engine.Publish(arn, entry.Message, entry.Subject, entry.MessageStructure);
                successful.Add([Protocol.Text("Id", entry.Id), Protocol.Text("MessageId", messageId)]);
            }
            catch (AwsException error)
            {
                failed.Add([Protocol.Text("Id", entry.Id), Protocol.Text("Code", error.Code), Protocol.Text("Message", error.Message), Protocol.Text("SenderFault", "true")]);
            }
        }

        return [Protocol.List("Successful", successful), Protocol.List("Failed", failed)];
    }

    private static DeliveryMessage MessageOf(string? text, Dictionary<string, MessageAttributeInput>? attributes) =>
        new(Check.Required(text, "message", 0)) { Attributes = attributes?.ToDictionary(a => a.Key, a => AttributeOf(a.Value)) ?? [] };

    private static DeliveryAttribute AttributeOf(MessageAttributeInput input)
    {
        string dataType = Check.Required(input.DataType, "dataType", 0);
        return dataType != "Binary" ? new DeliveryAttribute(dataType, input.StringValue ?? "")
            : Base64.IsValid(input.BinaryValue) ? new DeliveryAttribute(dataType, input.BinaryValue ?? "")
            : throw SnsError.InvalidValue("The binary value of a message attribute is not valid base64.");
    }

    private static XElement[] Page<T>(string name, IReadOnlyList<T> items, string? token, Func<T, XElement[]> content)
    {
        int start = token is null ? 0
            : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int next) && next <= items.Count ? next
            : throw SnsError.InvalidParameter("NextToken");
        XElement page = Protocol.List(name, items.Skip(start).Take(PageSize).Select(content));
        return start + PageSize < items.Count ? [page, Protocol.Text("NextToken", $"{start + PageSize}")] : [page];
    }
}
