using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

public partial class CreateTopicRequest : AmazonSimpleNotificationServiceRequest
{
    public CreateTopicRequest() { }

    public CreateTopicRequest(string name) => Name = name;

    public string Name { get; set; }
    public Dictionary<string, string> Attributes { get; set; }
    public List<Tag> Tags { get; set; }
    public string DataProtectionPolicy { get; set; }
}

public partial class CreateTopicResponse : AmazonWebServiceResponse
{
    public string TopicArn { get; set; }
}

public partial class Tag
{
    public string Key { get; set; }
    public string Value { get; set; }
}

public partial class SubscribeRequest : AmazonSimpleNotificationServiceRequest
{
    public SubscribeRequest() { }

    public SubscribeRequest(string topicArn, string protocol, string endpoint)
    {
        TopicArn = topicArn;
        Protocol = protocol;
        Endpoint = endpoint;
    }

    public string TopicArn { get; set; }
    public string Protocol { get; set; }
    public string Endpoint { get; set; }
    public Dictionary<string, string> Attributes { get; set; }
    public bool? ReturnSubscriptionArn { get; set; }
}

public partial class SubscribeResponse : AmazonWebServiceResponse
{
    public string SubscriptionArn { get; set; }
}
