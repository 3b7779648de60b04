using Amazon.LimitedFeed;
using Amazon.Connect.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.Connect;

public partial class AmazonConnectClient : AmazonServiceClient, IAmazonConnect
{
    public AmazonConnectClient()
        : this(new AmazonConnectConfig()) { }

    public AmazonConnectClient(RegionEndpoint region)
        : this(new AmazonConnectConfig { RegionEndpoint = region }) { }

    public AmazonConnectClient(AmazonConnectConfig config)
        : base(config) { }

    public AmazonConnectClient(AWSCredentials credentials)
        : this(credentials, new AmazonConnectConfig()) { }

    public AmazonConnectClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonConnectConfig { RegionEndpoint = region }) { }

    public AmazonConnectClient(AWSCredentials credentials, AmazonConnectConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonConnectClient(string awsAccessKeyId, string awsSecretAccessKey)
        : this(new BasicAWSCredentials(awsAccessKeyId, awsSecretAccessKey)) { }

    public AmazonConnectClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(new BasicAWSCredentials(awsAccessKeyId, awsSecretAccessKey), region) { }

    public AmazonConnectClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonConnectConfig clientConfig)
        : this(new BasicAWSCredentials(awsAccessKeyId, awsSecretAccessKey), clientConfig) { }

    public AmazonConnectClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(new SessionAWSCredentials(awsAccessKeyId, awsSecretAccessKey, awsSessionToken)) { }

    public AmazonConnectClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(new SessionAWSCredentials(awsAccessKeyId, awsSecretAccessKey, awsSessionToken), region) { }

    public AmazonConnectClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonConnectConfig clientConfig)
        : this(new SessionAWSCredentials(awsAccessKeyId, awsSecretAccessKey, awsSessionToken), clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => Operations.Service;

    public virtual Task<CreateNotificationResponse> CreateNotificationAsync(CreateNotificationRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateNotificationResponse>(request, Operations.CreateNotification, cancellationToken);

    public virtual Task<DescribeContactResponse> DescribeContactAsync(DescribeContactRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeContactResponse>(request, Operations.DescribeContact, cancellationToken);

    public virtual Task<StartChatContactResponse> StartChatContactAsync(
        StartChatContactRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StartChatContactResponse>(request, Operations.StartChatContact, cancellationToken);

    public virtual Task<StartContactStreamingResponse> StartContactStreamingAsync(
        StartContactStreamingRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StartContactStreamingResponse>(request, Operations.StartContactStreaming, cancellationToken);

    public virtual Task<StopContactResponse> StopContactAsync(StopContactRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StopContactResponse>(request, Operations.StopContact, cancellationToken);

    public virtual Task<StopContactStreamingResponse> StopContactStreamingAsync(
        StopContactStreamingRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StopContactStreamingResponse>(request, Operations.StopContactStreaming, cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Service.Customize(pipeline);
}
