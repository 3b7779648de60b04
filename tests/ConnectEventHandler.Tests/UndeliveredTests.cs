using LocalAws.DynamoDb;
using WhatsAppBuffer.ConnectEventHandler.Agents;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.WhatsApp;

namespace ConnectEventHandler.Tests;

/// <summary>Of what does not reach the customer its writer is told.</summary>
public sealed class UndeliveredTests(DynamoDbFixture dynamoDb) : Stage(dynamoDb)
{
    [Fact]
    public async Task Of_an_answer_that_WhatsApp_does_not_deliver_its_writer_is_told_in_words()
    {
        await PutAsync(Conversation, ConversationItems.Chat, (ConversationItems.Name, "Ada [link]"), (ConversationItems.Recipient, "491"), (ConversationItems.SystemNumber, "phone-number-id-1"));
        await HandleAsync(Text("m-1", "Your parcel is\nhere", writer: "contact after a transfer"));

        await HandleAsync(Failed("m-1", 131047));
        await HandleAsync(Failed("m-1", 131047));

        var told = Assert.Single(Told).Value;
        Assert.Equal(("i-1", "contact after a transfer"), (told.InstanceId, told.ContactId));
        Assert.Equal("Not delivered to Ada (link): \"Your parcel is here\": more than 24 hours have passed since the customer last wrote", told.Words["en_US"]);
        Assert.Equal(["en_US", "es_ES", "pt_BR"], told.Words.Keys);
        Assert.Single(Sent);
        Assert.Contains("Information 410 The agent was told that message m-1", Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24 * 3600, true)]
    [InlineData((24 * 3600) + 1, false)]
    [InlineData(-60, true)]
    [InlineData(null, true)]
    public async Task What_the_customer_may_no_longer_be_told_is_not_sent_and_its_writer_hears_so_at_once(int? secondsBefore, bool isSent)
    {
        await PutChatAsync(Conversation, "491");
        await NoteWroteAsync(secondsBefore is { } seconds ? new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero).AddSeconds(-seconds) : null);

        await HandleAsync(Text("m-1", "Hi"));
        await HandleAsync(Text("m-1", "Hi"));

        Assert.Equal((isSent ? 1 : 0, isSent ? 0 : 1), (Sent.Count, Told.Count));
        Assert.Empty(await WaitingAsync());
        Assert.Equal(!isSent, Log.Text.Contains("Information 412 Message m-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_held_back_outside_the_window_costs_the_next_answer_nothing()
    {
        await NoteWroteAsync(DateTimeOffset.UnixEpoch.AddDays(1));
        await HandleAsync(Text("m-1", "too late"));
        await NoteWroteAsync(new DateTimeOffset(2026, 11, 22, 9, 59, 0, TimeSpan.Zero));

        await HandleAsync(Text("m-2", "in time"));

        Assert.Equal(["in time"], Sent.Select(BodyOf));
    }

    [Fact]
    public async Task Until_the_writer_can_be_told_an_answer_outside_the_window_waits()
    {
        await NoteWroteAsync(DateTimeOffset.UnixEpoch.AddDays(1));
        AgentsAnswer = () => throw new AgentsUnreachableException("CreateNotification", new TimeoutException());
        await Assert.ThrowsAsync<AggregateException>(() => HandleAsync(Text("m-1", "too late")));
        AgentsAnswer = () => null;

        await HandleAsync(Text("m-1", "too late"));

        Assert.Empty(Sent);
        Assert.Single(Told);
    }

    [Fact]
    public async Task Who_cannot_be_told_is_in_the_log_once()
    {
        AgentsAnswer = () => "NoAgent";
        await HandleAsync(Text("m-1", "Hi"));

        await HandleAsync(Failed("m-1", 131026));
        await HandleAsync(Failed("m-1", 131026));
        await HandleAsync(Failed("older version", 131026));

        Assert.Empty(Told);
        Assert.Equal(1, Log.Text.Split("Warning 411 Message m-1 is not delivered, and no agent could be told (NoAgent)").Length - 1);
        Assert.Contains("Warning 411 Message older version is not delivered, and no agent could be told (UnknownAnswer)", Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_agents_cannot_be_reached_the_status_comes_again()
    {
        await HandleAsync(Text("m-1", "Hi"));
        AgentsAnswer = () => throw new AgentsUnreachableException("CreateNotification", new TimeoutException());
        await Assert.ThrowsAsync<AggregateException>(() => HandleAsync(Failed("m-1", 131026)));
        AgentsAnswer = () => null;

        await HandleAsync(Failed("m-1", 131026));

        Assert.Single(Told);
    }

    [Fact]
    public async Task What_else_WhatsApp_tells_of_an_answer_is_nothing_to_tell_an_agent()
    {
        await HandleAsync(Text("m-1", "Hi"));

        await HandleAsync(new AnswerStatus("m-1", 0, "delivered", null, null).ToJson());

        Assert.Empty(Told);
    }
}
