using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;

namespace WhatsAppBuffer.WhatsAppEventHandler.Outbox;

/// <summary>The outbox in the table of conversations; layout: <see cref="ConversationItems"/>.</summary>
internal sealed class DynamoDbOutbox(ConversationTable table) : IOutbox
{
    private const string Done = "done";
    private const string Rendering = "rendering";
    private const string RefusalCode = "refusalCode";
    private const string RefusalReason = "refusalReason";
    private const int PageSize = 10;

    /// <summary>Longer than a dead letter lives in its queue (14 days): as long as one may be put back.</summary>
    private static readonly TimeSpan ReceiptLifetime = TimeSpan.FromDays(15);

    private static readonly Dictionary<string, string> KeyNames = new() { ["#c"] = ConversationItems.PartitionKey, ["#i"] = ConversationItems.SortKey };

    public async Task AdmitAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        // The receipt outlives the outbox item, so that a repeated invocation does not put a delivered aggregate again.
        Dictionary<string, AttributeValue> receipt = ConversationTable.Key(item.Conversation, ConversationItems.ReceiptPrefix + item.SortKey);
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

    public async Task<bool> TryNoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            TableName = table.Name,
            Key = ConversationTable.Key(item.Conversation, item.SortKey),
            UpdateExpression = "SET #d = :d, #r = :r REMOVE #code, #reason",
            // An update alone would bring half an item back, and one that comes late would set another invocation's progress back.
            ConditionExpression = "attribute_exists(#i) AND (attribute_not_exists(#d) OR #d < :d OR #r <> :r)",
            ExpressionAttributeNames = new()
            {
                ["#d"] = Done,
                ["#r"] = Rendering,
                ["#code"] = RefusalCode,
                ["#reason"] = RefusalReason,
                ["#i"] = ConversationItems.SortKey,
            },
            ExpressionAttributeValues = new() { [":d"] = ConversationTable.Number(progress.Done), [":r"] = new(progress.Rendering) },
        };
        if (progress.Refusal is { } refusal)
        {
            request.UpdateExpression = "SET #d = :d, #r = :r, #code = :code, #reason = :reason";
            request.ConditionExpression = request.ConditionExpression.Replace("#d < :d", "#d <= :d", StringComparison.Ordinal);
            request.ExpressionAttributeValues[":code"] = new(refusal.ErrorCode);
            request.ExpressionAttributeValues[":reason"] = new(refusal.Reason);
        }

        try
        {
            await table.Client.UpdateItemAsync(request, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
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
        item.TryGetValue(Done, out AttributeValue? done) && item.TryGetValue(Rendering, out AttributeValue? rendering)
            ? new DeliveryProgress(int.Parse(done.N), rendering.S, RefusalIn(item))
            : null);

    private static PartRefusal? RefusalIn(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(RefusalCode, out AttributeValue? code) ? new PartRefusal(code.S, item.GetValueOrDefault(RefusalReason)?.S ?? "") : null;
}
