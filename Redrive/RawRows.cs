using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Redrive.Letters;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Redrive;

/// <summary>
/// Puts records of the stream back: the message's row is deleted and put again, so that the stream has it once more, behind whatever the
/// aggregator has handed over. The row says which record it comes from, so that the same record is put back once.
/// </summary>
/// <param name="dynamoDb">Has the raw table and the conversations'.</param>
internal sealed class RawRows(IAmazonDynamoDB dynamoDb)
{
    /// <param name="record">The record.</param>
    /// <param name="mayBeHandedOver">Whether its batch may have been handed over in part; then the conversation's notes tell.</param>
    /// <param name="cancellationToken">Stops before it is begun.</param>
    /// <returns>Null when it was put back, now or before, or had been handed over; else why not.</returns>
    /// <exception cref="AmazonDynamoDBException">DynamoDB did not do it: try again.</exception>
    public async Task<string?> PutBackAsync(RawRecord record, bool mayBeHandedOver, CancellationToken cancellationToken)
    {
        GetItemResponse stored = await dynamoDb.GetItemAsync(
            new GetItemRequest { TableName = record.Table, Key = KeyOf(record), ConsistentRead = true }, cancellationToken);
        if (stored.Item?.GetValueOrDefault(RawAttributes.Redriven)?.S == record.SequenceNumber)
        {
            return null;
        }

        // As it is stored; an operator may have put it right.
        Dictionary<string, AttributeValue>? row = stored.Item is { Count: > 0 } item ? item
            : record.Image is { } image ? DynamoDbJson.Read(image)
            : null;
        if (row is null)
        {
            return "The letter does not carry the message, and it is no longer in the table.";
        }

        if (mayBeHandedOver && await IsHandedOverAsync(record, row, cancellationToken))
        {
            return null;
        }

        row[RawAttributes.From] = new AttributeValue(record.From);
        row[RawAttributes.Id] = new AttributeValue(record.Id);
        row[RawAttributes.Redriven] = new AttributeValue(record.SequenceNumber);
        return await TryReplaceAsync(record, row, cancellationToken) ? null : "Somebody else is putting it back.";
    }

    private async Task<bool> IsHandedOverAsync(RawRecord record, Dictionary<string, AttributeValue> row, CancellationToken cancellationToken)
    {
        AttributeValue? number = row.GetValueOrDefault(RawAttributes.Metadata)?.M?.GetValueOrDefault("phone_number_id");
        var conversation = new ConversationKey(record.From, number?.S ?? number?.N ?? "");
        var request = new QueryRequest
        {
            TableName = record.Table.Replace(Tables.RawMessages.Name, Tables.ActiveConnections.Name, StringComparison.Ordinal),
            ConsistentRead = true,
            KeyConditionExpression = "#c = :c AND begins_with(#i, :prefix)",
            ProjectionExpression = "#i",
            ExpressionAttributeNames = new() { ["#c"] = ConversationItems.PartitionKey, ["#i"] = ConversationItems.SortKey },
            ExpressionAttributeValues = new() { [":c"] = new(conversation.ToString()), [":prefix"] = new(ConversationItems.HandedOverPrefix) },
        };
        QueryResponse page;
        do
        {
            page = await dynamoDb.QueryAsync(request, cancellationToken);
            if ((page.Items ?? []).Exists(note => ConversationItems.IsHandedOver(note[ConversationItems.SortKey].S, record.SequenceNumber)))
            {
                return true;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (page.LastEvaluatedKey is { Count: > 0 });
        return false;
    }

    /// <summary>Not in one transaction: DynamoDB takes an item once in each. What is lost in between is still in the letter.</summary>
    private async Task<bool> TryReplaceAsync(RawRecord record, Dictionary<string, AttributeValue> row, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.DeleteItemAsync(
                new DeleteItemRequest
                {
                    TableName = record.Table,
                    Key = KeyOf(record),
                    ConditionExpression = "attribute_not_exists(#r) OR #r <> :r",
                    ExpressionAttributeNames = new() { ["#r"] = RawAttributes.Redriven },
                    ExpressionAttributeValues = new() { [":r"] = new(record.SequenceNumber) },
                },
                cancellationToken);
            await dynamoDb.PutItemAsync(
                new PutItemRequest
                {
                    TableName = record.Table,
                    Item = row,
                    ConditionExpression = "attribute_not_exists(#i)",
                    ExpressionAttributeNames = new() { ["#i"] = RawAttributes.Id },
                },
                CancellationToken.None);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private static Dictionary<string, AttributeValue> KeyOf(RawRecord record) => new()
    {
        [RawAttributes.From] = new AttributeValue(record.From),
        [RawAttributes.Id] = new AttributeValue(record.Id),
    };
}
