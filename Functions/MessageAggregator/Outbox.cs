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
internal sealed class Outbox(ConversationTable table)
{
    private const string HandedOverThrough = "handedOverThrough";
    private const string StreamArn = "streamArn";

    /// <summary>Longer than a stream keeps its records (24 hours): after that none can come again.</summary>
    private static readonly TimeSpan WatermarkRetention = TimeSpan.FromDays(7);

    /// <summary>The SDK's default of 11 attempts takes two minutes to give up: longer than the mapping takes to deliver the batch again.</summary>
    public static AmazonDynamoDBConfig ClientConfig => new() { MaxErrorRetry = 3, Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Adds what an earlier invocation has not added.</summary>
    /// <returns>The events to hand over: those added, or, when all were there before, those given (their invocation may have been lost).</returns>
    /// <exception cref="AmazonDynamoDBException">Nothing was added.</exception>
    public async Task<HandOver> AddAsync(string conversation, HandOver handOver, string streamArn, CancellationToken cancellationToken)
    {
        HandOver? rest = handOver;
        while (rest is not null)
        {
            try
            {
                await table.WriteAsync(Transaction(conversation, rest, streamArn), cancellationToken);
                return rest;
            }
            catch (TransactionCanceledException canceled)
                when (WatermarkOf(canceled) is { } handedOverThrough && string.CompareOrdinal(handedOverThrough, rest.FirstSequenceNumber) >= 0)
            {
                rest = rest.After(handedOverThrough);
            }
        }

        return handOver;
    }

    private static string? WatermarkOf(TransactionCanceledException canceled) =>
        ConversationTable.HasFailedCondition(canceled) && canceled.CancellationReasons[0].Item?.TryGetValue(HandedOverThrough, out AttributeValue? watermark) == true
            ? watermark.S
            : null;

    private List<TransactWriteItem> Transaction(string conversation, HandOver handOver, string streamArn) =>
    [
        new() { Update = Advance(conversation, handOver, streamArn) },
        .. handOver.Events.Select(outboxEvent => new TransactWriteItem { Put = Add(conversation, outboxEvent, handOver.NewestRecordAt) }),
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
