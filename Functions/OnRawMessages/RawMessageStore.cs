using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.OnRawMessages.Webhook;

namespace WhatsAppBuffer.OnRawMessages;

/// <summary>The raw table.</summary>
internal sealed class RawMessageStore(IAmazonDynamoDB dynamoDb, string table)
{
    /// <summary>The SDK's default of 11 attempts takes two minutes to give up: longer than Lambda takes to try the whole event again.</summary>
    public static AmazonDynamoDBConfig ClientConfig => new() { MaxErrorRetry = 3, Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Stores a message unless it is there already.</summary>
    /// <returns>False when it was: a duplicate delivery.</returns>
    /// <exception cref="AmazonDynamoDBException">DynamoDB refused it or could not be reached; see <see cref="IsRefusal"/>.</exception>
    public async Task<bool> AddAsync(RawMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = AttributeValues.From(message.Item),
                    ConditionExpression = $"attribute_not_exists({RawAttributes.Id})",
                },
                cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>Whether DynamoDB will refuse this item for ever: too large, nested too deep.</summary>
    public static bool IsRefusal(Exception error) => error is AmazonDynamoDBException { ErrorCode: "ValidationException" };
}
