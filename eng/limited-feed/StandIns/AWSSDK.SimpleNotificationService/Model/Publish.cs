using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

public partial class PublishRequest : AmazonSimpleNotificationServiceRequest
{
    public PublishRequest() { }

    public PublishRequest(string topicArn, string message)
    {
        TopicArn = topicArn;
        Message = message;
    }

    public PublishRequest(string topicArn, string message, string subject)
        : this(topicArn, message) => Subject = subject;

    public string TopicArn { get; set; }
    public string TargetArn { get; set; }
    public string PhoneNumber { get; set; }
    public string Message { get; set; }
    public string Subject { get; set; }
    public string MessageStructure { get; set; }
    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
    public string MessageDeduplicationId { get; set; }
    public string MessageGroupId { get; set; }
}

public partial class PublishResponse : AmazonWebServiceResponse
{
    public string MessageId { get; set; }
    public string SequenceNumber { get; set; }
}

public partial class MessageAttributeValue
{
    public string DataType { get; set; }
    public string StringValue { get; set; }
    public MemoryStream BinaryValue { get; set; }
}
