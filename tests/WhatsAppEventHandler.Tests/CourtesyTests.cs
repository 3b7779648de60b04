using System.Text.Json;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Courtesies;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

public class CourtesyTests
{
    private const string Customer = "14157470265";
    private const string All = """{"instance_id":"i-1","contact_flow_id":"f-1","courtesies":"all"}""";
    private readonly CloudWorld _world = new() { SettingsJson = All };

    [Fact]
    public void Unless_something_else_is_chosen_the_newest_message_is_marked_read_and_that_is_all()
    {
        _world.SettingsJson = """{"instance_id":"i-1","contact_flow_id":"f-1"}""";

        _world.PutAndInvoke(Events.Of(1, Customer, Events.TextMessage("older", 1), Events.TextMessage("newer", 2)));

        Assert.Equal(["""{"messaging_product":"whatsapp","status":"read","message_id":"wamid.14157470265.2"}"""], _world.WhatsAppSends.Select(Plain));
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("no", 0)]
    [InlineData("Read", 1)]
    [InlineData("all", 3)]
    [InlineData("yes", 3)]
    public void The_setting_decides_what_the_customer_gets(string courtesies, int sends)
    {
        _world.SettingsJson = $$"""{"instance_id":"i-1","contact_flow_id":"f-1","courtesies":"{{courtesies}}"}""";

        _world.PutAndInvoke(Events.Text("hi"));

        Assert.Equal(sends, _world.WhatsAppSends.Count);
    }

    [Theory]
    [InlineData("\"courtesies\":\"none\"", 0)]
    [InlineData("\"language\":\"en\"", 3)]
    public void The_environment_decides_where_the_setting_says_nothing(string member, int sends)
    {
        _world.Environment = _world.Environment with { Courtesies = CourtesyChoice.All };
        _world.SettingsJson = $$"""{"instance_id":"i-1","contact_flow_id":"f-1",{{member}}}""";

        _world.PutAndInvoke(Events.Text("hi"));

        Assert.Equal(sends, _world.WhatsAppSends.Count);
    }

    [Fact]
    public void The_newest_message_is_marked_read_gets_eyes_and_then_a_tick()
    {
        _world.PutAndInvoke(Events.Of(1, Customer, Events.TextMessage("older", 1), Events.TextMessage("newer", 2)));

        Assert.Equal(
            [
                """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.14157470265.2"}""",
                """{"messaging_product":"whatsapp","recipient_type":"individual","to":"+14157470265","type":"reaction","reaction":{"message_id":"wamid.14157470265.2","emoji":"👀"}}""",
                """{"messaging_product":"whatsapp","recipient_type":"individual","to":"+14157470265","type":"reaction","reaction":{"message_id":"wamid.14157470265.2","emoji":"✅"}}""",
            ],
            _world.WhatsAppSends.Select(Plain));
        Assert.All(_world.OriginationNumbers, number => Assert.Equal(Events.NumberArn, number));
    }

    [Fact]
    public void A_customer_without_a_phone_number_is_addressed_by_his_user_id()
    {
        _world.PutAndInvoke(Events.Text("hi", 1, "US.z9Y8x7W6v5"));

        JsonElement reaction = _world.WhatsAppSends[1];
        Assert.Equal("US.z9Y8x7W6v5", reaction.GetProperty("recipient").GetString());
        Assert.False(reaction.TryGetProperty("to", out _));
    }

    [Fact]
    public void A_phone_number_beside_the_user_id_is_used()
    {
        _world.PutAndInvoke(Events.Of(1, "US.z9", Events.Message("""{"from":"US.z9","from_phone_number":"5691","id":"w","type":"text","text":{"body":"hi"}}""")));

        Assert.Equal("+5691", _world.WhatsAppSends[1].GetProperty("to").GetString());
    }

    [Fact]
    public void No_tick_when_the_message_was_not_delivered()
    {
        _world.Connect.Fail = (operation, _) =>
            operation == "SendMessage" ? new ConnectException(ConnectFailure.Refused, operation, "ValidationException", "no") : null;

        _world.PutAndInvoke(Events.Text("refused"));

        Assert.Equal(["👀"], Emojis());
    }

    [Fact]
    public void A_reaction_is_not_reacted_to_but_the_message_before_it_is()
    {
        _world.PutAndInvoke(Events.Of(1, Customer, Events.TextMessage("hi", 1), Events.Message("""{"id":"wamid.reaction","type":"reaction","reaction":{"message_id":"x","emoji":"👍"}}""")));

        Assert.All(_world.WhatsAppSends.Skip(1), send => Assert.Equal("wamid.14157470265.1", send.GetProperty("reaction").GetProperty("message_id").GetString()));
    }

    [Fact]
    public void A_business_number_that_is_not_listed_falls_back_to_the_first_and_none_sends_nothing()
    {
        AggregatedEvent value = Events.Text("hi");
        _world.PutAndInvoke(value with { Context = Events.Message("""{"MetaPhoneNumberIds":[{"metaPhoneNumberId":"1","arn":"arn:first"},{"metaPhoneNumberId":"2","arn":"arn:second"}]}""") });
        _world.PutAndInvoke(Events.Text("hi", 2) with { Context = null });

        Assert.Equal(["arn:first"], _world.OriginationNumbers.Distinct());
        Assert.Equal(["hi", "hi"], _world.Connect.Seen);
    }

    [Fact]
    public void A_WhatsApp_that_hangs_neither_delays_the_delivery_nor_holds_the_lease()
    {
        DateTimeOffset start = _world.Clock.GetUtcNow();
        _world.Trouble = step => step == "WhatsApp" ? Trouble.Stall : Trouble.None;
        TimeSpan? delivered = null;
        _world.Connect.Fail = (operation, _) =>
        {
            delivered = operation == "SendMessage" ? _world.Clock.GetUtcNow() - start : delivered;
            return null;
        };

        Assert.Null(_world.PutAndInvoke(Events.Text("quick")));

        Assert.True(delivered < TimeSpan.FromSeconds(1));
    }

    private IEnumerable<string?> Emojis() =>
        _world.WhatsAppSends.Where(send => send.TryGetProperty("reaction", out _)).Select(send => send.GetProperty("reaction").GetProperty("emoji").GetString());

    private static string Plain(JsonElement element) =>
        JsonSerializer.Serialize(element).Replace("\\uD83D\\uDC40", "👀", StringComparison.Ordinal).Replace("\\u2705", "✅", StringComparison.Ordinal).Replace("\\u002B", "+", StringComparison.Ordinal);
}
