using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Simulator.App.Deployment;

namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>Deletes the items of the system's tables, and of no others, in any home, through its API.</summary>
internal static class TableReset
{
    private const int MaxWritesInBatch = 25;

    public static async Task RunAsync(IAmazonDynamoDB dynamoDb, IReadOnlyList<TableResource> tables, CancellationToken cancellationToken)
    {
        foreach (TableResource table in tables)
        {
            await RunAsync(dynamoDb, table.Request.TableName, table.Request.KeySchema, cancellationToken);
        }
    }

    private static async Task RunAsync(IAmazonDynamoDB dynamoDb, string name, List<KeySchemaElement> key, CancellationToken cancellationToken)
    {
        Dictionary<string, string> names = key.Index().ToDictionary(part => $"#{part.Index}", part => part.Item.AttributeName);
        var scan = new ScanRequest { TableName = name, ProjectionExpression = string.Join(',', names.Keys), ExpressionAttributeNames = names };
        ScanResponse page;
        do
        {
            page = await dynamoDb.ScanAsync(scan, cancellationToken);
            scan.ExclusiveStartKey = page.LastEvaluatedKey;
            foreach (Dictionary<string, AttributeValue>[] keys in (page.Items ?? []).Chunk(MaxWritesInBatch))
            {
                await DeleteAsync(dynamoDb, name, keys, cancellationToken);
            }
        }
        while (page.LastEvaluatedKey is { Count: > 0 });
    }

    private static async Task DeleteAsync(IAmazonDynamoDB dynamoDb, string name, Dictionary<string, AttributeValue>[] keys, CancellationToken cancellationToken)
    {
        Dictionary<string, List<WriteRequest>>? rest = new() { [name] = [.. keys.Select(key => new WriteRequest(new DeleteRequest(key)))] };
        while (rest is { Count: > 0 })
        {
            rest = (await dynamoDb.BatchWriteItemAsync(new BatchWriteItemRequest(rest), cancellationToken)).UnprocessedItems;
        }
    }
}
