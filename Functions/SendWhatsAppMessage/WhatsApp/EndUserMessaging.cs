using Amazon.Runtime;
using Amazon.SocialMessaging;
using Amazon.SocialMessaging.Model;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.SendWhatsAppMessage.Templates;

namespace WhatsAppBuffer.SendWhatsAppMessage.WhatsApp;

/// <summary><c>SendWhatsAppMessage</c>, which has no idempotency token: the SDK must not repeat it.</summary>
internal sealed class EndUserMessaging(IAmazonSocialMessaging socialMessaging) : IWhatsAppSender
{
    /// <summary>The client, without repetitions of its own.</summary>
    public static AmazonSocialMessagingConfig ClientConfig => new() { MaxErrorRetry = 0, Timeout = TimeSpan.FromSeconds(4) };

    public async Task<SendResult> SendAsync(TemplateMessage message, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(message.Request);
        try
        {
            SendWhatsAppMessageResponse response = await socialMessaging.SendWhatsAppMessageAsync(
                new SendWhatsAppMessageRequest { OriginationPhoneNumberId = message.SystemNumber, MetaApiVersion = message.MetaApiVersion, Message = content }, cancellationToken);
            return new SendResult.Sent(response.MessageId);
        }
        catch (Exception failure) when (SendFailures.Of(failure) is { } kind)
        {
            string code = (failure as AmazonServiceException)?.ErrorCode ?? "";
            return kind switch
            {
                SendFailure.HeldBack => new SendResult.HeldBack(code),
                SendFailure.Refused => new SendResult.Refused(code, $"End User Messaging refuses it, {code}: {failure.Message}"),
                _ => new SendResult.Unknown(),
            };
        }
    }
}
