using System.Text;
using System.Text.Json.Nodes;
using WhatsAppBuffer.ConnectEventHandler.Chats;
using WhatsAppBuffer.Contracts.Queues;

namespace ConnectEventHandler.Tests;

public class ChatEventTests
{
    private const string Contact = "11111111-2222-3333-4444-555555555555";

    [Fact]
    public void An_agents_words_are_for_the_customer()
    {
        var text = Assert.IsType<ChatText>(ChatEvent.Read(Assert.Single(Notifications.Read(File.ReadAllBytes(Path.Combine("Samples", "connect-agent-message.json"))))));

        Assert.Equal(
            (Contact, "9f8e7d6c-0000-4000-8000-000000000001", "Hi Kike, let me check order P12345", false),
            (text.ContactId, text.Id, text.Content, text.IsMarkdown));
    }

    [Theory]
    [InlineData("AGENT", "ALL", true)]
    [InlineData("AGENT", "CUSTOMER", true)]
    [InlineData("AGENT", "AGENT", false)]
    [InlineData("AGENT", null, true)]
    [InlineData("SYSTEM", "ALL", true)]
    [InlineData("CUSTOM_BOT", "ALL", true)]
    [InlineData("SUPERVISOR", "AGENT", false)]
    [InlineData("CUSTOMER", "ALL", false)]
    [InlineData(null, "ALL", false)]
    public void What_only_agents_see_and_what_customers_wrote_stays(string? role, string? visibility, bool isForCustomer) =>
        Assert.Equal(isForCustomer, Read(json => json["ParticipantRole"] = role, visibility) is ChatText);

    [Theory]
    [InlineData("EVENT", "application/vnd.amazonaws.connect.event.participant.joined", typeof(void))]
    [InlineData("EVENT", "application/vnd.amazonaws.connect.event.typing", typeof(ChatTyping))]
    [InlineData("EVENT", "application/vnd.amazonaws.connect.event.chat.ended", typeof(ChatEnd))]
    [InlineData("MESSAGE", "text/markdown", typeof(ChatText))]
    [InlineData("MESSAGE", "application/vnd.amazonaws.connect.message.interactive", typeof(Unsendable))]
    [InlineData("NEWS", "text/plain", typeof(void))]
    public void What_happens_in_a_chat_is_told_apart(string type, string? contentType, Type expected)
    {
        ChatEvent? happened = Read(json => (json["Type"], json["ContentType"]) = (type, contentType), "ALL");

        Assert.Equal(expected, happened?.GetType() ?? typeof(void));
    }

    [Theory]
    [InlineData("APPROVED", typeof(AttachedFile))]
    [InlineData(null, typeof(AttachedFile))]
    [InlineData("IN_PROGRESS", typeof(void))]
    [InlineData("REJECTED", typeof(Unsendable))]
    public void A_file_is_for_the_customer_when_its_scan_has_ended_well(string? status, Type expected)
    {
        ChatEvent? happened = Read(json => BecomeFile(json, status), "ALL");

        Assert.Equal(expected, happened?.GetType() ?? typeof(void));
        Assert.True(happened is not AttachedFile file || file is { AttachmentId: "a-1", Name: "bill.pdf", ContentType: "application/pdf" });
    }

    [Fact]
    public void A_file_without_an_id_is_refused_in_words()
    {
        var refusal = Assert.Throws<InvalidDataException>(() => Read(json => json["Type"] = "ATTACHMENT", "ALL"));

        Assert.Equal("Attachments has no AttachmentId.", refusal.Message);
    }

    [Fact]
    public void A_file_that_only_agents_see_stays() => Assert.Null(Read(json => BecomeFile(json, "APPROVED"), "AGENT"));

    private static void BecomeFile(JsonObject json, string? status)
    {
        json["Type"] = "ATTACHMENT";
        json.Remove("Content");
        json.Remove("ContentType");
        json["Attachments"] = new JsonArray(new JsonObject { ["AttachmentId"] = "a-1", ["AttachmentName"] = "bill.pdf", ["ContentType"] = "application/pdf", ["Status"] = status });
    }

    [Fact]
    public void The_end_of_a_chat_names_nobody_and_one_contact() =>
        Assert.Equal(Contact, Read(json =>
        {
            (json["Type"], json["ContentType"]) = ("EVENT", "application/vnd.amazonaws.connect.event.chat.ended");
            json.Remove("ParticipantRole");
            json.Remove("ContactId");
        }, "ALL")!.ContactId);

    [Theory]
    [InlineData("InitialContactId", "ContactId", "InitialContactId is missing")]
    [InlineData("Type", null, "Type is missing")]
    [InlineData("Id", null, "Id is missing")]
    [InlineData("AbsoluteTime", null, "AbsoluteTime is missing")]
    public void What_is_missing_is_named(string member, string? other, string error) => Assert.StartsWith(
        error,
        Assert.Throws<InvalidDataException>(() => Read(json =>
        {
            json.Remove(member);
            json.Remove(other ?? "");
        }, "ALL")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData(null)]
    public void What_is_no_event_is_refused(string? message) =>
        Assert.Throws<InvalidDataException>(() => ChatEvent.Read(new Notification(null, null, null, message, null, "{}")));

    private static ChatEvent? Read(Action<JsonObject> change, string? visibility)
    {
        var json = new JsonObject
        {
            ["AbsoluteTime"] = "2026-11-22T18:25:00.123Z",
            ["Content"] = "Hello",
            ["ContentType"] = "text/plain",
            ["Id"] = "m-1",
            ["Type"] = "MESSAGE",
            ["ParticipantRole"] = "AGENT",
            ["InitialContactId"] = Contact,
            ["ContactId"] = Contact,
        };
        change(json);
        var envelope = new JsonObject { ["Message"] = json.ToJsonString() };
        if (visibility is not null)
        {
            envelope["MessageAttributes"] = new JsonObject { ["MessageVisibility"] = new JsonObject { ["Type"] = "String", ["Value"] = visibility } };
        }

        return ChatEvent.Read(Assert.Single(Notifications.Read(Encoding.UTF8.GetBytes(new JsonObject { ["Records"] = new JsonArray(new JsonObject { ["Sns"] = envelope }) }.ToJsonString()))));
    }
}
