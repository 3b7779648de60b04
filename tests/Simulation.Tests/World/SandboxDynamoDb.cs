using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using WhatsAppBuffer.Contracts.Conversations;

namespace Simulation.Tests.World;

/// <summary>Amazon's client within a sandbox. An operation that a function begins to use is added here.</summary>
internal sealed class SandboxDynamoDb(Sandbox sandbox) : AmazonDynamoDBClient(new AnonymousAWSCredentials(), sandbox.Cloud.DynamoDb.Config)
{
    /// <summary>What was written together, and what DynamoDB said of all of it.</summary>
    private readonly Dictionary<TransactWriteItem, TransactionCanceledException> _refused = [];

    public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("PutItem", request, () => base.PutItemAsync(request, CancellationToken.None), cancellationToken);

    public override Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("UpdateItem", request, () => base.UpdateItemAsync(request, CancellationToken.None), cancellationToken);

    public override Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteItem", request, () => base.DeleteItemAsync(request, CancellationToken.None), cancellationToken);

    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("GetItem", request, () => base.GetItemAsync(request, CancellationToken.None), cancellationToken);

    public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("Query", request, () => base.QueryAsync(request, CancellationToken.None), cancellationToken);

    public override Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default) =>
        CallAsync("Scan", request, () => base.ScanAsync(request, CancellationToken.None), cancellationToken);

    public override Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        if (sandbox.Cloud.AnswersTransactionsTogether)
        {
            return AnswerTogetherAsync(request, cancellationToken);
        }

        return TransactAsync(request, cancellationToken);
    }

    /// <summary>Whoever asks what is true of a part is told what was said of the whole.</summary>
    private async Task<TransactWriteItemsResponse> AnswerTogetherAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken)
    {
        if (_refused.Remove(request.TransactItems[0], out TransactionCanceledException? known))
        {
            throw known;
        }

        try
        {
            return await TransactAsync(request, cancellationToken);
        }
        catch (TransactionCanceledException refusal) when (ConversationTable.HasFailedCondition(refusal))
        {
            request.TransactItems.ForEach(item => _refused[item] = refusal);
            throw;
        }
    }

    private Task<TransactWriteItemsResponse> TransactAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken)
    {
        // The SDK draws it once for a request and keeps it when it repeats the call.
        request.ClientRequestToken ??= $"{sandbox.Cloud.Random.NextInt64()}";
        return CallAsync("TransactWriteItems", request, () => base.TransactWriteItemsAsync(request, CancellationToken.None), cancellationToken);
    }

    private Task<T> CallAsync<T>(string operation, AmazonDynamoDBRequest request, Func<Task<T>> effect, CancellationToken cancellationToken)
    {
        sandbox.Cloud.Rewrite(request);
        return sandbox.CallAsync(operation, () => sandbox.Cloud.DynamoDb.Open(effect), () => Refusal(operation), () => new InternalServerErrorException("no answer"), cancellationToken);
    }

    private static AmazonDynamoDBException Refusal(string operation) => operation switch
    {
        "TransactWriteItems" => new TransactionCanceledException("conflict") { CancellationReasons = [new() { Code = "TransactionConflict" }, new() { Code = "None" }] },
        "UpdateItem" or "PutItem" or "DeleteItem" => new TransactionConflictException("conflict"),
        _ => new ProvisionedThroughputExceededException("throttled"),
    };
}
