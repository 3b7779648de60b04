using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using LocalAws.Endpoint;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Deployment;
using WhatsAppBuffer.Topology;

namespace EndToEnd.Tests;

/// <summary>When the simulator says that nothing is on its way.</summary>
public class IdleTests(RunningSimulator simulator) : IClassFixture<RunningSimulator>
{
    [Fact]
    public async Task What_lies_in_an_outbox_without_a_wake_up_is_on_its_way_until_it_is_gone()
    {
        using AmazonDynamoDBClient dynamoDb = CloudDeployer.DynamoDbAt(simulator.Uri, new AwsAccount());
        Dictionary<string, AttributeValue> key = new()
        {
            [Tables.ActiveConnections.PartitionKey] = new AttributeValue("15550783881#14157470265"),
            [Tables.ActiveConnections.SortKey] = new AttributeValue("outbox#1#0000"),
        };
        await WhenIdleAsync();

        await dynamoDb.PutItemAsync(
            Tables.ActiveConnections.Name, new(key) { [Tables.ActiveConnections.Index!.PartitionKey] = new AttributeValue("forgotten") }, CancellationToken.None);
        StatusView waiting = await simulator.Control.GetStatusAsync(CancellationToken.None);
        await dynamoDb.DeleteItemAsync(Tables.ActiveConnections.Name, key, CancellationToken.None);

        Assert.False(waiting.Idle);
        await WhenIdleAsync();
    }

    private Task WhenIdleAsync() => RunningSimulator.WhenAsync(() => simulator.Control.GetStatusAsync(CancellationToken.None), status => status.Idle);
}
