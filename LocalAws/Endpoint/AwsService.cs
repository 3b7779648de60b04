using LocalAws.Protocols;

namespace LocalAws.Endpoint;

/// <summary>A service whose operations stand in one table; the protocol around it reads, refuses and writes for all of them alike.</summary>
public abstract class AwsService : IAwsService
{
    private readonly AwsProtocol _protocol;
    private readonly Lazy<IReadOnlyList<AwsOperation>> _operations;

    private protected AwsService(string name, AwsProtocol protocol)
    {
        (Name, _protocol) = (name, protocol);
        _operations = new Lazy<IReadOnlyList<AwsOperation>>(() => Table);
    }

    /// <inheritdoc/>
    public string Name { get; }

    internal AwsProtocol SpokenIn => _protocol;

    internal IReadOnlyList<AwsOperation> Operations => _operations.Value;

    /// <summary>The operations, made once.</summary>
    private protected abstract IReadOnlyList<AwsOperation> Table { get; }

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) => _protocol.OperationOf(request, Operations);

    /// <inheritdoc/>
    public async Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken)
    {
        AwsOperation found = Operations.FirstOrDefault(o => o.Name == operation) ?? throw _protocol.NotImitated(operation, Operations);
        return await found.RunAsync(_protocol.Read(found, request), request, cancellationToken);
    }

    /// <inheritdoc/>
    public virtual AwsResponse ToResponse(AwsException error, AwsRequest request) => _protocol.Write(error, request);
}
