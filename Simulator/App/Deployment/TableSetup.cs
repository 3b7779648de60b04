using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Topology;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>Creates the tables with their stream, index and TTL in any home of DynamoDB, through its API. Existing tables are left as they are.</summary>
internal static class TableSetup
{
    /// <summary>Creates what is missing and waits until it is active.</summary>
    /// <returns>The ARN of each table's stream, for those that have one.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> RunAsync(IAmazonDynamoDB dynamoDb, TimeProvider clock, CancellationToken cancellationToken)
    {
        var streams = new Dictionary<string, string>();
        foreach (TableSpec table in Tables.All)
        {
            TableDescription description = await CreateAsync(dynamoDb, table, clock, cancellationToken);
            if (table.StreamView is not null)
            {
                streams[table.Name] = description.LatestStreamArn;
            }
        }

        return streams;
    }

    private static async Task<TableDescription> CreateAsync(IAmazonDynamoDB dynamoDb, TableSpec table, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.CreateTableAsync(Request(table), cancellationToken);
        }
        catch (ResourceInUseException)
        {
            return await WhenActiveAsync(dynamoDb, table, clock, cancellationToken);
        }

        TableDescription description = await WhenActiveAsync(dynamoDb, table, clock, cancellationToken);
        await dynamoDb.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest
            {
                TableName = table.Name,
                TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = table.TimeToLive, Enabled = true },
            },
            cancellationToken);
        return description;
    }

    private static CreateTableRequest Request(TableSpec table)
    {
        var request = new CreateTableRequest
        {
            TableName = table.Name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new(table.PartitionKey, ScalarAttributeType.S), new(table.SortKey, ScalarAttributeType.S)],
            KeySchema = [new(table.PartitionKey, KeyType.HASH), new(table.SortKey, KeyType.RANGE)],
        };
        if (table.Index is { } index)
        {
            request.AttributeDefinitions.Add(new(index.PartitionKey, ScalarAttributeType.S));
            request.GlobalSecondaryIndexes =
            [
                new()
                {
                    IndexName = index.Name,
                    KeySchema = [new(index.PartitionKey, KeyType.HASH)],
                    Projection = new Projection { ProjectionType = ProjectionType.ALL },
                },
            ];
        }

        if (table.StreamView is { } view)
        {
            request.StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = view };
        }

        return request;
    }

    private static async Task<TableDescription> WhenActiveAsync(IAmazonDynamoDB dynamoDb, TableSpec table, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            TableDescription description = (await dynamoDb.DescribeTableAsync(table.Name, cancellationToken)).Table;
            if (description.TableStatus == TableStatus.ACTIVE)
            {
                return description;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
        }
    }
}
