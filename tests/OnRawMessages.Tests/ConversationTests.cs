using WhatsAppBuffer.Contracts.Queues;
using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using LocalAws.DynamoDb;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.OnRawMessages;
using WhatsAppBuffer.OnRawMessages.Conversations;
using WhatsAppBuffer.Tests;

namespace OnRawMessages.Tests;

/// <summary>Whose conversation a message is stored in.</summary>
public sealed class ConversationTests(DynamoDbFixture dynamoDb) : IClassFixture<DynamoDbFixture>, IAsyncLifetime
{
    private readonly CollectedLog<Function> _log = new();
    private string _raw = "";
    private string _conversations = "";
    private int _messages;

    public async ValueTask InitializeAsync()
    {
        _raw = (await dynamoDb.CreateTableAsync()).TableName;
        _conversations = await ConversationsTable.CreateAsync(dynamoDb.Client);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("""{"from":"491"}""", "491")]
    [InlineData("""{"from_user_id":"DE.1"}""", "DE.1")]
    [InlineData("""{"from":"491","from_user_id":"DE.1"}""", "DE.1")]
    [InlineData("""{"from":"491","from_user_id":"DE.1","group_id":"g"}""", "group:g")]
    [InlineData("""{"group_id":"g"}""", "group:g")]
    [InlineData("""{"type":"system","system":{"type":"user_changed_user_id","previous_user_id":"DE.1","user_id":"DE.2"}}""", "DE.1")]
    [InlineData("""{"type":"system","system":{"type":"user_changed_user_id","user_id":"DE.2"}}""", "DE.2")]
    [InlineData("""{"from":"491","type":"system","system":{"type":"user_changed_number","wa_id":"492"}}""", "491")]
    [InlineData("""{"from":"group:g"}""", null)]
    public async Task Somebody_nobody_knows_is_known_by_the_first_id(string message, string? customer) =>
        Assert.Equal(customer, customer is null ? await RejectedAsync(message) : await StoreAsync(message));

    [Fact]
    public async Task Whoever_gets_a_user_id_or_a_number_or_loses_one_stays_in_the_conversation()
    {
        Assert.Equal("491", await StoreAsync("""{"from":"491"}"""));
        Assert.Equal("491", await StoreAsync("""{"from":"491","from_user_id":"DE.1"}"""));
        Assert.Equal("491", await StoreAsync("""{"from_user_id":"DE.1"}"""));
        Assert.Equal("491", await StoreAsync("""{"from":"491"}"""));
    }

    [Theory]
    [InlineData("""{"from":"491","type":"system","system":{"type":"user_changed_number","wa_id":"492","user_id":"DE.2","previous_user_id":"DE.1"}}""")]
    [InlineData("""{"from":"491","type":"system","system":{"type":"customer_changed_number","new_wa_id":"492"}}""")]
    public async Task A_new_number_stays_in_the_conversation(string change)
    {
        Assert.Equal("491", await StoreAsync("""{"from":"491"}"""));
        Assert.Equal("491", await StoreAsync(change));
        Assert.Equal("491", await StoreAsync("""{"from":"492"}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"from\":\"491\",")]
    [InlineData("\"from_user_id\":\"DE.2\",")]
    public async Task A_new_user_id_stays_in_the_conversation_with_or_without_a_sender(string sender)
    {
        Assert.Equal("DE.1", await StoreAsync("""{"from":"491","from_user_id":"DE.1"}"""));
        Assert.Equal("DE.1", await StoreAsync($$"""{ {{sender}}"type":"system","system":{"type":"user_changed_user_id","previous_user_id":"DE.1","user_id":"DE.2"} }"""));
        Assert.Equal("DE.1", await StoreAsync("""{"from_user_id":"DE.2"}"""));
    }

    [Fact]
    public async Task Two_conversations_of_one_person_go_on_as_the_one_with_the_running_chat()
    {
        await StoreAsync("""{"from":"491"}""");
        await StoreAsync("""{"from_user_id":"DE.1"}""");
        await PutChatAsync("DE.1", newestMessage: 9, contactId: null);
        await PutChatAsync("491", newestMessage: 5, contactId: "contact");

        Assert.Equal("491", await StoreAsync("""{"from":"491","from_user_id":"DE.1"}"""));
        Assert.Equal("491", await StoreAsync("""{"from_user_id":"DE.1"}"""));
        Assert.Equal(["491", "DE.1"], (await StoredAsync()).Where(item => !item.ContainsKey("storedUnder")).Take(2).Select(item => item["from"].S).Order());
    }

    [Fact]
    public async Task Of_two_running_chats_the_one_with_the_newest_message_goes_on()
    {
        await StoreAsync("""{"from":"491"}""");
        await StoreAsync("""{"from_user_id":"DE.1"}""");
        await PutChatAsync("491", newestMessage: 5, contactId: "one");
        await PutChatAsync("DE.1", newestMessage: 9, contactId: "other");

        Assert.Equal("DE.1", await StoreAsync("""{"from":"491","from_user_id":"DE.1"}"""));
    }

    [Fact]
    public async Task Three_conversations_of_one_person_become_one()
    {
        await StoreAsync("""{"from":"491"}""");
        await StoreAsync("""{"from_user_id":"DE.1"}""");
        await StoreAsync("""{"from":"492"}""");
        await StoreAsync("""{"from":"491","from_user_id":"DE.1"}""");
        await StoreAsync("""{"from":"491","type":"system","system":{"type":"user_changed_number","wa_id":"492"}}""");

        string[] customers = [await StoreAsync("""{"from":"491"}"""), await StoreAsync("""{"from_user_id":"DE.1"}"""), await StoreAsync("""{"from":"492"}""")];

        Assert.Single(customers.Distinct());
    }

    [Fact]
    public async Task A_copy_of_a_message_is_not_stored_twice_in_whatever_form_it_comes()
    {
        await StoreAsync("""{"from":"491"}""");
        await StoreAsync("""{"id":"copied","from_user_id":"DE.1"}""");
        await PutChatAsync("491", newestMessage: 5, contactId: "one");
        await StoreAsync("""{"from":"491","from_user_id":"DE.1"}""");

        await HandleAsync("""{"id":"copied","from":"491","from_user_id":"DE.1"}""");
        await HandleAsync("""{"id":"copied","from":"491"}""");

        Assert.Equal("DE.1", Assert.Single(await StoredAsync(), item => item["id"].S == "copied")["from"].S);
    }

    [Fact]
    public async Task A_sandbox_that_knows_an_older_conversation_neither_loses_nor_doubles()
    {
        var old = new RouteCache(dynamoDb.Time);
        await StoreAsync("""{"from":"491"}""", old);
        await StoreAsync("""{"from_user_id":"DE.1"}""", old);
        await PutChatAsync("491", newestMessage: 5, contactId: "one");
        await StoreAsync("""{"from":"491","from_user_id":"DE.1"}""");

        Assert.Equal("DE.1", await StoreAsync("""{"id":"one","from_user_id":"DE.1"}""", old));
        await HandleAsync("""{"id":"one","from_user_id":"DE.1"}""");
        Assert.Equal("491", await StoreAsync("""{"id":"other","from_user_id":"DE.1"}"""));
        await HandleAsync("""{"id":"other","from_user_id":"DE.1"}""", old);

        Assert.Equal(["491", "DE.1"], (await StoredAsync()).Where(item => item["id"].S is "one" or "other" && !item.ContainsKey("storedUnder")).Select(item => item["from"].S).Order());
        dynamoDb.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("491", await StoreAsync("""{"from_user_id":"DE.1"}""", old));
    }

    [Fact]
    public async Task A_conversation_that_an_older_version_began_goes_on()
    {
        await PutChatAsync("491", newestMessage: 5, contactId: "one");

        Assert.Equal("491", await StoreAsync("""{"from":"491","from_user_id":"DE.1"}"""));
        Assert.Equal("491", await StoreAsync("""{"from_user_id":"DE.1"}"""));
    }

    [Fact]
    public async Task A_contact_links_its_two_ids_only_when_the_message_shows_one_of_them()
    {
        Assert.Equal("491", await StoreAsync("""{"from":"491"}""", contacts: """[{"wa_id":"491","user_id":"DE.1"},{"wa_id":"492","user_id":"DE.2"}]"""));
        Assert.Equal("491", await StoreAsync("""{"from_user_id":"DE.1"}"""));
        Assert.Equal("493", await StoreAsync("""{"from":"493"}""", contacts: """[{"wa_id":"494","user_id":"DE.4"}]"""));
        Assert.Equal("DE.4", await StoreAsync("""{"from_user_id":"DE.4"}"""));
    }

    [Fact]
    public async Task Two_business_numbers_and_groups_and_private_words_stay_apart()
    {
        await StoreAsync("""{"from":"491"}""");
        Assert.Equal("DE.1", await StoreAsync("""{"from":"491","from_user_id":"DE.1"}""", phoneNumberId: "504"));
        Assert.Equal("group:g", await StoreAsync("""{"from":"491","from_user_id":"DE.1","group_id":"g"}"""));
        Assert.Equal("DE.1", await StoreAsync("""{"from_user_id":"DE.1"}"""));
    }

    [Fact]
    public async Task Two_who_link_the_same_ids_at_the_same_moment_agree()
    {
        for (int round = 0; round < 20; round++)
        {
            string[] ids = [$"{round}", $"DE.{round}", $"FR.{round}"];
            await Task.WhenAll(
                HandleAsync($$"""{"id":"a{{round}}","from":"{{ids[0]}}","from_user_id":"{{ids[1]}}"}"""),
                HandleAsync($$"""{"id":"b{{round}}","from":"{{ids[0]}}","from_user_id":"{{ids[2]}}"}"""),
                HandleAsync($$"""{"id":"c{{round}}","from_user_id":"{{ids[2]}}"}"""),
                HandleAsync($$"""{"id":"d{{round}}","from":"{{ids[0]}}"}"""));

            string[] after = [await StoreAsync($$"""{"from":"{{ids[0]}}"}"""), await StoreAsync($$"""{"from_user_id":"{{ids[1]}}"}"""), await StoreAsync($$"""{"from_user_id":"{{ids[2]}}"}""")];
            Assert.Single(after.Distinct());
        }
    }

    [Fact]
    public async Task An_alias_lives_for_half_a_year_after_its_last_use()
    {
        await StoreAsync("""{"from":"491"}""");
        string first = (await AliasAsync("491"))[ConversationItems.ExpiresAt].N;

        await StoreAsync("""{"from":"491"}""");
        Assert.Equal(first, (await AliasAsync("491"))[ConversationItems.ExpiresAt].N);

        dynamoDb.Time.Advance(TimeSpan.FromDays(100));
        await StoreAsync("""{"from":"491"}""");
        Assert.Equal(dynamoDb.Time.GetUtcNow().AddDays(180).ToUnixTimeSeconds(), long.Parse((await AliasAsync("491"))[ConversationItems.ExpiresAt].N, CultureInfo.InvariantCulture));
    }

    private async Task<Dictionary<string, AttributeValue>> AliasAsync(string id) => (await dynamoDb.Client.GetItemAsync(
        _conversations, ConversationTable.Key(new ConversationKey(id, "503").ToString(), ConversationItems.Alias), TestContext.Current.CancellationToken)).Item;

    private Task PutChatAsync(string customer, long newestMessage, string? contactId)
    {
        Dictionary<string, AttributeValue> row = ConversationTable.Key(new ConversationKey(customer, "503").ToString(), ConversationItems.Chat);
        row[ConversationItems.NewestMessage] = ConversationTable.Number(newestMessage);
        if (contactId is not null)
        {
            row[ConversationItems.ContactId] = new AttributeValue(contactId);
        }

        return dynamoDb.Client.PutItemAsync(_conversations, row, TestContext.Current.CancellationToken);
    }

    private async Task<string?> RejectedAsync(string message)
    {
        await Assert.ThrowsAsync<MessagesNotStoredException>(() => StoreAsync(message));
        return null;
    }

    /// <returns>The partition that the message is in.</returns>
    private async Task<string> StoreAsync(string message, RouteCache? cache = null, string? contacts = null, string phoneNumberId = "503")
    {
        JsonObject json = JsonNode.Parse(message)!.AsObject();
        string id = json["id"]?.GetValue<string>() ?? $"wamid.{++_messages}";
        json["id"] = id;
        await HandleAsync(json.ToJsonString(), cache, contacts, phoneNumberId);
        return Assert.Single(await StoredAsync(), item => item["id"].S == id && !item.ContainsKey("storedUnder"))["from"].S;
    }

    private async Task HandleAsync(string message, RouteCache? cache = null, string? contacts = null, string phoneNumberId = "503")
    {
        string entry = $$"""{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{phoneNumberId}}"},"contacts":{{contacts ?? "null"}},"messages":[{{message}}]} }] }""";
        string envelope = new JsonObject { ["whatsAppWebhookEntry"] = entry }.ToJsonString();
        string lambdaEvent = new JsonObject { ["Records"] = new JsonArray(new JsonObject { ["Sns"] = new JsonObject { ["MessageId"] = "sns-1", ["Message"] = envelope } }) }.ToJsonString();
        var table = new ConversationTable(dynamoDb.Client, _conversations, dynamoDb.Time);
        var function = new Function(
            new RawMessageStore(dynamoDb.Client, _raw, table), new ConversationFinder(table, cache ?? new RouteCache(dynamoDb.Time)), new SentParts(table), null, TimeSpan.FromDays(7), null, dynamoDb.Time, _log);
        (await function.HandleAsync(Notifications.Read(System.Text.Encoding.UTF8.GetBytes(lambdaEvent)), new LambdaContext())).Dispose();
    }

    private async Task<List<Dictionary<string, AttributeValue>>> StoredAsync() =>
        (await dynamoDb.Client.ScanAsync(new ScanRequest { TableName = _raw }, TestContext.Current.CancellationToken)).Items ?? [];
}
