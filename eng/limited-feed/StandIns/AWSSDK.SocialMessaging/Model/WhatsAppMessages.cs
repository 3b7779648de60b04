using Amazon.Runtime;

namespace Amazon.SocialMessaging.Model;

public partial class SendWhatsAppMessageRequest : AmazonSocialMessagingRequest
{
    public MemoryStream Message { get; set; }
    public string MetaApiVersion { get; set; }
    public string OriginationPhoneNumberId { get; set; }
}

public partial class SendWhatsAppMessageResponse : AmazonWebServiceResponse
{
    public string MessageId { get; set; }
}
