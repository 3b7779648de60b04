using Amazon.Connect.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.Connect;

public partial interface IAmazonConnect : IAmazonService, IDisposable
{
    Task<CreateNotificationResponse> CreateNotificationAsync(CreateNotificationRequest request, CancellationToken cancellationToken = default);

    Task<DescribeContactResponse> DescribeContactAsync(DescribeContactRequest request, CancellationToken cancellationToken = default);

    Task<StartChatContactResponse> StartChatContactAsync(StartChatContactRequest request, CancellationToken cancellationToken = default);

    Task<StartContactStreamingResponse> StartContactStreamingAsync(
        StartContactStreamingRequest request, CancellationToken cancellationToken = default);

    Task<StopContactResponse> StopContactAsync(StopContactRequest request, CancellationToken cancellationToken = default);

    Task<StopContactStreamingResponse> StopContactStreamingAsync(
        StopContactStreamingRequest request, CancellationToken cancellationToken = default);

    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonConnectConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        awsCredentials is null
            ? new AmazonConnectClient((AmazonConnectConfig)clientConfig)
            : new AmazonConnectClient(awsCredentials, (AmazonConnectConfig)clientConfig);
}
