namespace LocalAws.Endpoint;

/// <summary>One AWS service behind the endpoint: the thin wire layer over its engine.</summary>
public interface IAwsService
{
    /// <summary>The SDKs' service name in lower case, such as <c>dynamodb</c> or <c>connectparticipant</c>; faults and statistics are kept by it.</summary>
    string Name { get; }

    /// <summary>The operation that a request asks of this service, or null when the request is for another service.</summary>
    /// <param name="request">The request.</param>
    string? OperationOf(AwsRequest request);

    /// <summary>Carries out an operation.</summary>
    /// <param name="operation">What <see cref="OperationOf"/> answered.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the caller hangs up or the endpoint stops.</param>
    /// <exception cref="AwsException">The service's own error; the endpoint writes it with <see cref="ToResponse"/>.</exception>
    Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken);

    /// <summary>Writes an error in this service's protocol, so that SDKs map it to their exception type.</summary>
    /// <param name="error">The error.</param>
    /// <param name="request">The request that failed.</param>
    AwsResponse ToResponse(AwsException error, AwsRequest request);
}
