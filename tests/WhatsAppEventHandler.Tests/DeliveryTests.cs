using WhatsAppBuffer.Contracts;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

public class DeliveryTests
{
    private readonly CloudWorld _world = new();

    [Fact]
    public void A_burst_is_one_chat_message()
    {
        Exception? failure = _world.PutAndInvoke(Events.Text(Events.Burst));

        Assert.Null(failure);
        Assert.Equal([Events.Burst], _world.Connect.Single.Texts);
        Assert.Empty(_world.Table.Outbox);
    }

    [Fact]
    public void The_next_burst_goes_into_the_same_chat()
    {
        _world.PutAndInvoke(Events.Text("first", 1));
        _world.PutAndInvoke(Events.Text("second", 2));

        Assert.Equal(["first", "second"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void Two_customers_have_two_chats()
    {
        _world.PutAndInvoke(Events.Text("one", 1, "111"));
        _world.PutAndInvoke(Events.Text("two", 1, "222"));

        Assert.Equal([["one"], ["two"]], _world.Connect.Contacts.Select(contact => contact.Texts));
    }

    [Fact]
    public void An_event_that_another_aggregator_made_is_delivered_the_same_way_and_once()
    {
        AggregatedEvent foreign = Events.Foreign(Events.Text("from the guide"));

        Assert.Null(_world.Invoke(foreign));
        Assert.Null(_world.Invoke(foreign));

        Assert.Equal(["from the guide"], _world.Connect.Seen);
        Assert.Empty(_world.Table.Outbox);
    }

    [Fact]
    public void An_aggregate_with_nothing_to_show_is_done_and_opens_no_chat()
    {
        Exception? failure = _world.PutAndInvoke(Events.Of(1, "14157470265", Events.Message("""{"from":"14157470265","id":"w","type":"sticker","sticker":{"id":"1"}}""")));

        Assert.Null(failure);
        Assert.Empty(_world.Connect.Contacts);
        Assert.Empty(_world.Table.Outbox);
    }

    [Fact]
    public void A_desert_of_white_space_makes_no_message_of_its_own()
    {
        _world.PutAndInvoke(Events.Text("before" + new string('\n', 3_000) + "after"));

        Assert.All(_world.Connect.Seen, text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.StartsWith("before", _world.Connect.Seen.First(), StringComparison.Ordinal);
        Assert.EndsWith("after", _world.Connect.Seen.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_invocation_of_a_delivered_event_does_nothing()
    {
        _world.PutAndInvoke(Events.Text("once"));

        Assert.Null(_world.Invoke(Events.Text("once")));

        Assert.Equal(["once"], _world.Connect.Seen);
    }
}
