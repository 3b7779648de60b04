using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

public partial class PublishBatchRequest : AmazonSimpleNotificationServiceRequest
{
    public string TopicArn { get; set; }
    public List<PublishBatchRequestEntry> PublishBatchRequestEntries { get; set; }
}

public partial class PublishBatchRequestEntry
{
    public string Id { get; set; }
    public string Message { get; set; }
    public string Subject { get; set; }
    public string MessageStructure { get; set; }
    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
    public string MessageDeduplicationId { get; set; }
    public string MessageGroupId { get; set; }
}

public partial class PublishBatchResponse : AmazonWebServiceResponse
{
    public List<PublishBatchResultEntry> Successful { get; set; }
    public List<BatchResultErrorEntry> Failed { get; set; }
}

public partial class PublishBatchResultEntry
{
    public string Id { get; set; }
    public string MessageId { get; set; }
    public string SequenceNumber { get; set; }
}

public partial class BatchResultErrorEntry
{
    public string Id { get; set; }
    public string Code { get; set; }
    public string Message { get; set; }
    public bool? SenderFault { get; set; }
}
