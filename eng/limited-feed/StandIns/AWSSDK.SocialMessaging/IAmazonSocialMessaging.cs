using Amazon.SocialMessaging.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.SocialMessaging;

public partial interface IAmazonSocialMessaging : IAmazonService, IDisposable
{
    Task<SendWhatsAppMessageResponse> SendWhatsAppMessageAsync(
        SendWhatsAppMessageRequest request, CancellationToken cancellationToken = default);

    Task<GetWhatsAppMessageMediaResponse> GetWhatsAppMessageMediaAsync(
        GetWhatsAppMessageMediaRequest request, CancellationToken cancellationToken = default);

    Task<PostWhatsAppMessageMediaResponse> PostWhatsAppMessageMediaAsync(
        PostWhatsAppMessageMediaRequest request, CancellationToken cancellationToken = default);

    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSocialMessagingConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        awsCredentials is null
            ? new AmazonSocialMessagingClient((AmazonSocialMessagingConfig)clientConfig)
            : new AmazonSocialMessagingClient(awsCredentials, (AmazonSocialMessagingConfig)clientConfig);
}
