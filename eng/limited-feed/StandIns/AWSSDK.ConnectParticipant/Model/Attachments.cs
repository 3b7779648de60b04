using Amazon.Runtime;

namespace Amazon.ConnectParticipant.Model;

public partial class StartAttachmentUploadRequest : AmazonConnectParticipantRequest
{
    public string ConnectionToken { get; set; }
    public string AttachmentName { get; set; }
    public long? AttachmentSizeInBytes { get; set; }
    public string ContentType { get; set; }
    public string ClientToken { get; set; }
}

public partial class StartAttachmentUploadResponse : AmazonWebServiceResponse
{
    public string AttachmentId { get; set; }
    public UploadMetadata UploadMetadata { get; set; }
}

public partial class UploadMetadata
{
    public string Url { get; set; }
    public string UrlExpiry { get; set; }
    public Dictionary<string, string> HeadersToInclude { get; set; }
}

public partial class CompleteAttachmentUploadRequest : AmazonConnectParticipantRequest
{
    public string ConnectionToken { get; set; }
    public List<string> AttachmentIds { get; set; }
    public string ClientToken { get; set; }
}

public partial class CompleteAttachmentUploadResponse : AmazonWebServiceResponse
{
}

public partial class GetAttachmentRequest : AmazonConnectParticipantRequest
{
    public string ConnectionToken { get; set; }
    public string AttachmentId { get; set; }
    public int? UrlExpiryInSeconds { get; set; }
}

public partial class GetAttachmentResponse : AmazonWebServiceResponse
{
    public string Url { get; set; }
    public string UrlExpiry { get; set; }
    public long? AttachmentSizeInBytes { get; set; }
}
