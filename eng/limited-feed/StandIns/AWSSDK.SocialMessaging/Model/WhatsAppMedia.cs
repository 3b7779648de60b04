using Amazon.Runtime;

namespace Amazon.SocialMessaging.Model;

public partial class GetWhatsAppMessageMediaRequest : AmazonSocialMessagingRequest
{
    public string MediaId { get; set; }
    public string OriginationPhoneNumberId { get; set; }
    public bool? MetadataOnly { get; set; }
    public S3File DestinationS3File { get; set; }
    public S3PresignedUrl DestinationS3PresignedUrl { get; set; }
}

public partial class GetWhatsAppMessageMediaResponse : AmazonWebServiceResponse
{
    public long? FileSize { get; set; }
    public string MimeType { get; set; }
}

public partial class PostWhatsAppMessageMediaRequest : AmazonSocialMessagingRequest
{
    public string OriginationPhoneNumberId { get; set; }
    public S3File SourceS3File { get; set; }
    public S3PresignedUrl SourceS3PresignedUrl { get; set; }
}

public partial class PostWhatsAppMessageMediaResponse : AmazonWebServiceResponse
{
    public string MediaId { get; set; }
}

public partial class S3File
{
    public string BucketName { get; set; }
    public string Key { get; set; }
}

public partial class S3PresignedUrl
{
    public string Url { get; set; }
    public Dictionary<string, string> Headers { get; set; }
}
