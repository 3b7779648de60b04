using System.Text.Json.Nodes;
using LocalAws.Lambda.EventSourceMappings;
using Simulation.Tests.World;
using WhatsAppBuffer.Topology;

namespace Simulation.Tests;

/// <summary>
/// What an older version left at every stage when this one was deployed: tests/Fixtures/Upgrade says how it was made. Each message arrives, once.
/// </summary>
public class UpgradeTests
{
    /// <summary>What each customer of the state wrote.</summary>
    private static readonly Dictionary<string, string[]> Written = new()
    {
        ["1000001"] = ["message 1", "message 2"],
        ["1000002"] = ["message 1"],
        ["1000003"] = ["message 1", "message 2"],
        ["1000004"] = ["message 1"],
    };

    [Theory]
    [InlineData("a583fa5")]
    public void What_an_older_version_left_at_every_stage_arrives_once(string version)
    {
        using var cloud = new Cloud(seed: 1) { Latency = () => TimeSpan.FromMilliseconds(5) };
        cloud.MappingSettings = cloud.MappingSettings with { MaximumBatchingWindowInSeconds = 1, TumblingWindowInSeconds = 1, WindowCloseRule = WindowCloseRule.Prompt };
        string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Upgrade", version, file));
        void Put(TableSpec table, string file)
        {
            foreach (JsonNode? item in JsonNode.Parse(Read(file))!.AsArray())
            {
                cloud.DynamoDb.Engine.Put(table.Name, item!.AsObject());
            }
        }

        Put(Tables.ActiveConnections, "active_connections.json");
        Put(Tables.ActiveConnections, "active_connections-event-lost.json");
        Put(Tables.RawMessages, "raw_messages.json");
        // Lambda still holds these, and it invokes what is there now; one of them twice.
        Invoke(FunctionSpecs.OnRawMessages, "event-for-on_raw_messages.json");
        Invoke(FunctionSpecs.WhatsAppEventHandler, "event-for-whatsapp_event_handler.json");
        Invoke(FunctionSpecs.WhatsAppEventHandler, "event-for-whatsapp_event_handler.json");

        cloud.Settle();

        Assert.Equal(
            Written.OrderBy(customer => customer.Key),
            Written.Keys.Order().Select(customer => KeyValuePair.Create(customer, Law.Shown(cloud, customer).ToArray())),
            (left, right) => left.Key == right.Key && left.Value.SequenceEqual(right.Value));
        Assert.Empty(cloud.DynamoDb.Outbox);

        void Invoke(FunctionSpec function, string file) =>
            new AsynchronousInvocations(cloud, function).Accept(System.Text.Encoding.UTF8.GetBytes(Read(file)), TimeSpan.Zero);
    }
}
