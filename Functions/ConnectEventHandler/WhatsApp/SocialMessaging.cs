using Amazon.Runtime;
using Amazon.SocialMessaging;
using Amazon.SocialMessaging.Model;
using WhatsAppBuffer.Contracts.WhatsApp;

namespace WhatsAppBuffer.ConnectEventHandler.WhatsApp;

/// <summary>AWS End User Messaging Social, which has no idempotency tokens: the SDK must not repeat what is sent.</summary>
/// <param name="socialMessaging">Sends.</param>
/// <param name="uploads">Uploads, made when it is needed.</param>
/// <param name="metaApiVersion">Version of Meta's API.</param>
internal sealed class SocialMessaging(IAmazonSocialMessaging socialMessaging, Lazy<IAmazonSocialMessaging> uploads, string metaApiVersion) : IWhatsApp
{
    /// <summary>The client that sends, without repetitions of its own.</summary>
    public static AmazonSocialMessagingConfig ClientConfig => new() { MaxErrorRetry = 0, Timeout = TimeSpan.FromSeconds(8) };

    /// <summary>The client that uploads: End User Messaging answers when WhatsApp has the whole file.</summary>
    public static AmazonSocialMessagingConfig UploadConfig => new() { MaxErrorRetry = 0, Timeout = TimeSpan.FromSeconds(25) };

    public async Task<SendOutcome> SendAsync(string systemNumber, byte[] message, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(message);
        var request = new SendWhatsAppMessageRequest { OriginationPhoneNumberId = systemNumber, MetaApiVersion = metaApiVersion, Message = content };
        (_, SendOutcome outcome) = await CallAsync(() => socialMessaging.SendWhatsAppMessageAsync(request, cancellationToken), cancellationToken);
        return outcome;
    }

    public async Task<string?> UploadAsync(string systemNumber, Uri file, string contentType, CancellationToken cancellationToken)
    {
        var request = new PostWhatsAppMessageMediaRequest
        {
            OriginationPhoneNumberId = systemNumber,
            SourceS3PresignedUrl = new S3PresignedUrl { Url = file.AbsoluteUri, Headers = new() { ["Content-Type"] = contentType } },
        };
        (PostWhatsAppMessageMediaResponse? answer, _) = await CallAsync(() => uploads.Value.PostWhatsAppMessageMediaAsync(request, cancellationToken), cancellationToken);
        return answer?.MediaId;
    }

    private static async Task<(T? Answer, SendOutcome Outcome)> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return (await call(), SendOutcome.Sent);
        }
        catch (Exception failure) when (SendFailures.Of(failure) is { } kind && !cancellationToken.IsCancellationRequested)
        {
            return kind switch
            {
                SendFailure.HeldBack => (null, SendOutcome.NotSent),
                SendFailure.Refused => throw new SendRefusedException((failure as AmazonServiceException)?.ErrorCode ?? "", failure.Message),
                _ => (null, SendOutcome.Unknown),
            };
        }
    }
}
