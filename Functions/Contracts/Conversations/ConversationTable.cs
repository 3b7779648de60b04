using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace WhatsAppBuffer.Contracts.Conversations;

/// <summary>
/// The <c>active_connections</c> table as all functions write it: keys, the outbox item, dates, and what a transaction does when someone else
/// is writing the same items. Which items there are: <see cref="ConversationItems"/>.
/// </summary>
/// <param name="dynamoDb">Its client.</param>
/// <param name="name">Its name or ARN.</param>
/// <param name="clock">Stamps items and waits between attempts.</param>
public sealed class ConversationTable(IAmazonDynamoDB dynamoDb, string name, TimeProvider clock)
{
    private readonly TransactionGroups _transactions = new(dynamoDb);

    /// <summary>
    /// An event of the outbox, in bytes at the most: DynamoDB takes items of 400 KB, and 4 KB are left for keys, names, and what is noted on an item
    /// while it is being delivered.
    /// </summary>
    public const int MaxEventBytes = (400 - 4) * 1024;

    private const int MaxConflicts = 6;
    private const string Conflict = "TransactionConflict";
    private const string ConditionFailed = "ConditionalCheckFailed";
    private const string Invalid = "ValidationError";
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(25);

    /// <summary>Its client.</summary>
    public IAmazonDynamoDB Client => dynamoDb;

    /// <summary>Its name or ARN, for requests.</summary>
    public string Name => name;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>An item's key.</summary>
    /// <param name="conversation"><see cref="ConversationKey.ToString"/>.</param>
    /// <param name="item">One of <see cref="ConversationItems"/>.</param>
    public static Dictionary<string, AttributeValue> Key(string conversation, string item) => new()
    {
        [ConversationItems.PartitionKey] = new AttributeValue(conversation),
        [ConversationItems.SortKey] = new AttributeValue(item),
    };

    /// <summary>A whole number as an attribute.</summary>
    /// <param name="value">The number.</param>
    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>When TTL may delete an item, as DynamoDB reads it: seconds since 1970.</summary>
    /// <param name="lifetime">From now.</param>
    public AttributeValue ExpiresIn(TimeSpan lifetime) => Number((clock.GetUtcNow() + lifetime).ToUnixTimeSeconds());

    /// <summary>An aggregate that waits for delivery.</summary>
    /// <param name="conversation"><see cref="ConversationKey.ToString"/>.</param>
    /// <param name="sortKey">Its place: <see cref="ConversationItems.Outbox"/>.</param>
    /// <param name="aggregationId"><see cref="Aggregation.Id"/>.</param>
    /// <param name="aggregatedEvent">The JSON of an <see cref="AggregatedEvent"/>.</param>
    /// <param name="waitingSince"><see cref="ConversationItems.WaitingSince"/>; null where no stream brought it.</param>
    public Dictionary<string, AttributeValue> OutboxItem(
        string conversation, string sortKey, string aggregationId, string aggregatedEvent, DateTimeOffset? waitingSince = null)
    {
        Dictionary<string, AttributeValue> item = Key(conversation, sortKey);
        item[ConversationItems.Event] = new AttributeValue(aggregatedEvent);
        item[ConversationItems.AggregationId] = new AttributeValue(aggregationId);
        item[ConversationItems.CreatedAt] = new AttributeValue(clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        if (waitingSince is { } since)
        {
            item[ConversationItems.WaitingSince] = new AttributeValue(since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        return item;
    }

    /// <summary>Reads an item, strongly consistent.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="item">One of <see cref="ConversationItems"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="attributes">Which attributes; all when there are none.</param>
    /// <returns>Null when there is no such item, or it has none of them.</returns>
    public async Task<Dictionary<string, AttributeValue>?> FindAsync(string partition, string item, CancellationToken cancellationToken, params string[] attributes)
    {
        var request = new GetItemRequest { TableName = name, Key = Key(partition, item), ConsistentRead = true };
        if (attributes is { Length: > 0 })
        {
            // Some names are reserved words.
            request.ExpressionAttributeNames = attributes.Index().ToDictionary(attribute => $"#a{attribute.Index}", attribute => attribute.Item);
            request.ProjectionExpression = string.Join(", ", request.ExpressionAttributeNames.Keys);
        }

        return (await dynamoDb.GetItemAsync(request, cancellationToken)).Item is { Count: > 0 } found ? found : null;
    }

    /// <summary>A part of a transaction that puts an item if there is none of its key.</summary>
    /// <param name="item">The whole item.</param>
    public TransactWriteItem PutIfAbsent(Dictionary<string, AttributeValue> item) => new()
    {
        Put = new Put
        {
            TableName = name,
            Item = item,
            ConditionExpression = "attribute_not_exists(#item)",
            ExpressionAttributeNames = new() { ["#item"] = ConversationItems.SortKey },
        },
    };

    /// <summary>Updates an item on a condition.</summary>
    /// <param name="request">The update; its table is filled in.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answer; null when the condition did not hold, or someone was writing the item at this moment.</returns>
    public async Task<UpdateItemResponse?> TryUpdateAsync(UpdateItemRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.TableName = name;
        try
        {
            return await dynamoDb.UpdateItemAsync(request, cancellationToken);
        }
        catch (Exception refused) when (refused is ConditionalCheckFailedException or TransactionConflictException)
        {
            return null;
        }
    }

    /// <summary>
    /// Writes items, all or none. While someone else writes the same ones, or DynamoDB asks for patience, it is tried again, up to six times.
    /// </summary>
    /// <param name="items">What to write.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <exception cref="TransactionCanceledException">A condition did not hold (<see cref="HasFailedCondition"/>), or it was tried often enough.</exception>
    public async Task WriteAsync(List<TransactWriteItem> items, CancellationToken cancellationToken)
    {
        for (int conflicts = 0; ; conflicts++)
        {
            try
            {
                await TryWriteAsync(items, cancellationToken);
                return;
            }
            catch (TransactionCanceledException canceled) when (conflicts < MaxConflicts && IsPassing(canceled))
            {
                await Task.Delay(FirstWait * (1 << conflicts), clock, cancellationToken);
            }
        }
    }

    /// <summary>Writes items, all or none, and does not try again.</summary>
    /// <param name="items">What to write.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TransactionCanceledException">A condition did not hold, others are writing the same, or DynamoDB asks for patience.</exception>
    public Task TryWriteAsync(IReadOnlyList<TransactWriteItem> items, CancellationToken cancellationToken) => _transactions.WriteAsync(items, cancellationToken);

    /// <summary>Whether a transaction was refused because a condition did not hold.</summary>
    /// <param name="canceled">The refusal.</param>
    public static bool HasFailedCondition(TransactionCanceledException canceled) => Has(canceled, ConditionFailed);

    /// <summary>
    /// Whether a transaction was refused for nothing but what others have written or are writing: a condition did not hold, or it met another write of
    /// the same items. One that was throttled or is not valid is cancelled too, and answers nothing.
    /// </summary>
    /// <param name="canceled">The refusal.</param>
    public static bool IsBecauseOfOthers(TransactionCanceledException canceled) =>
        canceled.CancellationReasons is { Count: > 0 } reasons && reasons.TrueForAll(reason => reason.Code is null or "None" or Conflict or ConditionFailed);

    /// <summary>
    /// Which items of a transaction DynamoDB will never take, whoever asks and how often: too large, a key too long. Empty when it was refused for
    /// another reason.
    /// </summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="items">How many items the transaction has.</param>
    /// <returns>Positions: of all, when DynamoDB refused the request without saying which.</returns>
    public static IReadOnlyList<int> InvalidItems(AmazonDynamoDBException refusal, int items) => refusal switch
    {
        TransactionCanceledException { CancellationReasons: { } reasons } => [.. Enumerable.Range(0, reasons.Count).Where(item => reasons[item].Code == Invalid)],
        { ErrorCode: "ValidationException" } => [.. Enumerable.Range(0, items)],
        _ => [],
    };

    private static bool Has(TransactionCanceledException canceled, string code) => canceled.CancellationReasons?.Exists(reason => reason.Code == code) == true;

    private static bool IsPassing(TransactionCanceledException canceled) => canceled.CancellationReasons?.TrueForAll(reason =>
        reason.Code is null or "None" or Conflict or "ThrottlingError" or "ProvisionedThroughputExceeded") == true;
}
