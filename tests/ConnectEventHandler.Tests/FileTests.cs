using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.DynamoDb;
using WhatsAppBuffer.ConnectEventHandler.Files;
using WhatsAppBuffer.ConnectEventHandler.Replies;
using WhatsAppBuffer.ConnectEventHandler.WhatsApp;
using WhatsAppBuffer.Contracts.Conversations;

namespace ConnectEventHandler.Tests;

/// <summary>What agents attach, on its way to the customer.</summary>
public sealed class FileTests(DynamoDbFixture dynamoDb) : Stage(dynamoDb)
{
    [Theory]
    [InlineData("photo.JPG", "image/jpeg", "image", "image/jpeg", """{"id":"media-1"}""")]
    [InlineData("photo.jfif", "", "image", "image/jpeg", """{"id":"media-1"}""")]
    [InlineData("clip.mp4", "video/mp4", "video", "video/mp4", """{"id":"media-1"}""")]
    [InlineData("word.mp3", "audio/mpeg; rate=1", "audio", "audio/mpeg", """{"id":"media-1"}""")]
    [InlineData("bill.pdf", "application/pdf", "document", "application/pdf", """{"id":"media-1","filename":"bill.pdf"}""")]
    [InlineData("sums.csv", "text/csv", "document", "text/plain", """{"id":"media-1","filename":"sums.csv"}""")]
    [InlineData("a \"b\".xlsx", "application/octet-stream", "document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", """{"id":"media-1","filename":"a \"b\".xlsx"}""")]
    public async Task A_file_reaches_the_customer_as_WhatsApp_knows_it(string name, string contentType, string type, string uploadedAs, string content)
    {
        await PutConnectedChatAsync();

        await HandleAsync(File("m-1", name, contentType));

        Assert.Equal([("phone-number-id-1", new Uri("https://s3.invalid/a-m-1"), uploadedAs)], Uploads);
        JsonElement sent = Assert.Single(Sent);
        Assert.Equal((type, "reply:0:m-1"), (sent.GetProperty("type").GetString(), sent.GetProperty("biz_opaque_callback_data").GetString()));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(content), JsonNode.Parse(sent.GetProperty(type).GetRawText())), sent.GetRawText());
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task An_event_that_comes_again_uploads_and_sends_nothing_again()
    {
        await PutConnectedChatAsync();

        await HandleAsync(File("m-1"));
        await HandleAsync(File("m-1"));

        Assert.Single(Uploads);
        Assert.Single(Sent);
    }

    [Theory]
    [InlineData("film.mov", "video/quicktime", 1_000, "WhatsApp does not take files of this type")]
    [InlineData("sound.wav", "audio/wav", 1_000, "WhatsApp does not take files of this type")]
    [InlineData("photo.png", "image/png", (5 * 1024 * 1024) + 1, "the file is too large for WhatsApp")]
    public async Task Of_a_file_that_WhatsApp_does_not_take_its_writer_is_told_and_nothing_waits(string name, string contentType, long size, string reason)
    {
        await PutConnectedChatAsync();
        Locate = (_, _) => new LocatedFile(new Uri("https://s3.invalid/a"), size);

        await HandleAsync(File("m-1", name, contentType));

        Assert.Empty(Uploads);
        Assert.Empty(Sent);
        Assert.Equal($"Not delivered to a customer: \"{name}\": {reason}", Told["not-delivered-m-1"].Words["en_US"]);
        Assert.Null(await new DynamoDbReplies(new ConversationTable(DynamoDb.Client, Table, DynamoDb.Time)).FindAsync(ReplyOf("m-1"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_a_file_that_Connect_does_not_give_out_its_writer_is_told()
    {
        await PutConnectedChatAsync();
        Locate = (_, _) => throw new FileRefusedException("AccessDeniedException");

        await HandleAsync(File("m-1"));

        Assert.Contains("the chat had ended", Told["not-delivered-m-1"].Words["en_US"], StringComparison.Ordinal);
        Assert.Contains("Warning 416 The file of message m-1 cannot be sent (FileNotReadable, AccessDeniedException)", Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_file_of_a_chat_that_has_ended_its_writer_is_told()
    {
        await HandleAsync(File("m-1"));

        Assert.Contains("the chat had ended", Told["not-delivered-m-1"].Words["en_US"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_file_that_End_User_Messaging_refuses_its_writer_is_told()
    {
        await PutConnectedChatAsync();
        Upload = () => throw new SendRefusedException("InvalidParametersException", "no");

        await HandleAsync(File("m-1"));

        Assert.Contains("WhatsApp did not take the file", Told["not-delivered-m-1"].Words["en_US"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_get_there_at_once_is_tried_again()
    {
        await PutConnectedChatAsync();
        int located = 0;
        Locate = (_, id) => ++located == 1 ? null : new LocatedFile(new Uri($"https://s3.invalid/{id}"), null);
        Upload = () => Uploads.Count == 1 ? null : "media-2";

        await HandleAsync(File("m-1"));

        Assert.Equal("media-2", Assert.Single(Sent).GetProperty("document").GetProperty("id").GetString());
    }

    [Fact]
    public async Task What_does_not_get_there_waits_and_lets_others_pass()
    {
        await PutConnectedChatAsync();
        Upload = () => null;

        IReadOnlyList<string> failed = await WhileTimePasses(Function().HandleAsync(
            [Notification(File("m-1")) with { QueueMessageId = "one" }, Notification(Text("m-2", "Hi", at: 9)) with { QueueMessageId = "two" }], TimeSpan.FromMinutes(5)));

        Assert.Equal(["one"], failed);
        Assert.Equal("Hi", BodyOf(Assert.Single(Sent)));

        Upload = () => "media-1";
        await HandleAsync(File("m-1"));

        Assert.Equal("media-1", Sent[1].GetProperty("document").GetProperty("id").GetString());
    }

    private static string File(string id, string name = "bill.pdf", string contentType = "application/pdf") => new JsonObject
    {
        ["AbsoluteTime"] = "2026-11-22T10:00:00Z",
        ["Id"] = id,
        ["Type"] = "ATTACHMENT",
        ["ParticipantRole"] = "AGENT",
        ["InitialContactId"] = "contact",
        ["Attachments"] = new JsonArray(new JsonObject { ["AttachmentId"] = $"a-{id}", ["AttachmentName"] = name, ["ContentType"] = contentType, ["Status"] = "APPROVED" }),
    }.ToJsonString();

    private static Reply ReplyOf(string id) => new(Conversation, ConversationItems.Reply(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero), id), id, "", ReplyProgress.None);
}
