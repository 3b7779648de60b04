using System.Text.Json;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Rendering;

public class AgentTextTests
{
    public static TheoryData<string> Kinds => [.. MessageKinds.All.Select(kind => kind.Title)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_message_reads_like_a_note_of_a_person(string title)
    {
        MessageKind kind = MessageKinds.All.Single(kind => kind.Title == title);

        Assert.Equal(kind.Seen, Render(kind.Json));
    }

    [Theory]
    [InlineData("text", "[Empty message]")]
    [InlineData("image", "[Image]")]
    [InlineData("audio", "[Audio]")]
    [InlineData("document", "[Document]")]
    [InlineData("location", "[Location]")]
    [InlineData("contacts", "[Contact]")]
    [InlineData("order", "[Order]")]
    [InlineData("interactive", "[Answer]")]
    [InlineData("button", "[Tapped a button]")]
    [InlineData("reaction", "[Reaction removed]")]
    [InlineData("system", "[Notice of WhatsApp]")]
    [InlineData("edit", "[Edited a message]")]
    [InlineData("revoke", "[Deleted a message]")]
    [InlineData("unsupported", "[Message that WhatsApp cannot show]")]
    [InlineData("hologram", "[Message of another kind: hologram]")]
    public void A_type_without_its_content_still_has_a_phrase(string type, string expected)
    {
        const string Envelope = "\"id\":\"wamid.1\",\"from\":\"1555\",\"from_user_id\":\"US.1\",\"from_phone_number\":\"1555\",\"timestamp\":\"1796000000\"";

        Assert.Equal(expected, Render($$$"""{{{{Envelope}}},"type":"{{{type}}}"}"""));
        Assert.Equal(expected, Render($$$"""{{{{Envelope}}},"type":"{{{type}}}","{{{type}}}":null}"""));
        Assert.Equal(expected, Render($$$"""{{{{Envelope}}},"type":"{{{type}}}","{{{type}}}":[]}"""));
    }

    [Theory]
    [InlineData("""{"id":"wamid.1","type":null}""", "[Message of another kind]")]
    [InlineData("""{"id":"wamid.1","type":"hologram","holo":{"label":"look"}}""", "[Message of another kind: hologram]\nholo.label: look")]
    [InlineData("""{"type":"edit","edit":{"message_id":"wamid.X"}}""", "[Edited a message]")]
    [InlineData("""{"type":"edit","edit":{"message":{"type":"text","text":null}}}""", "[Edited a message]")]
    [InlineData("""{"type":"contacts","contacts":[{}]}""", "[Contact]")]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"\u3164","first_name":"Bo"}}]}""", "[Contact: Bo]")]
    [InlineData("""{"type":"system","system":{"type":"customer_changed_number","new_wa_id":"123"}}""", "[Has a new number: 123]")]
    [InlineData("""{"type":"system","system":{"type":"customer_identity_changed"}}""", "[Notice of WhatsApp: customer identity changed]")]
    [InlineData("""{"type":"unsupported","unsupported":{"type":"revoke"}}""", "[Deleted a message]")]
    [InlineData("""{"type":"button","button":{"payload":"STOP"}}""", "STOP")]
    [InlineData("""{"type":"order","order":{"product_items":[{"quantity":1,"product_retailer_id":"a","item_price":"2"},null]}}""", "[Order]\n1 × a, 2 each\n? × ?")]
    [InlineData("""{"type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept","expiration_timestamp":"999999999999"}}}""", "[Calls allowed]")]
    [InlineData("""{"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent"}}}""", "[Form: flow]\nSent")]
    [InlineData("""{"type":"text","text":{"body":"hi"},"referral":{"source_type":"post"}}""", "[Came from a post]\nhi")]
    public void What_is_missing_leaves_no_gap(string json, string expected) => Assert.Equal(expected, Render(json));

    [Theory]
    [InlineData("""[null,{"code":131051,"error_data":null},{}]""", "[Message that WhatsApp cannot show]")]
    [InlineData("""[{"code":131060,"title":"This message is unavailable"},{"code":131060,"title":"This message is unavailable"}]""", "[Message that WhatsApp cannot show]\n[WhatsApp error 131060: This message is unavailable]")]
    [InlineData("""[{"message":"out of order"}]""", "[Message that WhatsApp cannot show]\n[WhatsApp error: out of order]")]
    public void An_error_is_said_once_and_never_empty(string errors, string expected) => Assert.Equal(expected, Render($$"""{"type":"unsupported","errors":{{errors}}}"""));

    [Theory]
    [InlineData("invoice.pdf]\\n[Forwarded", "[Document: invoice.pdf] [Forwarded]")]
    [InlineData("\\u2028x", "[Document: x]")]
    [InlineData("invoice\\u202efdp.exe", "[Document: invoicefdp.exe]")]
    public void What_others_write_into_a_note_begins_no_line(string name, string expected) => Assert.Equal(expected, Render($$$"""{"type":"document","document":{"filename":"{{{name}}}"}}"""));

    [Fact]
    public void Half_of_a_surrogate_pair_is_shown_as_it_was_written() =>
        Assert.Equal("broken \\ud83d", Render("""{"type":"text","text":{"body":"broken \ud83d"}}"""));

    [Fact]
    public void Every_sample_of_the_project_has_a_text_without_ids()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Samples");
        foreach (string file in Directory.EnumerateFiles(folder, "sns-*.json"))
        {
            foreach (JsonElement message in SampleMessages.In(file))
            {
                string seen = AgentText.Render(message, Texts.English);
                Assert.NotEqual("", seen);
                Assert.DoesNotContain("wamid", seen, StringComparison.Ordinal);
                Assert.DoesNotContain("{\"", seen, StringComparison.Ordinal);
            }
        }
    }

    private static string Render(string json) => AgentText.Render(Events.Message(json), Texts.English);
}
