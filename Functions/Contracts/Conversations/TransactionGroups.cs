using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Batching;

namespace WhatsAppBuffer.Contracts.Conversations;

/// <summary>
/// Transactions that are asked for at the same time, as one request: what belongs together is still written as a whole or not at all. When DynamoDB refuses them together, which says nothing
/// about each, they are written one by one, and each has an answer of its own; so they are when it fails otherwise, lest one holds up the others. See docs/adr/0014-transactions-go-together.md.
/// </summary>
/// <param name="dynamoDb">Where to.</param>
internal sealed class TransactionGroups(IAmazonDynamoDB dynamoDb)
{
    /// <summary>DynamoDB's limit of a transaction.</summary>
    private const int MostItems = 100;

    /// <summary>A hundred of these stay below the limit of 4 MB, whatever the text: a character has up to three bytes.</summary>
    private const int CharactersOfAnItem = 10_000;

    private const int SideBySide = 2;

    private readonly Batcher<IReadOnlyList<TransactWriteItem>, bool> _batches = new(MostItems, SideBySide, items => items.Sum(WeightOf), (together, cancellationToken) => WriteAsync(dynamoDb, together, cancellationToken));

    /// <summary>Writes items, all or none.</summary>
    /// <param name="items">What to write.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TransactionCanceledException">DynamoDB refused these.</exception>
    public async Task WriteAsync(IReadOnlyList<TransactWriteItem> items, CancellationToken cancellationToken)
    {
        if (!await _batches.AskAsync(items, cancellationToken))
        {
            await WriteAsync(dynamoDb, [items], cancellationToken);
        }
    }

    /// <returns>Of each whether it is written.</returns>
    private static async Task<IReadOnlyList<bool>> WriteAsync(IAmazonDynamoDB dynamoDb, IReadOnlyList<IReadOnlyList<TransactWriteItem>> together, CancellationToken cancellationToken)
    {
        bool isWritten = true;
        try
        {
            await dynamoDb.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [.. together.SelectMany(items => items)] }, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever the reason: it is told to whoever then asks alone. What was written and not answered is written once: every condition tells.
        catch (Exception failure) when (together.Count > 1 && failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            isWritten = false;
        }

        return [.. together.Select(_ => isWritten)];
    }

    private static int WeightOf(TransactWriteItem item) => 1 + ((item.Put?.Item.Values.Sum(value => value.S?.Length ?? 0) ?? 0) / CharactersOfAnItem);
}
