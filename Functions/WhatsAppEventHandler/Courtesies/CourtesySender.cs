using Amazon.SocialMessaging;
using Amazon.SocialMessaging.Model;

namespace WhatsAppBuffer.WhatsAppEventHandler.Courtesies;

/// <summary><c>SendWhatsAppMessage</c> of AWS End User Messaging Social.</summary>
internal sealed class CourtesySender(IAmazonSocialMessaging socialMessaging, string metaApiVersion) : ICourtesySender
{
    public async Task SendAsync(string originationNumberArn, byte[] message, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(message);
        var request = new SendWhatsAppMessageRequest { OriginationPhoneNumberId = originationNumberArn, MetaApiVersion = metaApiVersion, Message = content };
        await socialMessaging.SendWhatsAppMessageAsync(request, cancellationToken);
    }
}
