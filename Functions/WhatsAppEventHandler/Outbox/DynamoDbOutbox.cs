using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.WhatsAppEventHandler.Outbox;

/// <summary>The outbox in the table of conversations; layout: <see cref="ConversationItems"/>.</summary>
internal sealed class DynamoDbOutbox(ConversationTable table) : IOutbox
{
    private const string Accepted = "accepted";
    private const string Rendering = "rendering";
    private const int PageSize = 10;

    /// <summary>Longer than Lambda keeps an asynchronous event (6 hours) and than a person takes to redrive a dead letter the same day.</summary>
    private static readonly TimeSpan ReceiptLifetime = TimeSpan.FromDays(2);

    private static readonly Dictionary<string, string> KeyNames = new() { ["#c"] = ConversationItems.PartitionKey, ["#i"] = ConversationItems.SortKey };

    public async Task AdmitAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        // The receipt outlives the outbox item, so that a repeated invocation does not put a delivered aggregate again.
        Dictionary<string, AttributeValue> receipt = ConversationTable.Key(item.Conversation, ConversationItems.ReceiptPrefix + item.AggregationId);
        receipt[ConversationItems.ExpiresAt] = table.ExpiresIn(ReceiptLifetime);
        try
        {
            await table.WriteAsync(
                [PutIfAbsent(receipt), PutIfAbsent(table.OutboxItem(item.Conversation, item.SortKey, item.AggregationId, item.Event))], cancellationToken);
        }
        catch (TransactionCanceledException canceled) when (ConversationTable.HasFailedCondition(canceled))
        {
            // It was admitted before.
        }
    }

    public async Task<bool> ContainsAsync(string conversation, string sortKey, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest
        {
            TableName = table.Name,
            Key = ConversationTable.Key(conversation, sortKey),
            ConsistentRead = true,
            ProjectionExpression = "#i",
            ExpressionAttributeNames = new() { ["#i"] = ConversationItems.SortKey },
        };
        return (await table.Client.GetItemAsync(request, cancellationToken)).Item is { Count: > 0 };
    }

    public async Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = table.Name,
            ConsistentRead = true,
            KeyConditionExpression = "#c = :c AND begins_with(#i, :prefix)",
            ExpressionAttributeNames = KeyNames,
            ExpressionAttributeValues = new() { [":c"] = new(conversation), [":prefix"] = new(ConversationItems.OutboxPrefix) },
            Limit = PageSize,
        };
        return [.. ((await table.Client.QueryAsync(request, cancellationToken)).Items ?? []).Select(item => Read(conversation, item))];
    }

    public async Task NoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            TableName = table.Name,
            Key = ConversationTable.Key(item.Conversation, item.SortKey),
            UpdateExpression = "SET #a = :a, #r = :r",
            ConditionExpression = "attribute_exists(#i)",
            ExpressionAttributeNames = new() { ["#a"] = Accepted, ["#r"] = Rendering, ["#i"] = ConversationItems.SortKey },
            ExpressionAttributeValues = new() { [":a"] = ConversationTable.Number(progress.Accepted), [":r"] = new(progress.Rendering) },
        };
        try
        {
            await table.Client.UpdateItemAsync(request, cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // Delivered by another invocation in the meantime: an update would bring half an item back.
        }
    }

    public Task RemoveAsync(OutboxItem item, CancellationToken cancellationToken) =>
        table.Client.DeleteItemAsync(new DeleteItemRequest { TableName = table.Name, Key = ConversationTable.Key(item.Conversation, item.SortKey) }, cancellationToken);

    private TransactWriteItem PutIfAbsent(Dictionary<string, AttributeValue> item) => new()
    {
        Put = new Put
        {
            TableName = table.Name,
            Item = item,
            ConditionExpression = "attribute_not_exists(#i)",
            ExpressionAttributeNames = new() { ["#i"] = ConversationItems.SortKey },
        },
    };

    private static OutboxItem Read(string conversation, Dictionary<string, AttributeValue> item) => new(
        conversation,
        item[ConversationItems.SortKey].S,
        item.GetValueOrDefault(ConversationItems.AggregationId)?.S ?? item[ConversationItems.SortKey].S,
        item.GetValueOrDefault(ConversationItems.Event)?.S ?? "null",
        item.TryGetValue(Accepted, out AttributeValue? accepted) && item.TryGetValue(Rendering, out AttributeValue? rendering)
            ? new DeliveryProgress(int.Parse(accepted.N), rendering.S)
            : null);
}
