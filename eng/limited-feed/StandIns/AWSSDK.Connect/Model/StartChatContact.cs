using Amazon.Runtime;

namespace Amazon.Connect.Model;

public partial class StartChatContactRequest : AmazonConnectRequest
{
    public string InstanceId { get; set; }
    public string ContactFlowId { get; set; }
    public ParticipantDetails ParticipantDetails { get; set; }
    public ParticipantConfiguration ParticipantConfiguration { get; set; }
    public ChatMessage InitialMessage { get; set; }
    public Dictionary<string, string> Attributes { get; set; }
    public string ClientToken { get; set; }
    public int? ChatDurationInMinutes { get; set; }
    public List<string> SupportedMessagingContentTypes { get; set; }
    public PersistentChat PersistentChat { get; set; }
    public string RelatedContactId { get; set; }
    public Dictionary<string, SegmentAttributeValue> SegmentAttributes { get; set; }
    public string CustomerId { get; set; }
    public List<string> DisconnectOnCustomerExit { get; set; }
}

public partial class StartChatContactResponse : AmazonWebServiceResponse
{
    public string ContactId { get; set; }
    public string ParticipantId { get; set; }
    public string ParticipantToken { get; set; }
    public string ContinuedFromContactId { get; set; }
}

public partial class ParticipantDetails
{
    public string DisplayName { get; set; }
}

public partial class ParticipantConfiguration
{
    public ResponseMode ResponseMode { get; set; }
}

public partial class ChatMessage
{
    public string Content { get; set; }
    public string ContentType { get; set; }
}

public partial class PersistentChat
{
    public RehydrationType RehydrationType { get; set; }
    public string SourceContactId { get; set; }
}

public partial class SegmentAttributeValue
{
    public string ValueString { get; set; }
    public string ValueArn { get; set; }
    public int? ValueInteger { get; set; }
    public List<SegmentAttributeValue> ValueList { get; set; }
    public Dictionary<string, SegmentAttributeValue> ValueMap { get; set; }
}
