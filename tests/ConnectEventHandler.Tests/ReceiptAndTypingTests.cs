using LocalAws.DynamoDb;
using WhatsAppBuffer.ConnectEventHandler.Typing;
using WhatsAppBuffer.ConnectEventHandler.WhatsApp;
using WhatsAppBuffer.Contracts.Conversations;

namespace ConnectEventHandler.Tests;

/// <summary>What agents see of their answers, and customers of agents who write.</summary>
public sealed class ReceiptAndTypingTests(DynamoDbFixture dynamoDb) : Stage(dynamoDb)
{
    [Fact]
    public async Task What_the_customer_has_and_has_read_is_shown_to_the_agent_at_the_last_part()
    {
        await PutConnectedChatAsync();
        await HandleAsync(Text("m-1", new string('a', 5_000)));

        await HandleAsync(Status("m-1", 0, "delivered"), Status("m-1", 1, "sent"), Status("m-1", 1, "delivered"));
        await HandleAsync(Status("m-1", 1, "read"));

        Assert.Equal([("connection", "m-1", false), ("connection", "m-1", true)], Receipts);
    }

    [Fact]
    public async Task Of_an_ended_chat_and_of_an_unknown_answer_nothing_is_shown()
    {
        await HandleAsync(Text("m-1", "Hi"));

        await HandleAsync(Status("m-1", 0, "read"), Status("m-2", 0, "read"));

        Assert.Empty(Receipts);
    }

    [Fact]
    public async Task A_receipt_that_Connect_does_not_take_is_logged_and_does_not_come_again()
    {
        await PutConnectedChatAsync();
        await HandleAsync(Text("m-1", "Hi"));
        NoReceipt = "AccessDeniedException";

        await HandleAsync(Status("m-1", 0, "read"));

        Assert.Single(Receipts);
        Assert.Contains("Information 413 The agent is not shown that message m-1 is read (AccessDeniedException)", Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_an_agent_writes_is_shown_at_the_customers_newest_message_once_in_a_while()
    {
        await PutConnectedChatAsync(lastMessageId: "wamid.newest");
        DynamoDb.Time.SetUtcNow(DynamoDb.Time.GetUtcNow() + TimeSpan.FromMinutes(1));

        await HandleAsync(Typing(TimeSpan.Zero));
        await HandleAsync(Typing(TimeSpan.Zero));
        DynamoDb.Time.Advance(TypingIndicator.Pause);
        await HandleAsync(Typing(TimeSpan.Zero));

        Assert.Equal(2, Sent.Count);
        Assert.All(Sent, sent => Assert.Equal(
            ("read", "wamid.newest", "text"),
            (sent.GetProperty("status").GetString(), sent.GetProperty("message_id").GetString(), sent.GetProperty("typing_indicator").GetProperty("type").GetString())));
    }

    [Theory]
    [InlineData("503#491", "", 0)]
    [InlineData("503#491", null, 0)]
    [InlineData("503#491", "wamid.newest", 11)]
    [InlineData("503#group:g1", "wamid.newest", 0)]
    public async Task Nobody_sees_typing_without_read_marks_in_a_group_or_when_it_is_over(string conversation, string? lastMessageId, int secondsAgo)
    {
        await PutAsync(ConversationItems.OfContact("contact"), ConversationItems.ContactOwner, (ConversationItems.Owner, conversation));
        await PutConnectedChatAsync(conversation, lastMessageId);

        await HandleAsync(Typing(TimeSpan.FromSeconds(secondsAgo)));

        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Typing_that_WhatsApp_does_not_take_costs_nothing()
    {
        await PutConnectedChatAsync(lastMessageId: "wamid.newest");
        Outcome = () => throw new SendRefusedException("ValidationException", "no");

        await HandleAsync(Typing(TimeSpan.Zero));

        Assert.Empty(Letters.Letters);
        Assert.Contains("Information 414", Log.Text, StringComparison.Ordinal);
    }
}
