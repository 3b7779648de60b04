using System.Collections.Frozen;
using LocalAws.DynamoDb.Wire;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb;

/// <summary>The protocol of DynamoDB Streams (AWS JSON 1.0, target <c>DynamoDBStreams_20120810</c>) over an engine.</summary>
public sealed class DynamoDbStreamsService : IAwsService
{
    private const string TargetPrefix = "DynamoDBStreams_20120810.";

    private readonly FrozenDictionary<string, Func<AwsRequest, AwsResponse>> _operations;

    /// <summary>Creates the service.</summary>
    /// <param name="engine">The engine that keeps the streams.</param>
    public DynamoDbStreamsService(DynamoDbEngine engine)
    {
        var streams = new StreamWire(engine);
        _operations = new Dictionary<string, Func<AwsRequest, AwsResponse>>
        {
            ["ListStreams"] = streams.ListStreams,
            ["DescribeStream"] = streams.DescribeStream,
            ["GetShardIterator"] = streams.GetShardIterator,
            ["GetRecords"] = streams.GetRecords,
        }.ToFrozenDictionary();
    }

    /// <inheritdoc/>
    public string Name => "dynamodbstreams";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) =>
        request.Target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? request.Target[TargetPrefix.Length..] : null;

    /// <inheritdoc/>
    public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken) =>
        DynamoDbProtocol.InvokeAsync(_operations, operation, request);

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request) => DynamoDbProtocol.ToResponse(error);
}
