using System.Globalization;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.WhatsAppEventHandler.Release;

namespace WhatsAppBuffer.WhatsAppEventHandler.Outbox;

/// <summary>The outbox in the table of conversations; layout: <see cref="ConversationItems"/>.</summary>
internal sealed class DynamoDbOutbox(ConversationTable table) : IOutbox
{
    private const string Done = "done";
    private const string Rendering = "rendering";
    private const string Message = "message";
    private const string Piece = "piece";
    private const string RefusalCode = "refusalCode";
    private const string RefusalReason = "refusalReason";
    private const string File = "file";
    private const string Seal = "seal";

    /// <summary>As many as are delivered as one, and one that tells that there are more.</summary>
    private const int PageSize = 100 + 1;

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
                [table.PutIfAbsent(receipt), table.PutIfAbsent(table.OutboxItem(item.Conversation, item.SortKey, item.AggregationId, item.Event))], cancellationToken);
        }
        catch (TransactionCanceledException canceled) when (ConversationTable.HasFailedCondition(canceled))
        {
            // It was admitted before.
        }
    }

    public async Task<bool> ContainsAsync(string conversation, string sortKey, CancellationToken cancellationToken) =>
        await table.FindAsync(conversation, sortKey, cancellationToken, ConversationItems.SortKey) is not null;

    public Task<IReadOnlyList<OutboxItem>> WaitingAsync(string conversation, CancellationToken cancellationToken) =>
        BetweenAsync(conversation, ConversationItems.OutboxPrefix, ConversationItems.LateFilePrefix, cancellationToken);

    public Task<IReadOnlyList<OutboxItem>> FollowingAsync(string conversation, string sortKey, CancellationToken cancellationToken)
    {
        (string first, string last) = ConversationItems.LateFilesOf(sortKey);
        return BetweenAsync(conversation, first, last, cancellationToken);
    }

    private async Task<IReadOnlyList<OutboxItem>> BetweenAsync(string conversation, string first, string last, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = table.Name,
            ConsistentRead = true,
            KeyConditionExpression = "#c = :c AND #i BETWEEN :first AND :last",
            ExpressionAttributeNames = KeyNames,
            ExpressionAttributeValues = new() { [":c"] = new(conversation), [":first"] = new(first), [":last"] = new(last) },
            Limit = PageSize,
        };
        return [.. ((await table.Client.QueryAsync(request, cancellationToken)).Items ?? []).Select(item => Read(conversation, item))];
    }

    public async Task<bool> TrySealAsync(OutboxItem first, Seal seal, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            Key = ConversationTable.Key(first.Conversation, first.SortKey),
            UpdateExpression = "SET #seal = :seal",
            // What is being delivered alone stays alone.
            ConditionExpression = "attribute_exists(#i) AND attribute_not_exists(#seal) AND attribute_not_exists(#d) AND attribute_not_exists(#f)",
            ExpressionAttributeNames = new() { ["#seal"] = Seal, ["#d"] = Done, ["#f"] = File, ["#i"] = ConversationItems.SortKey },
            ExpressionAttributeValues = new() { [":seal"] = new(seal.ToJson()) },
        };
        return await table.TryUpdateAsync(request, cancellationToken) is not null;
    }

    public async Task<bool> TryNoteAsync(OutboxItem item, DeliveryProgress progress, CancellationToken cancellationToken)
    {
        var request = new UpdateItemRequest
        {
            TableName = table.Name,
            Key = ConversationTable.Key(item.Conversation, item.SortKey),
            UpdateExpression = "SET #d = :d, #r = :r, #m = :m, #p = :p REMOVE #code, #reason, #f",
            // An update alone would bring half an item back, and one that comes late would set another invocation's progress back.
            // A note without a place is an older version's, which may have counted otherwise.
            ConditionExpression = "attribute_exists(#i) AND (attribute_not_exists(#d) OR attribute_not_exists(#m) OR #d < :d)",
            ExpressionAttributeNames = new()
            {
                ["#d"] = Done,
                ["#r"] = Rendering,
                ["#m"] = Message,
                ["#p"] = Piece,
                ["#code"] = RefusalCode,
                ["#reason"] = RefusalReason,
                ["#f"] = File,
                ["#i"] = ConversationItems.SortKey,
            },
            ExpressionAttributeValues = new()
            {
                [":d"] = ConversationTable.Number(progress.Done),
                [":r"] = new(progress.Rendering),
                [":m"] = ConversationTable.Number(progress.At!.Message),
                [":p"] = ConversationTable.Number(progress.At.Piece),
            },
        };
        if (progress.Refusal is { } refusal)
        {
            request.UpdateExpression = "SET #d = :d, #r = :r, #m = :m, #p = :p, #code = :code, #reason = :reason REMOVE #f";
            request.ConditionExpression = request.ConditionExpression.Replace("#d < :d", "#d <= :d", StringComparison.Ordinal);
            request.ExpressionAttributeValues[":code"] = new(refusal.ErrorCode);
            request.ExpressionAttributeValues[":reason"] = new(refusal.Reason);
        }

        return await table.TryUpdateAsync(request, cancellationToken) is not null;
    }

    public async Task<bool> TryNoteFileAsync(OutboxItem item, int done, FileNote note, FileNote? before, OutboxItem? follows, CancellationToken cancellationToken)
    {
        var update = new Update
        {
            TableName = table.Name,
            Key = ConversationTable.Key(item.Conversation, item.SortKey),
            UpdateExpression = "SET #f = :f",
            ConditionExpression = $"attribute_exists(#i) AND (attribute_not_exists(#d) OR #d <= :d) AND (#f = :f OR {(before is null ? "attribute_not_exists(#f)" : "#f = :before")})",
            ExpressionAttributeNames = new() { ["#f"] = File, ["#d"] = Done, ["#i"] = ConversationItems.SortKey },
            ExpressionAttributeValues = new() { [":f"] = new(note.ToText()), [":d"] = ConversationTable.Number(done) },
        };
        if (before is not null)
        {
            update.ExpressionAttributeValues[":before"] = new(before.ToText());
        }

        List<TransactWriteItem> items = [new() { Update = update }];
        if (follows is not null)
        {
            // Without a condition: it is delivered after its aggregate, which must still be there.
            items.Add(new()
            {
                Put = new Put { TableName = table.Name, Item = table.OutboxItem(follows.Conversation, follows.SortKey, follows.AggregationId, follows.Event, table.Now) },
            });
        }

        try
        {
            await table.WriteAsync(items, cancellationToken);
            return true;
        }
        catch (TransactionCanceledException canceled) when (ConversationTable.HasFailedCondition(canceled))
        {
            return false;
        }
    }

    public Task RemoveAsync(OutboxItem item, CancellationToken cancellationToken) => item.Seal is { Items: [_, _, ..] items }
        ? table.WriteAsync([.. items.Select(sortKey => new TransactWriteItem { Delete = new Delete { TableName = table.Name, Key = ConversationTable.Key(item.Conversation, sortKey) } })], cancellationToken)
        : table.Client.DeleteItemAsync(new DeleteItemRequest { TableName = table.Name, Key = ConversationTable.Key(item.Conversation, item.SortKey) }, cancellationToken);

    private static OutboxItem Read(string conversation, Dictionary<string, AttributeValue> item) => new(
        conversation,
        item[ConversationItems.SortKey].S,
        item.GetValueOrDefault(ConversationItems.AggregationId)?.S ?? item[ConversationItems.SortKey].S,
        item.GetValueOrDefault(ConversationItems.Event)?.S ?? "null",
        item.TryGetValue(Done, out AttributeValue? done) && item.TryGetValue(Rendering, out AttributeValue? rendering)
            ? new DeliveryProgress(int.Parse(done.N), rendering.S, PlaceIn(item), RefusalIn(item))
            : null,
        item.TryGetValue(File, out AttributeValue? note) ? FileNote.Parse(note.S) : null)
    {
        Seal = item.TryGetValue(Seal, out AttributeValue? seal) ? Release.Seal.Parse(seal.S) : null,
        CreatedAt = TimeIn(item, ConversationItems.CreatedAt),
        WaitingSince = TimeIn(item, ConversationItems.WaitingSince),
    };

    private static DateTimeOffset? TimeIn(Dictionary<string, AttributeValue> item, string attribute) =>
        DateTimeOffset.TryParse(item.GetValueOrDefault(attribute)?.S, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    private static PartPlace? PlaceIn(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(Message, out AttributeValue? message) && item.TryGetValue(Piece, out AttributeValue? piece) ? new PartPlace(int.Parse(message.N), int.Parse(piece.N)) : null;

    private static PartRefusal? RefusalIn(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(RefusalCode, out AttributeValue? code) ? new PartRefusal(code.S, item.GetValueOrDefault(RefusalReason)?.S ?? "") : null;
}
