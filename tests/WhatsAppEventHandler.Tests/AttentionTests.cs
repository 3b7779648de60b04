using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

/// <summary>What no human must act on is shown in a running chat and opens none.</summary>
public class AttentionTests
{
    private const string Deleted = """{"id":"wamid.D","timestamp":"1795285470","type":"revoke","revoke":{}}""";
    private const string Edited = """{"id":"wamid.E","timestamp":"1795285470","type":"edit","edit":{}}""";

    private readonly CloudWorld _world = new();

    [Fact]
    public void A_notice_without_a_chat_opens_none_costs_nothing_and_is_done()
    {
        Assert.Null(_world.PutAndInvoke(Notices(1)));

        Assert.Empty(_world.Connect.Contacts);
        Assert.Empty(_world.Table.Outbox);
        Assert.Empty(_world.WhatsAppSends);
        Assert.Contains(_world.Logger.Lines, entry => entry.Line.Contains("calls nobody and found no running chat", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("reaction", 77)]
    [InlineData("edit", 77)]
    [InlineData("system", 0)]
    public void Whatever_the_customer_wrote_himself_opens_WhatsApps_window_shown_or_not(string type, long wroteAt)
    {
        _world.PutAndInvoke(Events.Of(1, "14157470265", Events.Message($$"""{"from":"14157470265","id":"wamid.1","timestamp":"77","type":"{{type}}"}""")));

        Assert.Equal(wroteAt, Assert.Single(_world.Table.Chats).Value.Chat.CustomerWroteAt);
    }

    [Fact]
    public void A_notice_is_shown_in_a_running_chat()
    {
        _world.PutAndInvoke(Events.Text("hi", 1));
        int courtesies = _world.WhatsAppSends.Count;
        Assert.Null(_world.PutAndInvoke(Notices(2)));

        Assert.Equal(["hi", "[Deleted a message]", "[Edited a message]"], _world.Connect.Single.Texts);
        Assert.Equal(courtesies, _world.WhatsAppSends.Count);
    }

    [Fact]
    public void One_message_that_calls_brings_the_notices_beside_it_along()
    {
        _world.PutAndInvoke(Events.Of(1, "14157470265", Events.Message(Deleted), Events.TextMessage("hi", 2)));

        Assert.Equal(["[Deleted a message]", "hi"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_notice_into_a_chat_that_has_ended_opens_none_and_the_chat_is_forgotten()
    {
        _world.PutAndInvoke(Events.Text("hi", 1));
        _world.Connect.Single.Ended = true;

        Assert.Null(_world.PutAndInvoke(Notices(2)));

        Assert.Equal(["hi"], _world.Connect.Single.Texts);
        Assert.Empty(_world.Table.Outbox);
        Assert.Null(_world.Table.Chats.Values.Single().Chat.Connected);

        _world.PutAndInvoke(Events.Text("again", 3));
        Assert.Equal(["hi", "again"], _world.Connect.Seen);
    }

    [Fact]
    public void A_notice_whose_connection_has_expired_is_shown_with_a_new_one()
    {
        _world.PutAndInvoke(Events.Text("hi", 1));
        _world.Connect.Single.ConnectionTokens.Clear();

        Assert.Null(_world.PutAndInvoke(Notices(2)));

        Assert.Equal(["hi", "[Deleted a message]", "[Edited a message]"], _world.Connect.Single.Texts);
    }

    [Theory]
    [InlineData("call", 1)]
    [InlineData("show", 0)]
    [InlineData("ignore", 0)]
    public void Who_is_called_is_a_setting(string attention, int chats)
    {
        _world.SettingsJson = $$$"""{"instance_id":"i-1","contact_flow_id":"f-1","kinds":{"text":"{{{attention}}}"}}""";

        Assert.Null(_world.PutAndInvoke(Events.Text("hi")));

        Assert.Equal(chats, _world.Connect.Contacts.Count);
        Assert.Empty(_world.Table.Outbox);
    }

    [Fact]
    public void A_sticker_that_is_not_ignored_is_shown_and_calls_nobody()
    {
        AggregatedEvent sticker = Events.Of(1, "14157470265", Events.Message("""{"id":"wamid.S","type":"sticker","sticker":{"id":"1"}}"""));
        _world.SettingsJson = """{"instance_id":"i-1","contact_flow_id":"f-1","ignore_stickers":"no"}""";

        _world.PutAndInvoke(sticker);
        Assert.Empty(_world.Connect.Contacts);
        _world.PutAndInvoke(Events.Text("hi", 2));
        _world.PutAndInvoke(sticker with { Aggregation = Events.Text("", 3).Aggregation });

        Assert.Equal(["hi", "[Sticker]"], _world.Connect.Single.Texts);
    }

    /// <summary>An operator wants it seen.</summary>
    [Fact]
    public void A_notice_that_was_refused_and_is_put_back_opens_a_chat()
    {
        _world.PutAndInvoke(Events.Text("hi", 1));
        _world.Connect.Fail = (operation, text) => text == "[Deleted a message]" ? FakeConnect.Refused(operation) : null;
        _world.PutAndInvoke(Notices(2));
        DeadLetter letter = Assert.Single(_world.DeadLetters);
        _world.Connect.Fail = (_, _) => null;
        _world.Connect.Single.Ended = true;

        Assert.Null(_world.Invoke(letter.Item.Event));

        Assert.Equal(["hi", "[Edited a message]", "[Deleted a message]"], _world.Connect.Seen);
        Assert.Equal(2, _world.Connect.Contacts.Count);
    }

    /// <summary>The chat ends when the first notice is in it; whatever else goes wrong, none comes twice, and nothing stays behind.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_trouble_at_any_one_step_neither_doubles_a_notice_nor_blocks_its_conversation(bool ends)
    {
        string[] steps = StepsOf(_ => Trouble.None, ends);
        Assert.Contains("Note", steps);

        for (int step = 0; step < steps.Length; step++)
        {
            foreach (Trouble trouble in Enum.GetValues<Trouble>())
            {
                int at = step;
                StepsOf(number => number == at ? trouble : Trouble.None, ends);
            }
        }
    }

    private static string[] StepsOf(Func<int, Trouble> trouble, bool ends)
    {
        var world = new CloudWorld { Environment = new WhatsAppEventHandlerOptions { TableName = "t" } };
        world.PutAndInvoke(Events.Text("hi", 1));
        FakeContact first = world.Connect.Single;
        List<string> steps = [];
        world.Trouble = step =>
        {
            steps.Add(step);
            first.Ended |= ends && first.Texts.Count > 1;
            return trouble(steps.Count - 1);
        };
        AggregatedEvent value = Notices(2);
        world.Put(value);
        world.InvokeAsync(value, TimeSpan.Zero);

        Assert.Empty(world.Settle());

        Assert.Empty(world.Table.Outbox);
        string[] shown = ["hi", "[Deleted a message]", .. ends ? [] : new[] { "[Edited a message]" }];
        Assert.Equal(shown, world.Connect.Single.Texts);
        return [.. steps];
    }

    private static AggregatedEvent Notices(int sequence) => Events.Of(sequence, "14157470265", Events.Message(Deleted), Events.Message(Edited));
}
