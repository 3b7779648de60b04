using System.Text.Json;
using Microsoft.Extensions.Logging;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

/// <summary>
/// What the guide's own code gets wrong, by the numbers of our notes on its source ("tables" 11–12, "inbound handler" 24–43), and that this
/// function does not. Not here: 11 (the adapters' tests), 13 (infrastructure), 32 and 37–38 as far as they are about downloads this function
/// does not make.
/// </summary>
public class DefectsOfTheSampleTests
{
    private const string Image = """{"from":"14157470265","id":"wamid.image","type":"image","image":{"caption":"the receipt","mime_type":"image/jpeg","id":"1003"}}""";

    private readonly CloudWorld _world = new();

    [Fact]
    public void D12_D24_Two_flushes_of_one_sender_at_once_open_one_chat()
    {
        AggregatedEvent[] flushes = [Events.Text("first", 1), Events.Text("second", 2)];
        foreach (AggregatedEvent flush in flushes)
        {
            _world.Put(flush);
            _world.InvokeAsync(flush, TimeSpan.Zero);
        }

        Assert.Empty(_world.Settle());

        Assert.Equal(["first", "second"], _world.Connect.Single.Texts);
        Assert.Single(_world.Table.Chats);
    }

    [Fact]
    public void D25_A_text_above_Connects_limit_is_sent_in_several_messages()
    {
        string text = string.Join('\n', Enumerable.Range(0, 200).Select(line => $"{line}: {new string('x', line % 40)}"));

        _world.PutAndInvoke(Events.Text(text));

        Assert.All(_world.Connect.Seen, part => Assert.InRange(part.Length, 1, 1024));
        Assert.Equal(text, string.Join('\n', _world.Connect.Seen));
    }

    [Fact]
    public void D26_A_sender_without_a_name_can_start_a_chat()
    {
        _world.PutAndInvoke(Events.Text("hi") with { Contacts = [] });

        Assert.Equal("14157470265", _world.Connect.Single.Start.Customer.Name);
    }

    [Theory]
    [InlineData("ThrottlingException", 429)]
    [InlineData("ValidationException", 400)]
    [InlineData("InternalServerException", 500)]
    [InlineData("SomethingNew", 418)]
    public void D27_No_error_swallows_a_message_and_none_gets_a_tick(string errorCode, int status)
    {
        _world.Connect.Fail = (operation, _) => operation == "SendMessage"
            ? new ConnectException(ConnectFailures.Of(operation, errorCode, (System.Net.HttpStatusCode)status), operation, errorCode, "no")
            : null;

        _world.PutAndInvoke(Events.Text("kept"));

        Assert.Equal(1, _world.Table.Outbox.Count + _world.DeadLetters.Count);
        Assert.DoesNotContain(_world.WhatsAppSends, send => send.GetRawText().Contains("2705", StringComparison.Ordinal));
    }

    [Fact]
    public void D28_Access_denied_renews_the_connection_before_a_new_chat_is_thought_of()
    {
        _world.PutAndInvoke(Events.Text("day 1", 1));
        _world.Clock.Advance(TimeSpan.FromDays(1));
        _world.Connect.Single.ConnectionTokens.Clear();

        _world.PutAndInvoke(Events.Text("day 2", 2));

        Assert.Equal(["day 1", "day 2"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void D29_A_chat_whose_row_could_not_be_written_is_found_again()
    {
        int failures = 1;
        _world.Trouble = step => step == "Save" && failures-- > 0 ? Trouble.CrashBefore : Trouble.None;
        _world.Put(Events.Text("hi"));
        _world.InvokeAsync(Events.Text("hi"), TimeSpan.Zero);

        Assert.Empty(_world.Settle());

        Assert.Equal(["hi"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void D30_A_retried_invocation_repeats_neither_chat_nor_message()
    {
        int failures = 1;
        _world.Trouble = step => step == "ReleaseAndRemove" && failures-- > 0 ? Trouble.CrashBefore : Trouble.None;
        _world.Put(Events.Text("hi"));
        _world.InvokeAsync(Events.Text("hi"), TimeSpan.Zero);

        Assert.Empty(_world.Settle());

        Assert.Equal(["hi"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void D31_Streaming_is_on_before_the_customer_joins_the_chat()
    {
        _world.Environment = _world.Environment with { TopicArn = "arn:topic" };

        _world.PutAndInvoke(Events.Text("hi"));

        Assert.Equal(["stream contact-1", "join contact-1"], _world.Connect.Calls);
        Assert.Equal(["arn:topic"], _world.Connect.Single.Topics);
    }

    [Fact]
    public void D33_The_attachment_of_a_new_sender_is_the_chats_first_message()
    {
        _world.PutAndInvoke(Events.Of(1, "14157470265", Events.Message(Image)));

        Assert.Equal(["[Image]\nthe receipt"], _world.Connect.Single.Texts);
    }

    [Fact]
    public void D34_A_caption_is_sent_once_when_the_chat_has_ended_meanwhile()
    {
        _world.PutAndInvoke(Events.Text("before", 1));
        _world.Connect.Single.Ended = true;

        _world.PutAndInvoke(Events.Of(2, "14157470265", Events.Message(Image)));

        Assert.Single(_world.Connect.Seen, text => text.Contains("the receipt", StringComparison.Ordinal));
    }

    [Fact]
    public void D35_A_failure_before_there_is_any_chat_is_said_as_it_is()
    {
        _world.Connect.Fail = (operation, _) => new ConnectException(ConnectFailure.Misconfigured, operation, "ResourceNotFoundException", "no such instance");

        Assert.Equal("StartChatContact failed with ResourceNotFoundException: no such instance", _world.PutAndInvoke(Events.Text("hi"))!.Message);
    }

    [Theory]
    [InlineData("location", """{"latitude":1.5,"longitude":2.5}""")]
    [InlineData("contacts", """[{"name":{"formatted_name":"Ana"}}]""")]
    [InlineData("interactive", """{"type":"button_reply","button_reply":{"id":"1","title":"Yes"}}""")]
    [InlineData("button", """{"text":"Stop"}""")]
    [InlineData("order", """{"catalog_id":"1","product_items":[]}""")]
    public void D36_Every_kind_of_message_reaches_the_agent_in_a_new_chat_and_in_a_running_one(string type, string content)
    {
        JsonElement message = Events.Message($$$"""{"from":"14157470265","id":"w","type":"{{{type}}}","{{{type}}}":{{{content}}}}""");

        _world.PutAndInvoke(Events.Of(1, "14157470265", message));
        _world.PutAndInvoke(Events.Of(2, "14157470265", message));

        Assert.Equal(2, _world.Connect.Single.Texts.Count);
        Assert.All(_world.Connect.Seen, text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    [Fact]
    public void D39_A_failing_courtesy_stops_nothing_and_a_burst_costs_three_at_most()
    {
        _world.SettingsJson = """{"instance_id":"i-1","contact_flow_id":"f-1","courtesies":"all"}""";
        _world.PutAndInvoke(Events.Of(1, "14157470265", [.. Enumerable.Range(1, 9).Select(i => Events.TextMessage($"{i}", i))]));
        Assert.Equal(3, _world.WhatsAppSends.Count);
        _world.WhatsAppFailure = new InvalidOperationException("WhatsApp is down");

        Assert.Null(_world.PutAndInvoke(Events.Text("still delivered", 10)));

        Assert.Equal("still delivered", _world.Connect.Seen.Last());
        Assert.Contains(_world.Logger.Lines, line => line.Level == LogLevel.Warning && line.Line.Contains("InvalidOperationException", StringComparison.Ordinal));
    }

    [Fact]
    public void D40_No_business_number_stops_nothing_and_a_user_id_gets_no_plus()
    {
        Assert.Null(_world.PutAndInvoke(Events.Text("hi", 1, "US.z9") with { Context = null }));
        Assert.Null(_world.PutAndInvoke(Events.Text("hi", 2, "US.z9")));

        Assert.Equal(2, _world.Connect.Single.Texts.Count);
        Assert.DoesNotContain(_world.WhatsAppSends, send => send.GetRawText().Contains("+US", StringComparison.Ordinal));
    }

    [Fact]
    public void D41_Logs_hold_no_text_no_name_no_phone_number_and_no_token()
    {
        string[] secrets = ["my secret", "14157470265", "Kike", "participant-of", "connection-"];
        int troubles = 0;
        _world.Trouble = _ => (Trouble)(troubles++ % 5 == 3 ? 3 : 0);
        _world.PutAndInvoke(Events.Text("my secret", 1));
        _world.Connect.Contacts.ForEach(contact => contact.Ended = true);
        _world.PutAndInvoke(Events.Text("my secret, again", 2));
        _world.Connect.Fail = (operation, text) =>
            operation == "SendMessage" ? new ConnectException(ConnectFailure.Refused, operation, "ValidationException", $"bad content '{text}'") : null;
        _world.PutAndInvoke(Events.Text("my secret, refused", 3));

        Assert.True(_world.Logger.Lines.Count > 5);
        Assert.All(
            _world.Logger.Lines.Where(line => line.Level > LogLevel.Debug),
            line => Assert.DoesNotContain(secrets, secret => line.Line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public void D42_Tokens_are_not_shown_by_what_holds_them() => Assert.DoesNotContain(
        "secret", $"{new ChatState(1, new ConnectedChat("c", "secret-1", "secret-2", new ChatCustomer("secret-3", "secret-4", "secret-5", "secret-6")))} {new OpenedChat("c", "secret")}", StringComparison.Ordinal);

    [Fact]
    public void D43_No_text_is_cut_off()
    {
        string text = new('x', 50_000);

        _world.PutAndInvoke(Events.Text(text));

        Assert.Equal(text, string.Concat(_world.Connect.Seen));
    }
}
