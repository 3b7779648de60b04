using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.OnRawMessages.Conversations;
using WhatsAppBuffer.OnRawMessages.Webhook;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>The raw table.</summary>
/// <param name="dynamoDb">Its client.</param>
/// <param name="table">Its name or ARN.</param>
/// <param name="transactions">Writes to it what takes more than one item.</param>
internal sealed class RawMessageStore(IAmazonDynamoDB dynamoDb, string table, ConversationTable transactions)
{
    private const string IsNew = $"attribute_not_exists({RawAttributes.Id})";

    /// <summary>The SDK's default of 11 attempts takes two minutes to give up: longer than Lambda takes to try the whole event again.</summary>
    public static AmazonDynamoDBConfig ClientConfig => new() { MaxErrorRetry = 3, Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Stores a message unless it is there already.</summary>
    /// <param name="message">The message.</param>
    /// <param name="formerly">Other partitions that it may be in: whoever does not know yet that they are the same person's would store it there.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False when it was: a duplicate delivery.</returns>
    /// <exception cref="AmazonDynamoDBException">DynamoDB refused it or could not be reached; see <see cref="IsRefusal"/>.</exception>
    public async Task<bool> AddAsync(RawMessage message, IReadOnlyCollection<string> formerly, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> item = AttributeValues.From(message.Item);
        try
        {
            if (formerly.Count == 0)
            {
                await dynamoDb.PutItemAsync(new PutItemRequest { TableName = table, Item = item, ConditionExpression = IsNew }, cancellationToken);
            }
            else
            {
                await transactions.WriteAsync([Put(item), .. formerly.Select(customer => Put(PlaceOf(message, customer, item)))], cancellationToken);
            }

            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
        catch (TransactionCanceledException canceled) when (ConversationTable.HasFailedCondition(canceled))
        {
            return false;
        }
    }

    /// <summary>Finds a message that was stored before.</summary>
    /// <param name="id">WhatsApp's id of it.</param>
    /// <param name="route">The conversation that it should be in.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Its item; null when it is not there.</returns>
    public async Task<Dictionary<string, AttributeValue>?> FindAsync(string id, Route route, CancellationToken cancellationToken)
    {
        foreach (string customer in route.Formerly.Prepend(route.Customer))
        {
            Dictionary<string, AttributeValue> key = new() { [RawAttributes.From] = new AttributeValue(customer), [RawAttributes.Id] = new AttributeValue(id) };
            GetItemResponse response = await dynamoDb.GetItemAsync(new GetItemRequest { TableName = table, Key = key, ConsistentRead = true }, cancellationToken);
            if (response.Item is { Count: > 0 } item && !item.ContainsKey(RawAttributes.StoredUnder))
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>Whether DynamoDB will refuse this item for ever: too large, nested too deep.</summary>
    public static bool IsRefusal(Exception error) => error is AmazonDynamoDBException refusal && ConversationTable.InvalidItems(refusal, 1).Count > 0;

    /// <summary>An item that keeps the message out of another partition.</summary>
    private static Dictionary<string, AttributeValue> PlaceOf(RawMessage message, string customer, Dictionary<string, AttributeValue> item) => new()
    {
        [RawAttributes.From] = new AttributeValue(customer),
        [RawAttributes.Id] = new AttributeValue(message.Id),
        [RawAttributes.StoredUnder] = new AttributeValue(message.Customer),
        [RawAttributes.ExpiresAt] = item[RawAttributes.ExpiresAt],
    };

    private TransactWriteItem Put(Dictionary<string, AttributeValue> item) =>
        new() { Put = new Put { TableName = table, Item = item, ConditionExpression = IsNew } };
}
