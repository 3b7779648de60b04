using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.MessageAggregator.Aggregation;

namespace WhatsAppBuffer.MessageAggregator;

/// <summary>
/// The conversations' outbox. Events and the stream position they reach are written in one transaction, so that a repeated record never
/// becomes a second event. See docs/adr/0003-outbox.md.
/// </summary>
internal sealed class Outbox(IAmazonDynamoDB dynamoDb, string table, TimeProvider clock)
{
    private const int MaxConflicts = 6;
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
        int conflicts = 0;
        while (rest is not null)
        {
            try
            {
                await dynamoDb.TransactWriteItemsAsync(Transaction(conversation, rest, streamArn), cancellationToken);
                return rest;
            }
            catch (TransactionCanceledException canceled)
                when (WatermarkOf(canceled) is { } handedOverThrough && string.CompareOrdinal(handedOverThrough, rest.FirstSequenceNumber) >= 0)
            {
                rest = rest.After(handedOverThrough);
            }
            catch (TransactionCanceledException canceled) when (IsTransient(canceled) && conflicts < MaxConflicts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(25 << conflicts++), clock, cancellationToken);
            }
        }

        return handOver;
    }

    private static string? WatermarkOf(TransactionCanceledException canceled) =>
        canceled.CancellationReasons is [{ Code: "ConditionalCheckFailed", Item: { } item }, ..] && item.TryGetValue(HandedOverThrough, out AttributeValue? watermark)
            ? watermark.S
            : null;

    private static bool IsTransient(TransactionCanceledException canceled) => canceled.CancellationReasons?.All(reason =>
        reason.Code is null or "None" or "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded") == true;

    private TransactWriteItemsRequest Transaction(string conversation, HandOver handOver, string streamArn)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new TransactWriteItem { Update = Advance(conversation, handOver, streamArn, now) },
                .. handOver.Events.Select(outboxEvent => new TransactWriteItem { Put = Add(conversation, outboxEvent, now) }),
            ],
        };
    }

    /// <summary>Sequence numbers of another stream (the table was made anew) say nothing about this one.</summary>
    private Update Advance(string conversation, HandOver handOver, string streamArn, DateTimeOffset now) => new()
    {
        TableName = table,
        Key = KeyOf(conversation, ConversationItems.Stream),
        UpdateExpression = $"SET {HandedOverThrough} = :last, {StreamArn} = :stream, {ConversationItems.ExpiresAt} = :expiry",
        ConditionExpression = $"attribute_not_exists({HandedOverThrough}) OR {HandedOverThrough} < :first OR {StreamArn} <> :stream",
        ExpressionAttributeValues = new Dictionary<string, AttributeValue>
        {
            [":first"] = new() { S = handOver.FirstSequenceNumber },
            [":last"] = new() { S = handOver.LastSequenceNumber },
            [":stream"] = new() { S = streamArn },
            [":expiry"] = new() { N = (now + WatermarkRetention).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
        },
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    private Put Add(string conversation, OutboxEvent outboxEvent, DateTimeOffset now)
    {
        Dictionary<string, AttributeValue> item = KeyOf(conversation, outboxEvent.Item);
        item["event"] = new AttributeValue { S = Encoding.UTF8.GetString(outboxEvent.Json.Span) };
        item["aggregationId"] = new AttributeValue { S = outboxEvent.AggregationId };
        item["createdAt"] = new AttributeValue { S = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) };
        return new Put { TableName = table, Item = item };
    }

    private static Dictionary<string, AttributeValue> KeyOf(string conversation, string item) => new()
    {
        [ConversationItems.PartitionKey] = new AttributeValue { S = conversation },
        [ConversationItems.SortKey] = new AttributeValue { S = item },
    };
}
