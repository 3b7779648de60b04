using Amazon.LimitedFeed;
using Amazon.ConnectParticipant.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.ConnectParticipant;

public partial class AmazonConnectParticipantClient : AmazonServiceClient, IAmazonConnectParticipant
{
    public AmazonConnectParticipantClient()
        : this(new AmazonConnectParticipantConfig()) { }

    public AmazonConnectParticipantClient(RegionEndpoint region)
        : this(new AmazonConnectParticipantConfig { RegionEndpoint = region }) { }

    public AmazonConnectParticipantClient(AmazonConnectParticipantConfig config)
        : base(config) { }

    public AmazonConnectParticipantClient(AWSCredentials credentials)
        : this(credentials, new AmazonConnectParticipantConfig()) { }

    public AmazonConnectParticipantClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonConnectParticipantConfig { RegionEndpoint = region }) { }

    public AmazonConnectParticipantClient(AWSCredentials credentials, AmazonConnectParticipantConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonConnectParticipantClient(string awsAccessKeyId, string awsSecretAccessKey)
        : this(new BasicAWSCredentials(awsAccessKeyId, awsSecretAccessKey)) { }

    public AmazonConnectParticipantClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(new BasicAWSCredentials(awsAccessKeyId, awsSecretAccessKey), region) { }

    public AmazonConnectParticipantClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonConnectParticipantConfig clientConfig)
        : this(new BasicAWSCredentials(awsAccessKeyId, awsSecretAccessKey), clientConfig) { }

    public AmazonConnectParticipantClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(new SessionAWSCredentials(awsAccessKeyId, awsSecretAccessKey, awsSessionToken)) { }

    public AmazonConnectParticipantClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(new SessionAWSCredentials(awsAccessKeyId, awsSecretAccessKey, awsSessionToken), region) { }

    public AmazonConnectParticipantClient(
        string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonConnectParticipantConfig clientConfig)
        : this(new SessionAWSCredentials(awsAccessKeyId, awsSecretAccessKey, awsSessionToken), clientConfig) { }

    protected override IServiceMetadata ServiceMetadata => Operations.Service;

    public virtual Task<CreateParticipantConnectionResponse> CreateParticipantConnectionAsync(
        CreateParticipantConnectionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateParticipantConnectionResponse>(request, Operations.CreateParticipantConnection, cancellationToken);

    public virtual Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SendMessageResponse>(request, Operations.SendMessage, cancellationToken);

    public virtual Task<SendEventResponse> SendEventAsync(SendEventRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SendEventResponse>(request, Operations.SendEvent, cancellationToken);

    public virtual Task<StartAttachmentUploadResponse> StartAttachmentUploadAsync(
        StartAttachmentUploadRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StartAttachmentUploadResponse>(request, Operations.StartAttachmentUpload, cancellationToken);

    public virtual Task<CompleteAttachmentUploadResponse> CompleteAttachmentUploadAsync(
        CompleteAttachmentUploadRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CompleteAttachmentUploadResponse>(request, Operations.CompleteAttachmentUpload, cancellationToken);

    public virtual Task<GetAttachmentResponse> GetAttachmentAsync(
        GetAttachmentRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetAttachmentResponse>(request, Operations.GetAttachment, cancellationToken);

    public virtual Task<GetTranscriptResponse> GetTranscriptAsync(
        GetTranscriptRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetTranscriptResponse>(request, Operations.GetTranscript, cancellationToken);

    public virtual Task<DisconnectParticipantResponse> DisconnectParticipantAsync(
        DisconnectParticipantRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DisconnectParticipantResponse>(request, Operations.DisconnectParticipant, cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Service.Customize(pipeline);
}
