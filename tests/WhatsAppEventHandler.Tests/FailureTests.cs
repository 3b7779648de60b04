using System.Net;
using WhatsAppBuffer.Contracts;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Connect;
using WhatsAppBuffer.WhatsAppEventHandler.Delivery;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests;

public class FailureTests
{
    private readonly CloudWorld _world = new();

    [Fact]
    public void Throttling_is_waited_out_within_the_time_left()
    {
        int refusals = 5;
        _world.Connect.Fail = (operation, _) => operation == "SendMessage" && refusals-- > 0 ? FakeConnect.Throttled(operation) : null;

        Assert.Null(_world.PutAndInvoke(Events.Text("patience")));

        Assert.Equal(["patience"], _world.Connect.Seen);
    }

    [Fact]
    public void An_outage_longer_than_the_invocation_leaves_the_aggregate_for_the_retry()
    {
        _world.Connect.Fail = (operation, _) => operation == "SendMessage" ? FakeConnect.Throttled(operation) : null;
        DateTimeOffset start = _world.Clock.GetUtcNow();

        var failure = Assert.IsType<ConnectException>(_world.PutAndInvoke(Events.Text("later")));

        Assert.Equal(ConnectFailure.Transient, failure.Failure);
        Assert.InRange(_world.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(45), _world.TimeOut);
        Assert.Single(_world.Table.Outbox);

        _world.Connect.Fail = (_, _) => null;
        Assert.Null(_world.Invoke(Events.Text("later")));
        Assert.Equal(["later"], _world.Connect.Seen);
    }

    [Fact]
    public void The_lease_is_renewed_during_a_long_outage_so_that_nobody_else_takes_the_conversation()
    {
        HashSet<string?> owners = [];
        _world.Connect.Fail = (operation, _) =>
        {
            owners.UnionWith(_world.Table.Chats.Values.Select(row => row.Until > _world.Clock.GetUtcNow() ? row.Owner : null));
            return operation == "SendMessage" ? FakeConnect.Throttled(operation) : null;
        };

        _world.PutAndInvoke(Events.Text("held"));

        Assert.NotNull(Assert.Single(owners));
    }

    [Theory]
    [InlineData("ValidationException")]
    [InlineData("InvalidRequestException")]
    public void A_message_that_Connect_refuses_goes_to_the_dead_letters_and_does_not_block_the_next(string errorCode)
    {
        _world.Connect.Fail = (operation, text) =>
            text == "poison" ? new ConnectException(ConnectFailures.Of(operation, errorCode, HttpStatusCode.BadRequest), operation, errorCode, "refused") : null;
        _world.Put(Events.Text("poison", 1));
        _world.Put(Events.Text("fine", 2));

        Assert.Null(_world.Invoke(Events.Text("fine", 2)));

        DeadLetter letter = Assert.Single(_world.DeadLetters);
        Assert.Equal(errorCode, letter.ErrorCode);
        Assert.Contains("poison", letter.Item.Event, StringComparison.Ordinal);
        Assert.Equal(["fine"], _world.Connect.Seen);
        Assert.Empty(_world.Table.Outbox);
    }

    [Fact]
    public void Without_a_dead_letter_queue_a_refused_message_stays_and_the_invocation_says_what_to_do()
    {
        _world.HasDeadLetterQueue = false;
        _world.Connect.Fail = (operation, _) =>
            operation == "SendMessage" ? new ConnectException(ConnectFailure.Refused, operation, "ValidationException", "the text") : null;

        var failure = Assert.IsType<UndeliverableException>(_world.PutAndInvoke(Events.Text("the text")));

        Assert.Contains("DEAD_LETTER_QUEUE_URL", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the text", failure.ToString(), StringComparison.Ordinal);
        Assert.Single(_world.Table.Outbox);
    }

    [Fact]
    public void An_outbox_item_that_is_no_event_goes_to_the_dead_letters()
    {
        AggregatedEvent next = Events.Text("fine", 2);
        _world.Put(next);
        OutboxItem fine = _world.Table.Outbox.Values.Single();
        _world.Table.Put(fine with { SortKey = ConversationItems.Outbox("1", 0), AggregationId = "broken", Event = "{\"messages\":" });

        Assert.Null(_world.Invoke(next));

        Assert.Equal("UnreadableEvent", Assert.Single(_world.DeadLetters).ErrorCode);
        Assert.Equal(["fine"], _world.Connect.Seen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"instance_id":"<your-connect-instance-id>","contact_flow_id":"f"}""")]
    public void Bad_settings_fail_the_invocation_loudly_and_drop_nothing(string? json)
    {
        _world.SettingsJson = json;

        var failure = Assert.IsType<ConfigurationException>(_world.PutAndInvoke(Events.Text("kept")));

        Assert.Contains("/whatsapp_eum_connect_chat/config", failure.Message, StringComparison.Ordinal);
        Assert.Single(_world.Table.Outbox);
        Assert.Empty(_world.DeadLetters);
    }

    [Theory]
    [InlineData("ResourceNotFoundException", HttpStatusCode.NotFound)]
    [InlineData("InvalidParameterException", HttpStatusCode.BadRequest)]
    [InlineData("InvalidRequestException", HttpStatusCode.BadRequest)]
    [InlineData("AccessDeniedException", HttpStatusCode.Forbidden)]
    public void An_unknown_instance_or_flow_is_no_refusal_of_the_message(string errorCode, HttpStatusCode status)
    {
        _world.Connect.Fail = (operation, _) =>
            operation == "StartChatContact" ? new ConnectException(ConnectFailures.Of(operation, errorCode, status), operation, errorCode, "no such flow") : null;

        var failure = Assert.IsType<ConnectException>(_world.PutAndInvoke(Events.Text("kept")));

        Assert.Equal(ConnectFailure.Misconfigured, failure.Failure);
        Assert.Single(_world.Table.Outbox);
        Assert.Empty(_world.DeadLetters);
    }

    [Fact]
    public void A_failure_behind_the_own_aggregate_is_left_to_the_invocation_it_belongs_to()
    {
        _world.Connect.Fail = (operation, text) =>
            text == "second" ? new ConnectException(ConnectFailure.Misconfigured, operation, "UnknownError", "?") : null;
        _world.Put(Events.Text("first", 1));
        _world.Put(Events.Text("second", 2));

        Assert.Null(_world.Invoke(Events.Text("first", 1)));
        Assert.IsType<ConnectException>(_world.Invoke(Events.Text("second", 2)));

        Assert.Equal(["first"], _world.Connect.Seen);
        Assert.Single(_world.Table.Outbox);
    }

    [Fact]
    public void A_failure_before_the_own_aggregate_fails_the_invocation_for_order_comes_first()
    {
        _world.Connect.Fail = (operation, text) =>
            text == "first" ? new ConnectException(ConnectFailure.Misconfigured, operation, "UnknownError", "?") : null;
        _world.Put(Events.Text("first", 1));
        _world.Put(Events.Text("second", 2));

        Assert.IsType<ConnectException>(_world.Invoke(Events.Text("second", 2)));

        Assert.Empty(_world.Connect.Seen);
        Assert.Equal(2, _world.Table.Outbox.Count);
    }

    [Fact]
    public void An_invocation_waits_for_a_dead_holders_lease_and_takes_over()
    {
        AggregatedEvent value = Events.Text("taken over");
        _world.Put(value);
        string conversation = _world.Table.Outbox.Keys.Single().Conversation;
        _world.Table.Chats[conversation] = new ChatRow(ChatState.None, "a dead holder", _world.Clock.GetUtcNow() + Lease.Length);

        Assert.Null(_world.Invoke(value));

        Assert.Equal(["taken over"], _world.Connect.Seen);
        Assert.Null(_world.Table.Chats[conversation].Owner);
    }

    [Theory]
    [InlineData("Take")]
    [InlineData("Save")]
    [InlineData("ReleaseAndRemove")]
    public void A_write_that_meets_another_one_is_done_in_a_second_attempt(string step)
    {
        AggregatedEvent value = Events.Text("once");
        _world.Put(value);
        int conflicts = 1;
        _world.Trouble = tried => tried == step && conflicts-- > 0 ? Trouble.Throttle : Trouble.None;

        Assert.Null(_world.Invoke(value));

        Assert.Equal(["once"], _world.Connect.Seen);
        Assert.Empty(_world.Table.Outbox);
        Assert.Null(Assert.Single(_world.Table.Chats.Values).Owner);
        Assert.True(conflicts < 1);
    }

    [Fact]
    public void An_invocation_whose_time_ends_while_another_delivers_fails_so_that_Lambda_tries_again()
    {
        AggregatedEvent value = Events.Text("waiting");
        _world.Put(value);
        string conversation = _world.Table.Outbox.Keys.Single().Conversation;
        _world.Table.Chats[conversation] = new ChatRow(ChatState.None, "a busy holder", _world.Clock.GetUtcNow() + TimeSpan.FromHours(1));

        Assert.IsType<OutOfTimeException>(_world.Invoke(value));
        Assert.Single(_world.Table.Outbox);
    }

    [Fact]
    public void An_invocation_whose_aggregate_is_delivered_meanwhile_is_done_without_the_lease()
    {
        AggregatedEvent value = Events.Text("someone else's");
        _world.Put(value);
        OutboxItem item = _world.Table.Outbox.Values.Single();
        _world.Table.Chats[item.Conversation] = new ChatRow(ChatState.None, "a busy holder", _world.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        _world.After(TimeSpan.FromSeconds(3), () => _world.Table.Remove(item));

        Assert.Null(_world.Invoke(value));
        Assert.True(_world.Clock.GetUtcNow() - new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_flow_that_ends_every_chat_at_once_does_not_open_chats_without_end()
    {
        _world.Connect.Fail = (operation, _) => operation == "SendMessage" ? FakeConnect.Denied(operation) : null;

        var failure = Assert.IsType<ConnectException>(_world.PutAndInvoke(Events.Text("hello?")));

        Assert.Contains("contact flow f-1", failure.Message, StringComparison.Ordinal);
        Assert.InRange(_world.Connect.Contacts.Count, 1, 2);
        Assert.Single(_world.Table.Outbox);
    }

    [Fact]
    public void An_invocation_whose_time_ends_in_the_middle_of_a_call_says_so_and_keeps_the_aggregate()
    {
        _world.Trouble = step => step == "SendMessage" ? Trouble.Stall : Trouble.None;
        _world.TimeOut = TimeSpan.FromSeconds(30);

        Assert.IsType<OutOfTimeException>(_world.PutAndInvoke(Events.Text("slow")));

        Assert.Single(_world.Table.Outbox);
    }

    [Fact]
    public void A_function_time_out_too_short_to_work_in_is_named()
    {
        _world.TimeOut = TimeSpan.FromSeconds(3);

        Assert.Contains("time-out", Assert.IsType<InvalidOperationException>(_world.PutAndInvoke(Events.Text("short"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"messages":[{"type":"text","text":{"body":"x"}}],"metadata":{"phone_number_id":"1"}}""", "names no customer")]
    [InlineData("""{"messages":[{"from":"1","type":"text","text":{"body":"x"}}]}""", "names no business number")]
    public void An_event_that_does_not_say_whose_it_is_fails_loudly(string json, string what) =>
        Assert.Contains(what, _world.Invoke(json)!.Message, StringComparison.Ordinal);

    [Fact]
    public void An_event_without_messages_is_nothing_to_do() => Assert.Null(_world.Invoke("""{"messages":null,"contacts":null}"""));
}
