using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using LocalAws.DynamoDb;
using WhatsAppBuffer.ConnectEventHandler.WhatsApp;
using WhatsAppBuffer.Contracts.Conversations;

namespace ConnectEventHandler.Tests;

/// <summary>What agents write, on its way to the customer.</summary>
public sealed class FunctionTests(DynamoDbFixture dynamoDb) : Stage(dynamoDb)
{
    [Fact]
    public async Task An_agents_words_reach_the_customer()
    {
        await HandleAsync(Text("m-1", "Hi Kike"));

        Assert.Equal(
            """{"messaging_product":"whatsapp","recipient_type":"individual","to":"\u002B491","biz_opaque_callback_data":"reply:0:m-1","type":"text","text":{"preview_url":false,"body":"Hi Kike"}}""",
            JsonSerializer.Serialize(Assert.Single(Sent)));
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task An_event_that_comes_again_sends_nothing_again()
    {
        await HandleAsync(Text("m-1", "Hi"));
        await HandleAsync(Text("m-1", "Hi"), Text("m-1", "Hi"));

        Assert.Single(Sent);
    }

    [Theory]
    [InlineData("503#DE.1", "DE.1", """{"recipient_type":"individual","recipient":"DE.1"}""")]
    [InlineData("503#group:g-1", "g-1", """{"recipient_type":"group","to":"g-1"}""")]
    public async Task Whoever_has_no_number_and_a_group_are_answered_too(string conversation, string recipient, string expected)
    {
        await PutAsync(ConversationItems.OfContact("other"), ConversationItems.ContactOwner, (ConversationItems.Owner, conversation));
        await PutChatAsync(conversation, recipient);

        await HandleAsync(Text("m-1", "Hi", contact: "other"));

        JsonElement sent = Assert.Single(Sent);
        Assert.All(JsonNode.Parse(expected)!.AsObject(), member => Assert.Equal(member.Value!.GetValue<string>(), sent.GetProperty(member.Key).GetString()));
    }

    [Fact]
    public async Task A_long_text_goes_in_parts_and_markdown_as_WhatsApps()
    {
        await HandleAsync(Text("m-1", string.Join(' ', Enumerable.Repeat("**word**", 1_000)), contentType: "text/markdown"));

        Assert.Equal(2, Sent.Count);
        Assert.Equal(string.Join(' ', Enumerable.Repeat("*word*", 1_000)), string.Join(' ', Sent.Select(BodyOf)));
        Assert.Equal(["reply:0:m-1", "reply:1:m-1"], Sent.Select(sent => sent.GetProperty("biz_opaque_callback_data").GetString()));
    }

    [Fact]
    public async Task What_has_arrived_goes_in_Connects_order()
    {
        Outcome = () => throw new InvalidOperationException("down");
        await Assert.ThrowsAsync<AggregateException>(() => HandleAsync(Text("m-2", "second", at: 20)));
        await Assert.ThrowsAsync<AggregateException>(() => HandleAsync(Text("m-1", "first", at: 10)));
        Outcome = () => SendOutcome.Sent;
        await MarkSentAsync("other", 0);
        await HandleAsync(Text("m-3", "third", at: 30));

        Assert.Equal(["first", "second", "third"], Sent.Select(BodyOf));
    }

    [Fact]
    public async Task What_comes_too_late_for_its_place_goes_later_and_is_named()
    {
        await HandleAsync(Text("m-2", "second", at: 2));
        await HandleAsync(Text("m-1", "first", at: 1));
        await HandleAsync(Text("m-3", "third", at: 3));

        Assert.Equal(["second", "first", "third"], Sent.Select(BodyOf));
        Assert.Equal(1, Log.Text.Split("Information 417 Message m-1 came too late for its place").Length - 1);
        Assert.DoesNotContain("417 Message m-3", Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_together_goes_in_Connects_order()
    {
        await HandleAsync(Text("m-3", "third", at: 30), Text("m-1", "first", at: 10), Text("m-2", "second", at: 20));

        Assert.Equal(["first", "second", "third"], Sent.Select(BodyOf));
    }

    [Fact]
    public async Task What_comes_by_two_invocations_at_once_goes_in_Connects_order()
    {
        Task<IReadOnlyList<string>> second = Function().HandleAsync([Notification(Text("m-2", "second", at: 20))], TimeSpan.FromMinutes(5));
        Task<IReadOnlyList<string>> first = Function().HandleAsync([Notification(Text("m-1", "first", at: 10))], TimeSpan.FromMinutes(5));
        await WaitForAsync(2);

        await WhileTimePasses(Task.WhenAll(first, second));

        Assert.Equal(["first", "second"], Sent.Select(BodyOf));
    }

    [Fact]
    public async Task What_was_sent_without_an_answer_is_not_sent_again_when_a_status_names_it()
    {
        Outcome = () =>
        {
            MarkSentAsync("m-1", 0).GetAwaiter().GetResult();
            return SendOutcome.Unknown;
        };

        await HandleAsync(Text("m-1", "Hi"));

        Assert.Single(Sent);
        Assert.DoesNotContain("sent again", Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_tells_of_is_sent_again_and_named()
    {
        Queue<SendOutcome> outcomes = new([SendOutcome.Unknown, SendOutcome.Sent]);
        Outcome = outcomes.Dequeue;

        await HandleAsync(Text("m-1", "Hi"));

        Assert.Equal(2, Sent.Count);
        Assert.Contains("Warning 402 Part 0 of message m-1 is sent again", Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_throttled_waits_and_is_sent_once()
    {
        Queue<SendOutcome> outcomes = new([SendOutcome.NotSent, SendOutcome.NotSent, SendOutcome.Sent]);
        Outcome = outcomes.Dequeue;

        await HandleAsync(Text("m-1", "Hi"));

        Assert.Single(Sent);
    }

    [Fact]
    public async Task What_WhatsApp_never_takes_is_put_aside_and_holds_up_nothing()
    {
        Outcome = () => throw new SendRefusedException("InvalidParametersException", "no such number");
        await HandleAsync(Text("m-1", "Hi"));
        Outcome = () => SendOutcome.Sent;
        await HandleAsync(Text("m-2", "there"));

        Assert.Equal(["there"], Sent.Select(BodyOf));
        SendMessageRequestOf("InvalidParametersException", "no such number", "\"text\":\"Hi\"");
    }

    [Fact]
    public async Task Without_a_queue_for_it_nothing_is_lost()
    {
        HasQueue = false;
        Outcome = () => throw new SendRefusedException("InvalidParametersException", "no such number");

        await Assert.ThrowsAsync<AggregateException>(() => HandleAsync(Text("m-1", "Hi")));

        Assert.Single(await WaitingAsync());
    }

    [Fact]
    public async Task The_end_of_a_chat_closes_the_conversation()
    {
        await PutChatAsync(Conversation, "491", "contact");

        await HandleAsync(Event("end", "application/vnd.amazonaws.connect.event.chat.ended"));

        Dictionary<string, AttributeValue> chat = await GetAsync(Conversation, ConversationItems.Chat);
        Assert.False(chat.ContainsKey(ConversationItems.ContactId));
        Assert.False(chat.ContainsKey("participantToken"));
        Assert.Equal("491", chat[ConversationItems.Recipient].S);
    }

    [Fact]
    public async Task The_end_of_an_older_chat_leaves_the_newer_one_alone()
    {
        await PutChatAsync(Conversation, "491", "newer contact");

        await HandleAsync(Event("end", "application/vnd.amazonaws.connect.event.chat.ended"));

        Assert.Equal("newer contact", (await GetAsync(Conversation, ConversationItems.Chat))[ConversationItems.ContactId].S);
    }

    [Fact]
    public async Task A_contact_of_somebody_else_is_answered_nowhere()
    {
        await HandleAsync(Text("m-1", "Hi", contact: "strange"));

        Assert.Empty(Sent);
        Assert.Contains("Warning 406", Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_event_of_a_chat_leaves_with_its_reason()
    {
        await HandleAsync("{}");

        SendMessageRequestOf("UnreadableEvent", "InitialContactId is missing", "");
    }

    [Fact]
    public async Task Only_what_failed_comes_again_from_the_queue()
    {
        Outcome = () => throw new InvalidOperationException("down");
        await PutAsync(ConversationItems.OfContact("ended"), ConversationItems.ContactOwner, (ConversationItems.Owner, Conversation));

        IReadOnlyList<string> failed = await WhileTimePasses(Function().HandleAsync(
            [Notification(Text("m-1", "Hi")) with { QueueMessageId = "one" }, Notification(Event("end", "application/vnd.amazonaws.connect.event.chat.ended", "ended")) with { QueueMessageId = "two" }],
            TimeSpan.FromMinutes(5)));

        Assert.Equal(["one"], failed);
    }
}
