using Amazon.Runtime;

namespace Amazon.ConnectParticipant.Model;

public partial class SendMessageRequest : AmazonConnectParticipantRequest
{
    public string ConnectionToken { get; set; }
    public string Content { get; set; }
    public string ContentType { get; set; }
    public string ClientToken { get; set; }
}

public partial class SendMessageResponse : AmazonWebServiceResponse
{
    public string Id { get; set; }
    public string AbsoluteTime { get; set; }
    public MessageProcessingMetadata MessageMetadata { get; set; }
}

public partial class MessageProcessingMetadata
{
    public MessageProcessingStatus MessageProcessingStatus { get; set; }
}

public partial class SendEventRequest : AmazonConnectParticipantRequest
{
    public string ConnectionToken { get; set; }
    public string ContentType { get; set; }
    public string Content { get; set; }
    public string ClientToken { get; set; }
}

public partial class SendEventResponse : AmazonWebServiceResponse
{
    public string Id { get; set; }
    public string AbsoluteTime { get; set; }
}
