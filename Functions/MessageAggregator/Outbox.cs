using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.MessageAggregator.Aggregation;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>
/// The conversations' outbox. Events and the stream position they reach are written in one transaction, so that a repeated record never
/// becomes a second event. See docs/adr/0003-outbox.md.
/// </summary>
/// <param name="table">Where the outbox is.</param>
/// <param name="refused">Takes what the table never will; null = it fails its conversation.</param>
internal sealed class Outbox(ConversationTable table, RefusedRecords? refused)
{
    private const string HandedOverThrough = "handedOverThrough";
    private const string StreamArn = "streamArn";
    private const string InvalidItem = "ValidationError";

    /// <summary>Longer than a stream keeps its records (24 hours): after that none can come again.</summary>
    private static readonly TimeSpan WatermarkRetention = TimeSpan.FromDays(7);

    /// <summary>
    /// Records that are older may be given up by the mapping before all of their batch is done: from then on it is noted which were handed over, so
    /// that putting the batch back shows none of these twice. Longer than any buffer, far shorter than the mapping's patience.
    /// </summary>
    private static readonly TimeSpan NotedFrom = TimeSpan.FromMinutes(10);

    /// <summary>Longer than a letter with the batch is kept.</summary>
    private static readonly TimeSpan NoteRetention = TimeSpan.FromDays(31);

    /// <summary>The SDK's default of 11 attempts takes two minutes to give up: longer than the mapping takes to deliver the batch again.</summary>
    public static AmazonDynamoDBConfig ClientConfig => new() { MaxErrorRetry = 3, Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Adds what an earlier invocation has not added. An event that the table never takes goes to the dead letters, and the others on.</summary>
    /// <returns>The events to hand over: those added, or, when all were there before, those given (their invocation may have been lost).</returns>
    /// <exception cref="AmazonDynamoDBException">Nothing was added; see <see cref="IsRefusal"/>.</exception>
    public async Task<HandOver> AddAsync(string conversation, HandOver handOver, string streamArn, CancellationToken cancellationToken)
    {
        HandOver? rest = handOver;
        while (rest is not null)
        {
            if (refused is not null && rest.Events.Where(outboxEvent => outboxEvent.Json.Length > ConversationTable.MaxEventBytes).ToList() is { Count: > 0 } large)
            {
                rest = await PutAsideAsync(conversation, rest, large, streamArn, $"Its event has more than {ConversationTable.MaxEventBytes} bytes.", cancellationToken);
                continue;
            }

            try
            {
                await table.WriteAsync(Transaction(conversation, rest, streamArn), cancellationToken);
                return rest;
            }
            catch (TransactionCanceledException canceled)
                when (WatermarkOf(canceled) is { } handedOverThrough && string.CompareOrdinal(handedOverThrough, rest.FirstSequenceNumber) >= 0)
            {
                if (IsOld(rest))
                {
                    await NoteAsync(conversation, rest, handedOverThrough, cancellationToken);
                }

                rest = rest.After(handedOverThrough);
            }
            catch (AmazonDynamoDBException refusal) when (refused is not null && !IsRefusal(refusal) && InvalidEvents(refusal, rest) is { Count: > 0 } invalid)
            {
                rest = await PutAsideAsync(conversation, rest, invalid, streamArn, ReasonOf(refusal), cancellationToken);
            }
        }

        return handOver;
    }

    /// <summary>Whether the table will never take anything of this conversation, not even its watermark.</summary>
    public static bool IsRefusal(AmazonDynamoDBException refusal) => ConversationTable.InvalidItems(refusal, 1).Contains(0);

    /// <summary>What DynamoDB has against items of a transaction, which its exception says of each of them.</summary>
    public static string ReasonOf(AmazonDynamoDBException refusal) =>
        (refusal as TransactionCanceledException)?.CancellationReasons?.Find(reason => reason.Code == InvalidItem)?.Message ?? refusal.Message;

    private static List<OutboxEvent> InvalidEvents(AmazonDynamoDBException refusal, HandOver handOver) =>
        [.. ConversationTable.InvalidItems(refusal, 1 + handOver.Events.Count).Where(item => item <= handOver.Events.Count).Select(item => handOver.Events[item - 1])];

    /// <summary>
    /// Before the watermark passes them by: a second letter after a failure does no harm, none at all would lose them. A batch that comes again and
    /// again would leave one each time; so the watermark is asked first.
    /// </summary>
    /// <returns>What is left to hand over; null when all was before.</returns>
    private async Task<HandOver?> PutAsideAsync(
        string conversation, HandOver handOver, List<OutboxEvent> invalid, string streamArn, string reason, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(conversation, ConversationItems.Stream, cancellationToken) is { } stream
            && stream.GetValueOrDefault(StreamArn)?.S == streamArn
            && stream[HandedOverThrough].S is { } handedOverThrough
            && string.CompareOrdinal(handedOverThrough, handOver.FirstSequenceNumber) >= 0)
        {
            return handOver.After(handedOverThrough);
        }

        await refused!.SendAsync([.. handOver.RecordsOf(invalid)], reason, InvalidItem, conversation, cancellationToken);
        return handOver.Without(invalid);
    }

    private static string? WatermarkOf(TransactionCanceledException canceled) =>
        ConversationTable.HasFailedCondition(canceled) && canceled.CancellationReasons[0].Item?.TryGetValue(HandedOverThrough, out AttributeValue? watermark) == true
            ? watermark.S
            : null;

    /// <summary>Notes that records were handed over, for whoever puts their batch back.</summary>
    /// <exception cref="AmazonDynamoDBException">It was not noted.</exception>
    public Task NoteAsync(string conversation, HandOver handOver, CancellationToken cancellationToken) =>
        NoteAsync(conversation, handOver, handOver.LastSequenceNumber, cancellationToken);

    private async Task NoteAsync(string conversation, HandOver handOver, string handedOverThrough, CancellationToken cancellationToken)
    {
        string last = string.CompareOrdinal(handedOverThrough, handOver.LastSequenceNumber) < 0 ? handedOverThrough : handOver.LastSequenceNumber;
        await table.Client.PutItemAsync(
            new PutItemRequest { TableName = table.Name, Item = Note(conversation, handOver.FirstSequenceNumber, last) }, cancellationToken);
    }

    private bool IsOld(HandOver handOver) => handOver.OldestRecordAt is { } oldest && table.Now - oldest > NotedFrom;

    private Dictionary<string, AttributeValue> Note(string conversation, string first, string last)
    {
        Dictionary<string, AttributeValue> note = ConversationTable.Key(conversation, ConversationItems.HandedOver(first, last));
        note[ConversationItems.ExpiresAt] = table.ExpiresIn(NoteRetention);
        return note;
    }

    private List<TransactWriteItem> Transaction(string conversation, HandOver handOver, string streamArn) =>
    [
        new() { Update = Advance(conversation, handOver, streamArn) },
        .. handOver.Events.Select(outboxEvent => new TransactWriteItem { Put = Add(conversation, outboxEvent, handOver.NewestRecordAt) }),
        .. IsOld(handOver) ? [new() { Put = new Put { TableName = table.Name, Item = Note(conversation, handOver.FirstSequenceNumber, handOver.LastSequenceNumber) } }] : Array.Empty<TransactWriteItem>(),
    ];

    /// <summary>Sequence numbers of another stream (the table was made anew) say nothing about this one.</summary>
    private Update Advance(string conversation, HandOver handOver, string streamArn) => new()
    {
        TableName = table.Name,
        Key = ConversationTable.Key(conversation, ConversationItems.Stream),
        UpdateExpression = $"SET {HandedOverThrough} = :last, {StreamArn} = :stream, {ConversationItems.ExpiresAt} = :expiry",
        ConditionExpression = $"attribute_not_exists({HandedOverThrough}) OR {HandedOverThrough} < :first OR {StreamArn} <> :stream",
        ExpressionAttributeValues = new Dictionary<string, AttributeValue>
        {
            [":first"] = new(handOver.FirstSequenceNumber),
            [":last"] = new(handOver.LastSequenceNumber),
            [":stream"] = new(streamArn),
            [":expiry"] = table.ExpiresIn(WatermarkRetention),
        },
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    private Put Add(string conversation, OutboxEvent outboxEvent, DateTimeOffset? waitingSince) => new()
    {
        TableName = table.Name,
        Item = table.OutboxItem(conversation, outboxEvent.Item, outboxEvent.AggregationId, Encoding.UTF8.GetString(outboxEvent.Json.Span), waitingSince),
    };
}
