using Amazon.Runtime;

namespace Amazon.ConnectParticipant.Model;

public partial class GetTranscriptRequest : AmazonConnectParticipantRequest
{
    public string ConnectionToken { get; set; }
    public string ContactId { get; set; }
    public int? MaxResults { get; set; }
    public string NextToken { get; set; }
    public ScanDirection ScanDirection { get; set; }
    public SortKey SortOrder { get; set; }
    public StartPosition StartPosition { get; set; }
}

public partial class GetTranscriptResponse : AmazonWebServiceResponse
{
    public string InitialContactId { get; set; }
    public string NextToken { get; set; }
    public List<Item> Transcript { get; set; }
}

public partial class StartPosition
{
    public string Id { get; set; }
    public string AbsoluteTime { get; set; }
    public int? MostRecent { get; set; }
}

public partial class Item
{
    public string AbsoluteTime { get; set; }
    public List<AttachmentItem> Attachments { get; set; }
    public string ContactId { get; set; }
    public string Content { get; set; }
    public string ContentType { get; set; }
    public string DisplayName { get; set; }
    public string Id { get; set; }
    public MessageMetadata MessageMetadata { get; set; }
    public string ParticipantId { get; set; }
    public ParticipantRole ParticipantRole { get; set; }
    public string RelatedContactId { get; set; }
    public ChatItemType Type { get; set; }
}

public partial class AttachmentItem
{
    public string AttachmentId { get; set; }
    public string AttachmentName { get; set; }
    public string ContentType { get; set; }
    public ArtifactStatus Status { get; set; }
}

public partial class MessageMetadata
{
    public string MessageId { get; set; }
    public List<Receipt> Receipts { get; set; }
    public MessageProcessingStatus MessageProcessingStatus { get; set; }
}

public partial class Receipt
{
    public string DeliveredTimestamp { get; set; }
    public string ReadTimestamp { get; set; }
    public string RecipientParticipantId { get; set; }
}
