using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using WhatsAppBuffer.Contracts.Conversations;
using LocalAws.Endpoint;
using WhatsAppBuffer.WhatsAppEventHandler.Chats;
using WhatsAppBuffer.WhatsAppEventHandler.Outbox;

namespace WhatsAppEventHandler.Tests.Cloud;

[Collection(nameof(CloudFixture))]
public class DynamoDbChatsTests(CloudFixture cloud)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);
    private static readonly ChatState Connected = new(3, new ConnectedChat("contact", "participant", "connection", new ChatCustomer("569", "Kike", "phone-number-id-1", "569")));

    private readonly string _conversation = $"1#{Guid.NewGuid():N}";

    private DynamoDbChats Chats => new(new ConversationTable(cloud.DynamoDb, CloudFixture.Table, cloud.Time));

    [Fact]
    public async Task Whose_chat_a_contact_is_and_where_its_answers_go_is_noted_before_there_is_a_chat()
    {
        await TakeAsync("a", Now);

        Assert.True(await AnnounceAsync("a", "contact"));
        Assert.True(await AnnounceAsync("a", "contact"));

        Assert.Equal(_conversation, (await ItemAsync(ConversationItems.OfContact("contact"), ConversationItems.ContactOwner))[ConversationItems.Owner].S);
        Dictionary<string, AttributeValue> chat = await ItemAsync(_conversation, ConversationItems.Chat);
        Assert.Equal(("569", "phone-number-id-1"), (chat[ConversationItems.Recipient].S, chat[ConversationItems.SystemNumber].S));
    }

    [Fact]
    public async Task Who_has_lost_the_lease_notes_no_contact()
    {
        await TakeAsync("b", Now);

        Assert.False(await AnnounceAsync("a", "nobody's"));

        Assert.Empty(await ItemAsync(ConversationItems.OfContact("nobody's"), ConversationItems.ContactOwner));
    }

    [Fact]
    public async Task Where_answers_go_stays_known_when_a_chat_proves_dead()
    {
        await TakeAsync("a", Now);
        await AnnounceAsync("a", "contact");

        await Chats.TrySaveAsync(_conversation, "a", Connected with { Connected = null }, default);

        Assert.Equal("569", (await ItemAsync(_conversation, ConversationItems.Chat))[ConversationItems.Recipient].S);
    }

    private Task<bool> AnnounceAsync(string owner, string contactId) => Chats.TryAnnounceAsync(_conversation, owner, contactId, Connected.Connected!.Customer, default);

    private async Task<Dictionary<string, AttributeValue>> ItemAsync(string partition, string item) =>
        (await cloud.DynamoDb.GetItemAsync(CloudFixture.Table, ConversationTable.Key(partition, item), TestContext.Current.CancellationToken)).Item ?? [];

    [Fact]
    public async Task A_lease_is_one_owners_until_it_expires_or_is_released()
    {
        Assert.Equal(ChatState.None, await TakeAsync("a", Now));
        Assert.Null(await TakeAsync("b", Now));
        Assert.Equal(ChatState.None, await TakeAsync("a", Now.AddSeconds(10)));
        Assert.Null(await TakeAsync("b", Now.AddSeconds(40)));
        Assert.Equal(ChatState.None, await TakeAsync("b", Now.AddSeconds(41)));

        await Chats.ReleaseAsync(_conversation, "a", default);
        Assert.Null(await TakeAsync("a", Now.AddSeconds(42)));
        await Chats.ReleaseAsync(_conversation, "b", default);
        Assert.Equal(ChatState.None, await TakeAsync("a", Now.AddSeconds(42)));
    }

    private static ChatState Written => ChatState.None with { NewestMessage = 9, CustomerWroteAt = 11 };

    [Fact]
    public async Task The_lease_and_a_delivered_aggregate_go_together_or_not_at_all()
    {
        var item = new OutboxItem(_conversation, ConversationItems.Outbox("1", 0), "id-1", "{}") { CreatedAt = cloud.Time.GetUtcNow() };
        await OutboxItems.PutAsync(cloud, item);
        var outbox = new DynamoDbOutbox(new ConversationTable(cloud.DynamoDb, CloudFixture.Table, cloud.Time));
        await TakeAsync("a", Now);

        Assert.False(await Chats.TryReleaseAsync(_conversation, "b", item, Written, default));
        Assert.Null(await TakeAsync("b", Now));
        Assert.Equal([item], await outbox.WaitingAsync(_conversation, default));

        Assert.True(await Chats.TryReleaseAsync(_conversation, "a", item, Written, default));
        Assert.Empty(await outbox.WaitingAsync(_conversation, default));
        Assert.Equal(Written, await TakeAsync("b", Now));
    }

    [Theory]
    [InlineData("ConditionalCheckFailed", "None")]
    [InlineData("None", "TransactionConflict")]
    public async Task A_release_that_is_refused_because_of_others_is_no_more_than_that(string one, string other)
    {
        cloud.Faults.Add("TransactWriteItems", Canceled(one, other), times: 1);

        Assert.False(await ReleaseAsync());
    }

    [Theory]
    [InlineData("ThrottlingError", "None")]
    [InlineData("ConditionalCheckFailed", "ProvisionedThroughputExceeded")]
    [InlineData("None", "ValidationError")]
    public async Task A_release_that_failed_for_another_reason_is_an_error_not_an_answer(string one, string other)
    {
        cloud.Faults.Add("TransactWriteItems", Canceled(one, other), times: 1);

        await Assert.ThrowsAsync<TransactionCanceledException>(ReleaseAsync);
    }

    [Fact]
    public async Task Only_the_holder_of_the_lease_writes_the_chat()
    {
        await TakeAsync("a", Now);
        Assert.False(await Chats.TrySaveAsync(_conversation, "b", Connected, default));
        Assert.True(await Chats.TrySaveAsync(_conversation, "a", Connected, default));

        await Chats.ReleaseAsync(_conversation, "a", default);

        Assert.False(await Chats.TrySaveAsync(_conversation, "a", ChatState.None, default));
        Assert.Equal(Connected, await TakeAsync("b", Now));
    }

    [Fact]
    public async Task A_dead_chat_leaves_its_number_and_nothing_else()
    {
        await TakeAsync("a", Now);
        await Chats.TrySaveAsync(_conversation, "a", Connected, default);

        await Chats.TrySaveAsync(_conversation, "a", new ChatState(4, null), default);

        Assert.Equal(new ChatState(4, null), await TakeAsync("a", Now));
        Assert.DoesNotContain("contactId", (await RowAsync()).Keys);
        Assert.DoesNotContain("participantToken", (await RowAsync()).Keys);
    }

    [Fact]
    public async Task The_row_has_the_guides_names()
    {
        await TakeAsync("a", Now);
        await Chats.TrySaveAsync(_conversation, "a", Connected, default);

        Dictionary<string, AttributeValue> row = await RowAsync();

        Assert.Equal(
            ["contact", "569", "Whatsapp", "participant", "connection", "Kike", "phone-number-id-1"],
            new[] { "contactId", "customerId", "channel", "participantToken", "connectionToken", "name", "systemNumber" }.Select(name => row[name].S));
        Assert.Equal("3", row["chatNumber"].N);
    }

    [Fact]
    public async Task D11_A_row_expires_by_a_number_of_seconds_after_the_longest_chat()
    {
        await TakeAsync("a", Now);

        string seconds = (await RowAsync())[ConversationItems.ExpiresAt].N;

        Assert.Equal(Now.AddDays(10), DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds)));
    }

    private static AwsException Canceled(params string[] reasons) => new(
        "TransactionCanceledException", $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", reasons)}]")
    {
        Members = new Dictionary<string, string> { ["CancellationReasons"] = $"[{string.Join(',', reasons.Select(reason => $$"""{"Code":"{{reason}}"}"""))}]" },
    };

    private async Task<bool> ReleaseAsync()
    {
        using var once = new AmazonDynamoDBClient(new AmazonDynamoDBConfig { MaxErrorRetry = 0 });
        return await new DynamoDbChats(new ConversationTable(once, CloudFixture.Table, cloud.Time)).TryReleaseAsync(
            _conversation, "a", new OutboxItem(_conversation, ConversationItems.Outbox("1", 0), "id-1", "{}"), Written, default);
    }

    private Task<ChatState?> TakeAsync(string owner, DateTimeOffset now) => Chats.TryTakeAsync(_conversation, owner, now, now.AddSeconds(30), default);

    private async Task<Dictionary<string, AttributeValue>> RowAsync() => (await cloud.DynamoDb.GetItemAsync(
        CloudFixture.Table,
        new Dictionary<string, AttributeValue> { [ConversationItems.PartitionKey] = new(_conversation), [ConversationItems.SortKey] = new(ConversationItems.Chat) },
        true)).Item;
}
