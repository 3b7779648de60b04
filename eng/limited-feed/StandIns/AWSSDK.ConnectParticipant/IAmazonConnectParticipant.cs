using Amazon.ConnectParticipant.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.ConnectParticipant;

public partial interface IAmazonConnectParticipant : IAmazonService, IDisposable
{
    Task<CreateParticipantConnectionResponse> CreateParticipantConnectionAsync(
        CreateParticipantConnectionRequest request, CancellationToken cancellationToken = default);

    Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default);

    Task<SendEventResponse> SendEventAsync(SendEventRequest request, CancellationToken cancellationToken = default);

    Task<StartAttachmentUploadResponse> StartAttachmentUploadAsync(
        StartAttachmentUploadRequest request, CancellationToken cancellationToken = default);

    Task<CompleteAttachmentUploadResponse> CompleteAttachmentUploadAsync(
        CompleteAttachmentUploadRequest request, CancellationToken cancellationToken = default);

    Task<GetAttachmentResponse> GetAttachmentAsync(GetAttachmentRequest request, CancellationToken cancellationToken = default);

    Task<GetTranscriptResponse> GetTranscriptAsync(GetTranscriptRequest request, CancellationToken cancellationToken = default);

    Task<DisconnectParticipantResponse> DisconnectParticipantAsync(
        DisconnectParticipantRequest request, CancellationToken cancellationToken = default);

    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonConnectParticipantConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        awsCredentials is null
            ? new AmazonConnectParticipantClient((AmazonConnectParticipantConfig)clientConfig)
            : new AmazonConnectParticipantClient(awsCredentials, (AmazonConnectParticipantConfig)clientConfig);
}
