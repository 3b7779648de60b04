using System.Text.Json.Nodes;
using LocalAws.Lambda.EventSourceMappings;
using Simulation.Tests.World;
using WhatsAppBuffer.Topology;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppEventHandler.Tests.World;

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
    [InlineData("a02a445")]
    public void What_an_older_version_left_at_every_stage_arrives_once(string version)
    {
        using var cloud = new Cloud(seed: 1) { Latency = () => TimeSpan.FromMilliseconds(5) };
        cloud.MappingSettings = cloud.MappingSettings with { MaximumBatchingWindowInSeconds = 1, TumblingWindowInSeconds = 1, WindowCloseRule = WindowCloseRule.Prompt };
        Put(cloud, version, Tables.ActiveConnections, "active_connections.json");
        Put(cloud, version, Tables.ActiveConnections, "active_connections-event-lost.json");
        Put(cloud, version, Tables.RawMessages, "raw_messages.json");
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
            new AsynchronousInvocations(cloud, function).Accept(System.Text.Encoding.UTF8.GetBytes(Read(version, file)), TimeSpan.Zero);
    }

    /// <summary>That version made a part of each file; this one makes an album of them.</summary>
    [Fact]
    public void What_an_older_version_delivered_in_part_is_finished_and_nothing_of_it_is_shown_twice()
    {
        using Cloud cloud = DeliveredInPart("a02a445");

        cloud.Settle();

        Assert.Equal(["1", "2", "3", "4", "5"], Captions(cloud));
        Assert.Empty(cloud.DynamoDb.Outbox);
    }

    /// <summary>As it would be to begin anew with what is shown otherwise by now.</summary>
    [Fact]
    public void A_version_that_forgets_what_was_noted_shows_files_twice()
    {
        using Cloud cloud = DeliveredInPart("a02a445", forgotten: ["done", "rendering"]);

        cloud.Settle();

        Assert.Equal(["1", "2", "1", "2", "3", "4", "5"], Captions(cloud));
    }

    private static Cloud DeliveredInPart(string version, params string[] forgotten)
    {
        var cloud = new Cloud(seed: 1) { Latency = () => TimeSpan.FromMilliseconds(5) };
        Put(cloud, version, Tables.ActiveConnections, "active_connections-delivered-in-part.json", forgotten);
        JsonNode left = JsonNode.Parse(Read(version, "contact-delivered-in-part.json"))!;
        var customer = new ChatCustomer((string)left["customer"]!, "Customer", "", "");
        var contact = new FakeContact((string)left["id"]!, new ChatStart("i-1", "f-1", 60, customer, (string)left["startToken"]!), cloud.Clock.GetUtcNow()) { Joined = true };
        contact.ConnectionTokens.UnionWith(Texts("connectionTokens"));
        contact.ClientTokens.UnionWith(Texts("clientTokens"));
        contact.Texts.AddRange(Texts("texts"));
        cloud.Connect.Contacts.Add(contact);
        return cloud;

        IEnumerable<string> Texts(string name) => left[name]!.AsArray().Select(text => (string)text!);
    }

    private static IEnumerable<string> Captions(Cloud cloud) =>
        Law.Shown(cloud, "1000005").Select(line => line.Replace("[Image]", "", StringComparison.Ordinal).Trim()).Where(line => line.Length == 1);

    private static string Read(string version, string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Upgrade", version, file));

    private static void Put(Cloud cloud, string version, TableSpec table, string file, params string[] forgotten)
    {
        foreach (JsonNode? item in JsonNode.Parse(Read(version, file))!.AsArray())
        {
            JsonObject attributes = item!.AsObject();
            Array.ForEach(forgotten, name => attributes.Remove(name));
            cloud.DynamoDb.Engine.Put(table.Name, attributes);
        }
    }
}
