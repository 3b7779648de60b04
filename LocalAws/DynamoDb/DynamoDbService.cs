using System.Collections.Frozen;
using LocalAws.DynamoDb.Wire;
using LocalAws.Endpoint;

namespace LocalAws.DynamoDb;

/// <summary>DynamoDB's protocol (AWS JSON 1.0, target <c>DynamoDB_20120810</c>) over an engine.</summary>
public sealed class DynamoDbService : IAwsService
{
    private const string TargetPrefix = "DynamoDB_20120810.";

    private readonly FrozenDictionary<string, Func<AwsRequest, AwsResponse>> _operations;

    /// <summary>Creates the service.</summary>
    /// <param name="engine">The engine that does the work.</param>
    public DynamoDbService(DynamoDbEngine engine)
    {
        var items = new ItemWire(engine);
        var batches = new BatchWire(engine);
        var tables = new TableWire(engine);
        _operations = new Dictionary<string, Func<AwsRequest, AwsResponse>>
        {
            ["CreateTable"] = tables.CreateTable,
            ["DescribeTable"] = tables.DescribeTable,
            ["ListTables"] = tables.ListTables,
            ["UpdateTable"] = tables.UpdateTable,
            ["DeleteTable"] = tables.DeleteTable,
            ["UpdateTimeToLive"] = tables.UpdateTimeToLive,
            ["DescribeTimeToLive"] = tables.DescribeTimeToLive,
            ["ListTagsOfResource"] = tables.ListTagsOfResource,
            ["PutItem"] = items.PutItem,
            ["UpdateItem"] = items.UpdateItem,
            ["DeleteItem"] = items.DeleteItem,
            ["GetItem"] = items.GetItem,
            ["Query"] = items.Query,
            ["Scan"] = items.Scan,
            ["BatchGetItem"] = batches.BatchGetItem,
            ["BatchWriteItem"] = batches.BatchWriteItem,
            ["TransactWriteItems"] = batches.TransactWriteItems,
            ["TransactGetItems"] = batches.TransactGetItems,
        }.ToFrozenDictionary();
    }

    /// <inheritdoc/>
    public string Name => "dynamodb";

    /// <inheritdoc/>
    public string? OperationOf(AwsRequest request) =>
        request.Target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? request.Target[TargetPrefix.Length..] : null;

    /// <inheritdoc/>
    public Task<AwsResponse> InvokeAsync(string operation, AwsRequest request, CancellationToken cancellationToken) =>
        DynamoDbProtocol.InvokeAsync(_operations, operation, request);

    /// <inheritdoc/>
    public AwsResponse ToResponse(AwsException error, AwsRequest request) => DynamoDbProtocol.ToResponse(error);
}
