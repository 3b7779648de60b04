using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Outbox;

/// <summary>The outbox in the table of conversations; layout: <see cref="ConversationItems"/>.</summary>
internal sealed class DynamoDbOutbox(IAmazonDynamoDB dynamoDb, string table, TimeProvider clock) : IOutbox
{
    private const string Event = "event";
    private const string AggregationId = "aggregationId";
    private const string CreatedAt = "createdAt";
    private const string Accepted = "accepted";
    private const string Rendering = "rendering";
    private const int PageSize = 10;
    private const int MaxConflicts = 6;
    private const string ReceiptPrefix = "receipt#";

    /// <summary>Longer than Lambda keeps an asynchronous event (6 hours) and than a person takes to redrive a dead letter the same day.</summary>
    private static readonly TimeSpan ReceiptLifetime = TimeSpan.FromDays(2);

    private static readonly Dictionary<string, string> KeyNames = new() { ["#c"] = ConversationItems.PartitionKey, ["#i"] = ConversationItems.SortKey };

    public async Task AdmitAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Dictionary<string, AttributeValue> outboxItem = Key(item.Conversation, item.SortKey);
        outboxItem[Event] = new AttributeValue(item.Event);
        outboxItem[AggregationId] = new AttributeValue(item.AggregationId);
        outboxItem[CreatedAt] = new AttributeValue($"{now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");

        // The receipt outlives the outbox item, so that a repeated invocation does not put a delivered aggregate again.
        Dictionary<string, AttributeValue> receipt = Key(item.Conversation, ReceiptPrefix + item.AggregationId);
        receipt[ConversationItems.ExpiresAt] = new AttributeValue { N = $"{(now + ReceiptLifetime).ToUnixTimeSeconds()}" };
        for (int conflicts = 0; !await TryAdmitAsync(receipt, outboxItem, conflicts < MaxConflicts, cancellationToken); conflicts++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25 << conflicts), clock, cancellationToken);
        }
    }

    /// <returns>False when another invocation was writing the same items.</returns>
    private async Task<bool> TryAdmitAsync(
        Dictionary<string, AttributeValue> receipt, Dictionary<string, AttributeValue> outboxItem, bool mayConflict, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.TransactWriteItemsAsync(
                new TransactWriteItemsRequest { TransactItems = [PutIfAbsent(receipt), PutIfAbsent(outboxItem)] }, cancellationToken);
            return true;
        }
        catch (TransactionCanceledException canceled) when (Has(canceled, "ConditionalCheckFailed"))
        {
            return true;
        }
        catch (TransactionCanceledException canceled) when (mayConflict && Has(canceled, "TransactionConflict"))
        {
            return false;
        }
    }

    private static bool Has(TransactionCanceledException canceled, string code) => canceled.CancellationReasons?.Exists(reason => reason.Code == code) == true;

    public async Task<bool> ContainsAsync(string conversation, string sortKey, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest
        {
            TableName = table,
            Key = Key(conversation, sortKey),
            ConsistentRead = true,
            ProjectionExpression = "#i",
            ExpressionAttributeNames = new() { ["#i"] = ConversationItems.SortKey },
        };
        return (await dynamoDb.GetItemAsync(request, cancellationToken)).Item is { Count: > 0 };
    }

    public async Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = "#c = :c AND begins_with(#i, :prefix)",
            ExpressionAttributeNames = KeyNames,
            ExpressionAttributeValues = new() { [":c"] = new(conversation), [":prefix"] = new(ConversationItems.OutboxPrefix) },
            Limit = PageSize,
        };
        return [.. ((await dynamoDb.QueryAsync(request, cancellationToken)).Items ?? []).Select(item => Read(conversation, item))];
    }

    public async Task NoteAsync(OutboxItem item, Progress progress, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = Key(item.Conversation, item.SortKey),
            UpdateExpression = "SET #a = :a, #r = :r",
            ConditionExpression = "attribute_exists(#i)",
            ExpressionAttributeNames = new() { ["#a"] = Accepted, ["#r"] = Rendering, ["#i"] = ConversationItems.SortKey },
            ExpressionAttributeValues = new() { [":a"] = new() { N = $"{progress.Accepted}" }, [":r"] = new(progress.Rendering) },
        };
        try
        {
            await dynamoDb.UpdateItemAsync(request, cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // Delivered by another invocation in the meantime: an update would bring half an item back.
        }
    }

    public Task RemoveAsync(OutboxItem item, CancellationToken cancellationToken) =>
        dynamoDb.DeleteItemAsync(new DeleteItemRequest { TableName = table, Key = Key(item.Conversation, item.SortKey) }, cancellationToken);

    private static Dictionary<string, AttributeValue> Key(string conversation, string sortKey) => new()
    {
        [ConversationItems.PartitionKey] = new(conversation),
        [ConversationItems.SortKey] = new(sortKey),
    };

    private TransactWriteItem PutIfAbsent(Dictionary<string, AttributeValue> item) => new()
    {
        Put = new Put
        {
            TableName = table,
            Item = item,
            ConditionExpression = "attribute_not_exists(#i)",
            ExpressionAttributeNames = new() { ["#i"] = ConversationItems.SortKey },
        },
    };

    private static OutboxItem Read(string conversation, Dictionary<string, AttributeValue> item) => new(
        conversation,
        item[ConversationItems.SortKey].S,
        item.GetValueOrDefault(AggregationId)?.S ?? item[ConversationItems.SortKey].S,
        item.GetValueOrDefault(Event)?.S ?? "null",
        item.TryGetValue(Accepted, out AttributeValue? accepted) && item.TryGetValue(Rendering, out AttributeValue? rendering)
            ? new Progress(int.Parse(accepted.N), rendering.S)
            : null);
}
