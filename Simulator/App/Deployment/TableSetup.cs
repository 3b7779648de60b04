using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace WhatsAppBuffer.Simulator.App.Deployment;

/// <summary>Creates the tables with their stream, index and TTL in any home of DynamoDB, through its API. Existing tables are left as they are.</summary>
internal static class TableSetup
{
    /// <summary>Creates the system's own tables under their own names.</summary>
    public static async Task RunAsync(IAmazonDynamoDB dynamoDb, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (TableResource table in TopologyResources.TablesNamed(table => table.Name))
        {
            await CreateAsync(dynamoDb, table, clock, cancellationToken);
        }
    }

    /// <summary>Creates a table that is missing and waits until it is active.</summary>
    public static async Task<TableDescription> CreateAsync(IAmazonDynamoDB dynamoDb, TableResource table, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await dynamoDb.CreateTableAsync(table.Request, cancellationToken);
        }
        catch (ResourceInUseException)
        {
            return await WhenActiveAsync(dynamoDb, table, clock, cancellationToken);
        }

        TableDescription description = await WhenActiveAsync(dynamoDb, table, clock, cancellationToken);
        if (table.TimeToLive is not null)
        {
            await dynamoDb.UpdateTimeToLiveAsync(
                new UpdateTimeToLiveRequest
                {
                    TableName = table.Request.TableName,
                    TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = table.TimeToLive, Enabled = true },
                },
                cancellationToken);
        }

        return description;
    }

    private static async Task<TableDescription> WhenActiveAsync(IAmazonDynamoDB dynamoDb, TableResource table, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            TableDescription description = (await dynamoDb.DescribeTableAsync(table.Request.TableName, cancellationToken)).Table;
            if (description.TableStatus == TableStatus.ACTIVE)
            {
                return description;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
        }
    }
}
