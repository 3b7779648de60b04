using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using LocalAws.DynamoDb;
using LocalAws.Testing;
using OnRawMessages.Tests;
using WhatsAppBuffer.ConnectEventHandler;
using WhatsAppBuffer.ConnectEventHandler.Agents;
using WhatsAppBuffer.ConnectEventHandler.Files;
using WhatsAppBuffer.ConnectEventHandler.Receipts;
using WhatsAppBuffer.ConnectEventHandler.Replies;
using WhatsAppBuffer.ConnectEventHandler.Typing;
using WhatsAppBuffer.ConnectEventHandler.WhatsApp;
using WhatsAppBuffer.Contracts.Conversations;
using WhatsAppBuffer.Contracts.DeadLetters;
using WhatsAppBuffer.Contracts.Queues;
using WhatsAppBuffer.Contracts.WhatsApp;
using WhatsAppBuffer.Tests;

namespace ConnectEventHandler.Tests;

/// <summary>The function with a real table, in the midst of services that say what a test wants.</summary>
public abstract class Stage(DynamoDbFixture dynamoDb) : IClassFixture<DynamoDbFixture>, IAsyncLifetime, IWhatsApp, IAgents, IParticipant, IChatFiles
{
    private protected DynamoDbFixture DynamoDb => dynamoDb;

    private protected const string Conversation = "503#491";

    private protected CollectedLog<Function> Log { get; } = new();
    private protected CapturedLetters Letters { get; } = new();
    private protected List<JsonElement> Sent { get; } = [];
    private protected Dictionary<string, (string InstanceId, string ContactId, IReadOnlyDictionary<string, string> Words)> Told { get; } = [];
    private protected List<(string Token, string MessageId, bool IsRead)> Receipts { get; } = [];
    private protected Func<string?> AgentsAnswer { get; set; } = () => null;
    private protected string? NoReceipt { get; set; }
    private protected Func<SendOutcome> Outcome { get; set; } = () => SendOutcome.Sent;
    private protected List<(string SystemNumber, Uri File, string ContentType)> Uploads { get; } = [];

    /// <summary>What WhatsApp says to an upload.</summary>
    private protected Func<string?> Upload { get; set; } = () => "media-1";

    /// <summary>What Connect says of a file.</summary>
    private protected Func<Credentials, string, LocatedFile?> Locate { get; set; } = (_, id) => new LocatedFile(new Uri($"https://s3.invalid/{id}"), 1_000);

    private protected bool HasQueue { get; set; } = true;
    private protected string Table { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Table = await ConversationsTable.CreateAsync(dynamoDb.Client);
        await PutAsync(ConversationItems.OfContact("contact"), ConversationItems.ContactOwner, (ConversationItems.Owner, Conversation));
        await PutChatAsync(Conversation, "491");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    Task<SendOutcome> IWhatsApp.SendAsync(string systemNumber, byte[] message, CancellationToken cancellationToken)
    {
        Assert.Equal("phone-number-id-1", systemNumber);
        SendOutcome outcome = Outcome();
        if (outcome is not SendOutcome.NotSent)
        {
            using JsonDocument json = JsonDocument.Parse(message);
            Sent.Add(json.RootElement.Clone());
        }

        return Task.FromResult(outcome);
    }

    Task<string?> IWhatsApp.UploadAsync(string systemNumber, Uri file, string contentType, CancellationToken cancellationToken)
    {
        Uploads.Add((systemNumber, file, contentType));
        return Task.FromResult(Upload());
    }

    Task<LocatedFile?> IChatFiles.LocateAsync(Credentials credentials, string attachmentId, CancellationToken cancellationToken) => Task.FromResult(Locate(credentials, attachmentId));

    Task<string?> IAgents.TellAsync(string instanceId, string contactId, IReadOnlyDictionary<string, string> words, string clientToken, CancellationToken cancellationToken)
    {
        if (AgentsAnswer() is { } refusal)
        {
            return Task.FromResult<string?>(refusal);
        }

        Told[clientToken] = (instanceId, contactId, words);
        return Task.FromResult<string?>(null);
    }

    Task<string?> IParticipant.TellAsync(string connectionToken, string messageId, bool isRead, CancellationToken cancellationToken)
    {
        Receipts.Add((connectionToken, messageId, isRead));
        return Task.FromResult(NoReceipt);
    }

    private protected static string BodyOf(JsonElement sent) => sent.GetProperty("text").GetProperty("body").GetString()!;

    private protected static string Text(string id, string text, int at = 0, string contact = "contact", string contentType = "text/plain", string? writer = null) => new JsonObject
    {
        ["AbsoluteTime"] = new DateTimeOffset(2026, 11, 22, 10, 0, at, TimeSpan.Zero).ToString("O"),
        ["Content"] = text,
        ["ContentType"] = contentType,
        ["Id"] = id,
        ["Type"] = "MESSAGE",
        ["ParticipantRole"] = "AGENT",
        ["InitialContactId"] = contact,
        ["ContactId"] = writer ?? contact,
    }.ToJsonString();

    private protected static string Event(string id, string contentType, string contact = "contact") => new JsonObject
    {
        ["AbsoluteTime"] = "2026-11-22T10:00:00Z",
        ["ContentType"] = contentType,
        ["Id"] = id,
        ["Type"] = "EVENT",
        ["InitialContactId"] = contact,
    }.ToJsonString();

    private protected static string Failed(string messageId, int errorCode) => new AnswerStatus(messageId, 0, AnswerStatus.Failed, errorCode, "any title").ToJson();

    private protected static string Status(string messageId, int part, string status) => new AnswerStatus(messageId, part, status, null, null).ToJson();

    private protected string Typing(TimeSpan ago) => new JsonObject
    {
        ["AbsoluteTime"] = (dynamoDb.Time.GetUtcNow() - ago).ToString("O"),
        ["ContentType"] = "application/vnd.amazonaws.connect.event.typing",
        ["Id"] = "typing",
        ["Type"] = "EVENT",
        ["ParticipantRole"] = "AGENT",
        ["InitialContactId"] = "contact",
    }.ToJsonString();

    private protected static Notification Notification(string message) => new(null, "sns", null, message, null, message) { Attributes = new Dictionary<string, string> { ["InstanceId"] = "i-1" } };

    private protected void SendMessageRequestOf(string errorCode, string reason, string body)
    {
        Amazon.SQS.Model.SendMessageRequest letter = Assert.Single(Letters.Letters);
        Assert.Equal((errorCode, true), (letter.MessageAttributes["errorCode"].StringValue, letter.MessageAttributes["reason"].StringValue.Contains(reason, StringComparison.Ordinal)));
        Assert.Contains(body, letter.MessageBody, StringComparison.Ordinal);
    }

    private protected Function Function()
    {
        var replies = new DynamoDbReplies(new ConversationTable(dynamoDb.Client, Table, dynamoDb.Time));
        var notices = new AgentNotices(replies, this, Log);
        DeadLetterQueue? letters = HasQueue ? new DeadLetterQueue(Letters, "http://queue") : null;
        return new Function(replies, new FileUploads(replies, this, this, notices, dynamoDb.Time, Log), new ReplyLoop(replies, new ReplyDelivery(replies, this, notices, letters, dynamoDb.Time, Log), TimeSpan.FromSeconds(30), dynamoDb.Time, Log), notices, new MessageReceipts(replies, this, Log), new TypingIndicator(replies, this, dynamoDb.Time, Log), letters, dynamoDb.Time, Log);
    }

    private protected async Task HandleAsync(params string[] messages) =>
        Assert.Empty(await WhileTimePasses(Function().HandleAsync([.. messages.Select(Notification)], TimeSpan.FromMinutes(5))));

    private protected async Task<T> WhileTimePasses<T>(Task<T> work)
    {
        await Eventually.IsTrueAsync(() => work.IsCompleted, "The function has done its work.", () => dynamoDb.Time.Advance(TimeSpan.FromMilliseconds(500)));
        return await work;
    }

    private protected async Task WaitForAsync(int replies)
    {
        await Eventually.IsTrueAsync(async () => (await WaitingAsync()).Count >= replies, $"{replies} replies wait.");
    }

    private protected Task MarkSentAsync(string messageId, int part) => PutAsync(ConversationItems.OfSent(messageId), ConversationItems.SentPart(part), (ConversationItems.ExpiresAt, "1"));

    private protected Task NoteWroteAsync(DateTimeOffset? time) => dynamoDb.Client.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = Table,
            Key = ConversationTable.Key(Conversation, ConversationItems.Chat),
            UpdateExpression = "SET customerWroteAt = :w",
            ExpressionAttributeValues = new() { [":w"] = ConversationTable.Number(time?.ToUnixTimeSeconds() ?? 0) },
        },
        TestContext.Current.CancellationToken);

    private protected Task PutChatAsync(string conversation, string recipient, string? contactId = null) => PutAsync(
        conversation,
        ConversationItems.Chat,
        [(ConversationItems.Recipient, recipient), (ConversationItems.SystemNumber, "phone-number-id-1"), .. contactId is null ? Array.Empty<(string, string)>() : [(ConversationItems.ContactId, contactId), ("participantToken", "secret")]]);

    private protected Task PutConnectedChatAsync(string conversation = Conversation, string? lastMessageId = null) => PutAsync(
        conversation,
        ConversationItems.Chat,
        [
            (ConversationItems.Recipient, conversation.Split('#')[1]), (ConversationItems.SystemNumber, "phone-number-id-1"), (ConversationItems.ContactId, "contact"), (ConversationItems.ConnectionToken, "connection"),
            .. lastMessageId is null ? Array.Empty<(string, string)>() : [(ConversationItems.LastMessageId, lastMessageId)],
        ]);

    private protected Task PutAsync(string partition, string item, params (string Name, string Value)[] attributes)
    {
        Dictionary<string, AttributeValue> row = ConversationTable.Key(partition, item);
        foreach ((string name, string value) in attributes)
        {
            row[name] = new AttributeValue(value);
        }

        return dynamoDb.Client.PutItemAsync(Table, row, TestContext.Current.CancellationToken);
    }

    private protected async Task<Dictionary<string, AttributeValue>> GetAsync(string partition, string item) =>
        (await dynamoDb.Client.GetItemAsync(Table, ConversationTable.Key(partition, item), TestContext.Current.CancellationToken)).Item;

    private protected Task<IReadOnlyList<Reply>> WaitingAsync() =>
        new DynamoDbReplies(new ConversationTable(dynamoDb.Client, Table, dynamoDb.Time)).WaitingAsync(Conversation, TestContext.Current.CancellationToken);
}
