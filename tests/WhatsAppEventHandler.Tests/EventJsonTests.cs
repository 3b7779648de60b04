using System.Text;
using System.Text.Json;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

public class EventJsonTests
{
    [Fact]
    public void An_event_of_the_aggregator_is_only_a_wake_up_and_read_no_further_than_its_address()
    {
        IncomingEvent incoming = Read(CloudWorld.Json(Events.Text("Hello", 1)).Replace("\"messages\":[{", "\"messages\":[\"no message\",{", StringComparison.Ordinal))!;

        Assert.True(incoming.IsWakeUp);
        Assert.Equal(EventJson.ToOutboxItem(Events.Text("Hello", 1), "") with { Event = "" }, incoming.Item);
    }

    [Fact]
    public void An_event_of_another_function_is_kept_whole()
    {
        string json = CloudWorld.Json(Events.Foreign(Events.Text("Hello", 1)));

        IncomingEvent incoming = Read(json)!;

        Assert.False(incoming.IsWakeUp);
        Assert.Equal(json, incoming.Item.Event);
    }

    [Fact]
    public void An_event_without_messages_asks_for_nothing() => Assert.Null(Read("""{"messages":[],"aggregation":null}"""));

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"aggregation":{}}""")]
    [InlineData("""{"aggregation":7}""")]
    [InlineData("""{"messages":[{"id":"m"}]}""")]
    public void What_is_no_event_or_does_not_say_whose_it_is_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    private static IncomingEvent? Read(string json) => EventJson.Read(Encoding.UTF8.GetBytes(json));
}
