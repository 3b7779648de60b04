using System.Collections.Concurrent;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Time.Testing;
using LocalAws.Lambda.EventSourceMappings;
using LocalAws.Lambda.Functions;

namespace LocalAws.Examples;

public class FakeClockExample
{
    [Fact]
    public async Task What_a_customer_orders_within_twenty_seconds_is_handed_over_together()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
        await using LocalCloud cloud = await LocalCloud.StartAsync(new LocalCloudOptions { Clock = time });
        using var dynamoDb = new AmazonDynamoDBClient(LocalCloud.Credentials, cloud.ClientConfig<AmazonDynamoDBConfig>());
        CreateTableResponse table = await dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = "orders",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("customer", KeyType.HASH), new KeySchemaElement("article", KeyType.RANGE)],
            AttributeDefinitions = [new AttributeDefinition("customer", ScalarAttributeType.S), new AttributeDefinition("article", ScalarAttributeType.S)],
            StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.NEW_IMAGE },
        });
        var batches = new ConcurrentQueue<int>();
        cloud.Lambda.CreateFunction(new FunctionDefinition
        {
            Name = "on_orders",
            Code = FunctionCode.FromText(json =>
            {
                batches.Enqueue(JsonDocument.Parse(json).RootElement.GetProperty("Records").GetArrayLength());
                return Task.FromResult("{}");
            }),
        });
        await cloud.Mappings.CreateAsync(new StreamMappingSettings
        {
            FunctionName = "on_orders",
            EventSourceArn = table.TableDescription.LatestStreamArn,
            MaximumBatchingWindowInSeconds = 20,
        });

        foreach (string article in new[] { "hat", "coat", "boots" })
        {
            await dynamoDb.PutItemAsync("orders", new() { ["customer"] = new AttributeValue("Kike"), ["article"] = new AttributeValue(article) });
        }

        Assert.Empty(batches);
        await Eventually.IsTrueAsync(() => !batches.IsEmpty, "the window has ended", meanwhile: () => time.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal([3], batches);
    }
}
