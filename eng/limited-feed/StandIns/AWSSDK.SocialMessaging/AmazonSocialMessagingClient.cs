using Amazon.LimitedFeed;
using Amazon.SocialMessaging.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.SocialMessaging;

public partial class AmazonSocialMessagingClient : AmazonServiceClient, IAmazonSocialMessaging
{
    public AmazonSocialMessagingClient()
        : this(new AmazonSocialMessagingConfig()) { }

    public AmazonSocialMessagingClient(RegionEndpoint region)
        : this(new AmazonSocialMessagingConfig { RegionEndpoint = region }) { }

    public AmazonSocialMessagingClient(AmazonSocialMessagingConfig config)
        : base(config) { }

    public AmazonSocialMessagingClient(AWSCredentials credentials)
        : this(credentials, new AmazonSocialMessagingConfig()) { }

    public AmazonSocialMessagingClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonSocialMessagingConfig { RegionEndpoint = region }) { }

    public AmazonSocialMessagingClient(AWSCredentials credentials, AmazonSocialMessagingConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonSocialMessagingClient(string awsAccessKeyId, string awsSecretAccessKey)
        : this(new BasicAWSCredentials(awsAccessKeyId, awsSecretAccessKey)) { }

    public AmazonSocialMessagingClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(new BasicAWSCredentials(awsAccessKeyId, awsSecretAccessKey), region) { }

    public AmazonSocialMessagingClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonSocialMessagingConfig clientConfig)
        : this(new BasicAWSCredentials(awsAccessKeyId, awsSecretAccessKey), clientConfig) { }

    public AmazonSocialMessagingClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(new SessionAWSCredentials(awsAccessKeyId, awsSecretAccessKey, awsSessionToken)) { }

    public AmazonSocialMessagingClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(new SessionAWSCredentials(awsAccessKeyId, awsSecretAccessKey, awsSessionToken), region) { }

    public AmazonSocialMessagingClient(
        string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonSocialMessagingConfig clientConfig)
        : this(new SessionAWSCredentials(awsAccessKeyId, awsSecretAccessKey, awsSessionToken), clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => Operations.Service;

    public virtual Task<SendWhatsAppMessageResponse> SendWhatsAppMessageAsync(
        SendWhatsAppMessageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SendWhatsAppMessageResponse>(request, Operations.SendWhatsAppMessage, cancellationToken);

    public virtual Task<GetWhatsAppMessageMediaResponse> GetWhatsAppMessageMediaAsync(
        GetWhatsAppMessageMediaRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetWhatsAppMessageMediaResponse>(request, Operations.GetWhatsAppMessageMedia, cancellationToken);

    public virtual Task<PostWhatsAppMessageMediaResponse> PostWhatsAppMessageMediaAsync(
        PostWhatsAppMessageMediaRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PostWhatsAppMessageMediaResponse>(request, Operations.PostWhatsAppMessageMedia, cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Service.Customize(pipeline);
}
