using WhatsAppBuffer.Contracts.Queues;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using LocalAws.DynamoDb;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.OnRawMessages;
using WhatsAppBuffer.OnRawMessages.Conversations;
using WhatsAppBuffer.Tests;

namespace OnRawMessages.Tests;

/// <summary>A message about an earlier one is stored with that one's first words.</summary>
public sealed class ReferenceTests(DynamoDbFixture dynamoDb) : IClassFixture<DynamoDbFixture>, IAsyncLifetime
{
    private readonly CollectedLog<Function> _log = new();
    private string _raw = "";
    private string _conversations = "";

    public async ValueTask InitializeAsync()
    {
        _raw = (await dynamoDb.CreateTableAsync()).TableName;
        _conversations = await ConversationsTable.CreateAsync(dynamoDb.Client);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("""{"context":{"from":"1","id":"first"}}""")]
    [InlineData("""{"context":{"id":"first"}}""")]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"first","emoji":"👍"}}""")]
    [InlineData("""{"type":"edit","edit":{"original_message_id":"first"}}""")]
    [InlineData("""{"type":"edit","edit":{"message_id":"first"}}""")]
    [InlineData("""{"type":"revoke","revoke":{"original_message_id":"first"}}""")]
    [InlineData("""{"type":"revoke","revoke":{"message_id":"first"}}""")]
    public async Task What_a_message_is_about_is_told_by_its_first_words(string message)
    {
        await HandleAsync("""{"id":"first","from":"1","type":"text","text":{"body":"Please prioritise KL-42"}}""");

        Assert.Equal(("text", "Please prioritise KL-42"), await ReferenceOfAsync(message));
    }

    [Theory]
    [InlineData("""{"type":"image","image":{"caption":"My cat","id":"7"}}""", "image", "My cat")]
    [InlineData("""{"type":"image","image":{"id":"7"}}""", "image", null)]
    [InlineData("""{"type":"document","document":{"filename":"bill.pdf"}}""", "document", "bill.pdf")]
    [InlineData("""{"type":"button","button":{"text":"Yes"}}""", "button", "Yes")]
    [InlineData("""{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"title":"Tuesday"}}}""", "interactive", "Tuesday")]
    [InlineData("""{"type":"text","text":5}""", "text", null)]
    [InlineData("""{"type":"text","text":{"body":"  "}}""", "text", null)]
    [InlineData("""{"type":"mystery_2027","mystery_2027":{"a":{"b":"c"}}}""", "mystery_2027", null)]
    public async Task Every_type_has_words_or_none(string first, string type, string? text)
    {
        JsonObject json = JsonNode.Parse(first)!.AsObject();
        (json["id"], json["from"]) = ("first", "1");
        await HandleAsync(json.ToJsonString());

        Assert.Equal((type, text), await ReferenceOfAsync("""{"context":{"id":"first"}}"""));
    }

    [Theory]
    [InlineData("""{"context":{"from":"56227607895","id":"first"}}""")]
    [InlineData("""{"context":{"id":"unknown"}}""")]
    [InlineData("""{"context":{"id":5}}""")]
    [InlineData("""{"context":{"id":""}}""")]
    [InlineData("""{"context":"first"}""")]
    [InlineData("""{"refers_to":{"type":"text","text":"made up"}}""")]
    [InlineData("""{"from":"2","context":{"from":"1","id":"first"}}""")]
    public async Task What_is_not_known_is_not_told(string message)
    {
        await HandleAsync("""{"id":"first","from":"1","type":"text","text":{"body":"Hello"}}""");

        Assert.Null(await ReferenceOfAsync(message));
    }

    [Fact]
    public async Task Words_are_cut_between_two_characters()
    {
        await HandleAsync($$"""{"id":"first","from":"1","type":"text","text":{"body":"a{{string.Concat(Enumerable.Repeat("😀", 200))}}"} }""");

        Assert.Equal("a" + string.Concat(Enumerable.Repeat("😀", 99)), (await ReferenceOfAsync("""{"context":{"id":"first"}}"""))!.Value.Text);
    }

    [Fact]
    public async Task A_message_of_the_same_webhook_and_one_of_the_persons_other_conversation_are_found()
    {
        await HandleAsync("""{"id":"old","from_user_id":"DE.1","type":"text","text":{"body":"before"}}""");
        await HandleAsync("""{"id":"first","from":"1","type":"text","text":{"body":"Hello"}}""", """{"id":"own","from":"1","context":{"id":"first"}}""");
        await HandleAsync("""{"id":"link","from":"1","from_user_id":"DE.1"}""");

        Assert.Equal("Hello", ReferenceIn(await StoredAsync("own"))!.Value.Text);
        Assert.Equal("before", (await ReferenceOfAsync("""{"context":{"id":"old"}}"""))!.Value.Text);
        Assert.Equal("Hello", (await ReferenceOfAsync("""{"context":{"id":"first"}}"""))!.Value.Text);
    }

    private async Task<(string Type, string? Text)?> ReferenceOfAsync(string message)
    {
        JsonObject json = JsonNode.Parse(message)!.AsObject();
        string id = Guid.NewGuid().ToString();
        json["id"] = id;
        json["from"] ??= "1";
        await HandleAsync(json.ToJsonString());
        return ReferenceIn(await StoredAsync(id));
    }

    private static (string Type, string? Text)? ReferenceIn(Dictionary<string, AttributeValue> item) =>
        item.GetValueOrDefault("refers_to")?.M is { } found ? (found["type"].S, found.GetValueOrDefault("text")?.S) : null;

    private async Task<Dictionary<string, AttributeValue>> StoredAsync(string id)
    {
        ScanResponse stored = await dynamoDb.Client.ScanAsync(new ScanRequest { TableName = _raw }, TestContext.Current.CancellationToken);
        return Assert.Single(stored.Items, item => item["id"].S == id && !item.ContainsKey("storedUnder"));
    }

    private async Task HandleAsync(params string[] messages)
    {
        string entry = $$"""
            {"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"503","display_phone_number":"56227607895"},"messages":[{{string.Join(',', messages)}}]} }] }
            """;
        string envelope = new JsonObject { ["whatsAppWebhookEntry"] = entry }.ToJsonString();
        string lambdaEvent = new JsonObject { ["Records"] = new JsonArray(new JsonObject { ["Sns"] = new JsonObject { ["MessageId"] = "sns-1", ["Message"] = envelope } }) }.ToJsonString();
        var table = new ConversationTable(dynamoDb.Client, _conversations, dynamoDb.Time);
        var function = new Function(
            new RawMessageStore(dynamoDb.Client, _raw, table), new ConversationFinder(table, new RouteCache(dynamoDb.Time)), new SentParts(table), null, TimeSpan.FromDays(7), null, dynamoDb.Time, _log);
        (await function.HandleAsync(Notifications.Read(System.Text.Encoding.UTF8.GetBytes(lambdaEvent)), new LambdaContext())).Dispose();
    }
}
