using System.Globalization;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.WhatsAppEventHandler;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

public class ChatTests
{
    private readonly CloudWorld _world = new();

    private SentTemplate Send(string recipient)
    {
        string partition = ConversationItems.OfTemplateTo("phone-number-id-976c72a700aac43eaf573ae050example", recipient);
        return _world.Table.Templates[partition] = new SentTemplate("order_ready", "spring") { Notes = [(partition, "")] };
    }

    [Fact]
    public void A_chat_is_started_as_configured_and_remembered_with_its_tokens()
    {
        _world.PutAndInvoke(Events.Text("hi"));

        ChatStart start = _world.Connect.Single.Start;
        Assert.Equal(("i-1", "f-1", 60), (start.InstanceId, start.ContactFlowId, start.DurationMinutes));
        Assert.Equal(new ChatCustomer("14157470265", "Kike", "phone-number-id-976c72a700aac43eaf573ae050example", "14157470265"), start.Customer);
        Assert.Equal(
            new ChatState(1, new ConnectedChat("contact-1", "participant-of-contact-1", "connection-1", start.Customer), NewestMessage: 1_795_285_461, CustomerWroteAt: 1_795_285_461, LastMessageId: "wamid.14157470265.1"),
            _world.Table.Chats.Values.Single().Chat);
    }

    [Fact]
    public void Who_answers_a_template_opens_a_chat_that_says_so_and_the_next_one_does_not()
    {
        SentTemplate template = Send("14157470265");

        _world.PutAndInvoke(Events.Text("yes, please", 1));
        _world.Connect.Single.Ended = true;
        _world.PutAndInvoke(Events.Text("something else", 2));

        Assert.Equal([template, null], _world.Connect.Contacts.Select(contact => contact.Start.Template));
        Assert.Empty(_world.Table.Templates);
    }

    [Fact]
    public void A_template_to_somebody_else_is_no_matter_of_this_chat()
    {
        Send("4915112345678");

        _world.PutAndInvoke(Events.Text("hi", 1));

        Assert.Null(_world.Connect.Single.Start.Template);
        Assert.Single(_world.Table.Templates);
    }

    [Fact]
    public void A_chat_that_never_was_answers_nothing_yet()
    {
        SentTemplate template = Send("14157470265");
        _world.Connect.Fail = (operation, _) => operation == "CreateParticipantConnection" && _world.Connect.Contacts.Count == 1 ? FakeConnect.Denied(operation) : null;

        _world.PutAndInvoke(Events.Text("yes, please", 1));

        Assert.Equal([template, template], _world.Connect.Contacts.Select(contact => contact.Start.Template));
    }

    [Fact]
    public void An_expired_connection_is_renewed_in_the_same_chat()
    {
        _world.PutAndInvoke(Events.Text("before", 1));
        _world.Connect.Single.ConnectionTokens.Clear();

        Assert.Null(_world.PutAndInvoke(Events.Text("after", 2)));

        Assert.Equal(["before", "after"], _world.Connect.Single.Texts);
        Assert.Equal("connection-2", _world.Table.Chats.Values.Single().Chat.Connected!.ConnectionToken);
    }

    [Fact]
    public void An_ended_chat_is_followed_by_the_next_one()
    {
        _world.PutAndInvoke(Events.Text("before", 1));
        _world.Connect.Single.Ended = true;

        Assert.Null(_world.PutAndInvoke(Events.Text("after", 2)));

        Assert.Equal([["before"], ["after"]], _world.Connect.Contacts.Select(contact => contact.Texts));
        Assert.Equal(2, _world.Table.Chats.Values.Single().Chat.Number);
    }

    [Fact]
    public void What_an_ended_chat_took_of_a_long_text_is_not_repeated_in_the_next()
    {
        _world.Environment = new WhatsAppEventHandlerOptions { TableName = "t", MaxMessageCharacters = 16 };
        _world.Connect.Fail = (_, text) =>
        {
            _world.Connect.Contacts.ForEach(contact => contact.Ended |= text == "second part" && contact.Id == "contact-1");
            return null;
        };

        Assert.Null(_world.PutAndInvoke(Events.Text("first part\nsecond part\nthird part")));

        Assert.Equal([["first part"], ["second part", "third part"]], _world.Connect.Contacts.Select(contact => contact.Texts));
    }

    [Fact]
    public void Nor_is_it_repeated_by_another_invocation_after_a_crash()
    {
        _world.Environment = new WhatsAppEventHandlerOptions { TableName = "t", MaxMessageCharacters = 16 };
        int sends = 0;
        _world.Trouble = step => step == "SendMessage" && ++sends == 2 ? Trouble.CrashBefore : Trouble.None;
        AggregatedEvent value = Events.Text("first part\nsecond part\nthird part");
        Assert.NotNull(_world.PutAndInvoke(value));
        _world.Connect.Single.Ended = true;

        _world.InvokeAsync(value, TimeSpan.FromMinutes(1));
        Assert.Empty(_world.Settle());

        Assert.Equal([["first part"], ["second part", "third part"]], _world.Connect.Contacts.Select(contact => contact.Texts));
    }

    [Fact]
    public void Progress_made_under_other_settings_is_begun_anew_rather_than_misread()
    {
        _world.Environment = new WhatsAppEventHandlerOptions { TableName = "t", MaxMessageCharacters = 16 };
        int sends = 0;
        _world.Trouble = step => step == "SendMessage" && ++sends == 2 ? Trouble.CrashBefore : Trouble.None;
        AggregatedEvent value = Events.Text("first part\nsecond part\nthird part");
        Assert.NotNull(_world.PutAndInvoke(value));

        _world.Environment = new WhatsAppEventHandlerOptions { TableName = "t", MaxMessageCharacters = 1024 };
        _world.InvokeAsync(value, TimeSpan.FromMinutes(1));
        Assert.Empty(_world.Settle());

        Assert.Equal(["first part", "first part\nsecond part\nthird part"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void A_chat_that_was_begun_long_ago_and_never_joined_is_passed_over()
    {
        int crashes = 1;
        _world.Trouble = step => step == "StartChatContact" && crashes-- > 0 ? Trouble.CrashAfter : Trouble.None;
        AggregatedEvent value = Events.Text("patient");
        Assert.NotNull(_world.PutAndInvoke(value));
        _world.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Null(_world.Invoke(value));

        Assert.Equal([[], ["patient"]], _world.Connect.Contacts.Select(contact => contact.Texts));
        Assert.Equal(2, _world.Table.Chats.Values.Single().Chat.Number);
    }

    [Fact]
    public void When_the_row_has_expired_the_numbers_begin_anew_and_the_next_chat_is_still_a_new_one()
    {
        _world.PutAndInvoke(Events.Text("before", 1));
        _world.Table.Chats.Clear();
        _world.Connect.Single.Ended = true;

        Assert.Null(_world.PutAndInvoke(Events.Text("after", 2)));

        Assert.Equal([["before"], ["after"]], _world.Connect.Contacts.Select(contact => contact.Texts));
    }

    [Fact]
    public void A_topic_that_Connect_does_not_take_fails_loudly_and_opens_one_chat_only()
    {
        _world.Environment = new WhatsAppEventHandlerOptions { TableName = "t", TopicArn = "arn:fifo" };
        _world.Connect.Fail = (operation, _) =>
            operation == "StartContactStreaming" ? new ConnectException(ConnectFailure.Misconfigured, operation, "InvalidParameterException", "topic") : null;

        Assert.Equal("StartContactStreaming", Assert.IsType<ConnectException>(_world.PutAndInvoke(Events.Text("hi"))).Operation);
        Assert.Equal("StartContactStreaming", Assert.IsType<ConnectException>(_world.Invoke(Events.Text("hi"))).Operation);

        Assert.Single(_world.Connect.Contacts);
        Assert.Single(_world.Table.Outbox);
    }

    [Theory]
    [InlineData("""{"profile":{"name":"  Ana  "}}""", "Ana")]
    [InlineData("""{"profile":{"name":"","username":"ana_p"}}""", "ana_p")]
    [InlineData("""{"profile":{"name":" \u200b\t "}}""", "14157470265")]
    [InlineData("""{"profile":{"name":"\u3164","username":"ana_p"}}""", "ana_p")]
    [InlineData("""{"profile":{"name":"\u2800","username":"\uffa0"}}""", "14157470265")]
    [InlineData("""{"wa_id":"1"}""", "14157470265")]
    public void The_display_name_is_the_first_visible_name(string contact, string expected)
    {
        _world.PutAndInvoke(Events.Text("hi") with { Contacts = [Events.Message(contact)] });

        Assert.Equal(expected, _world.Connect.Single.Start.Customer.Name);
    }

    [Theory]
    [InlineData("👨‍👩‍👧")]
    [InlineData("é")]
    public void A_long_display_name_is_cut_between_what_a_reader_sees_as_characters(string character)
    {
        string name = string.Concat(Enumerable.Repeat(character, 300));
        _world.PutAndInvoke(Events.Text("hi") with { Contacts = [Events.Message($$$"""{"profile":{"name":"{{{name}}}"}}""")] });

        string cut = _world.Connect.Single.Start.Customer.Name;
        Assert.InRange(cut.Length, 256 - character.Length + 1, 256);
        Assert.StartsWith(cut, name, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, new StringInfo(cut).LengthInTextElements), i => Assert.Equal(character, new StringInfo(cut).SubstringByTextElements(i, 1)));
    }

    [Fact]
    public void A_display_name_of_one_endless_character_is_cut_all_the_same()
    {
        string name = "a" + new string('\u0301', 400);
        _world.PutAndInvoke(Events.Text("hi") with { Contacts = [Events.Message($$$"""{"profile":{"name":"{{{name}}}"}}""")] });

        Assert.Equal(256, _world.Connect.Single.Start.Customer.Name.Length);
    }
}
