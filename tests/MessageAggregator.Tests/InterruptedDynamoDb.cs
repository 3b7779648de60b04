using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace MessageAggregator.Tests;

/// <summary>Amazon's client, which can meet conflicts, lose an answer, or fail for a conversation.</summary>
internal sealed class InterruptedDynamoDb(Uri endpoint) : AmazonDynamoDBClient("any", "any", new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" })
{
    private int _conflicts;

    public int Conflicts
    {
        get => _conflicts;
        set => _conflicts = value;
    }

    public bool LosesAnswers { get; set; }

    public string? FailingConversation { get; set; }

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        if (request.TransactItems.Exists(item => item.Update is { } advance && advance.Key["conversation"].S == FailingConversation))
        {
            throw new InternalServerErrorException("down");
        }

        if (Interlocked.Decrement(ref _conflicts) >= 0)
        {
            throw new TransactionCanceledException("conflict") { CancellationReasons = [new CancellationReason { Code = "TransactionConflict" }, new CancellationReason { Code = "None" }] };
        }

        TransactWriteItemsResponse response = await base.TransactWriteItemsAsync(request, cancellationToken);
        return LosesAnswers ? throw new InternalServerErrorException("the answer was lost") : response;
    }
}
