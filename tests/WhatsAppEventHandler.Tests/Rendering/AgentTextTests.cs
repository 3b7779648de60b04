using System.Text.Json;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Rendering;

public class AgentTextTests
{
    [Theory]
    [InlineData("""{"type":"text","text":{"body":"Hello\n😀 <b>&amp;</b>"}}""", "Hello\n😀 <b>&amp;</b>")]
    [InlineData("""{"type":"text","text":{"body":"  "}}""", "[Empty message]")]
    [InlineData("""{"type":"image","image":{"caption":"the receipt","mime_type":"image/jpeg","sha256":"q","id":"1003"}}""", "[Image: image/jpeg, media id 1003]\nthe receipt")]
    [InlineData("""{"type":"image","image":{}}""", "[Image]")]
    [InlineData("""{"type":"video","video":{"mime_type":"video/mp4","id":"5"}}""", "[Video: video/mp4, media id 5]")]
    [InlineData("""{"type":"audio","audio":{"mime_type":"audio/ogg; codecs=opus","id":"2754","voice":true}}""", "[Voice message: audio/ogg; codecs=opus, media id 2754]")]
    [InlineData("""{"type":"audio","audio":{"mime_type":"audio/mpeg","id":"7","voice":false}}""", "[Audio: audio/mpeg, media id 7]")]
    [InlineData("""{"type":"document","document":{"filename":"invoice P12345.pdf","mime_type":"application/pdf","id":"13","caption":"invoice"}}""", "[Document \"invoice P12345.pdf\": application/pdf, media id 13]\ninvoice")]
    [InlineData("""{"type":"sticker","sticker":{"mime_type":"image/webp","id":"79","animated":true}}""", "[Animated sticker: image/webp, media id 79]")]
    public void Texts_are_as_written_and_media_say_what_and_where_they_are(string message, string expected) => Assert.Equal(expected, Render(message));

    [Fact]
    public void A_location_keeps_every_digit_and_can_be_opened_on_a_map() => Assert.Equal(
        "[Location: Main Street Beach, 1 Main St]\n38.98062634950001234, -131.9428612257\nhttps://www.google.com/maps/search/?api=1&query=38.98062634950001234%2C-131.9428612257",
        Render("""{"type":"location","location":{"latitude":38.98062634950001234,"longitude":-131.9428612257,"name":"Main Street Beach","address":"1 Main St"}}"""));

    [Fact]
    public void Contacts_show_names_and_numbers() => Assert.Equal(
        "[Contact: Ana Perez, ACME]\n+56 9 1234 (CELL)\nana@example.com\n[Contact: Bo]\n123",
        Render("""{"type":"contacts","contacts":[{"name":{"formatted_name":"Ana Perez"},"org":{"company":"ACME"},"phones":[{"phone":"+56 9 1234","type":"CELL"}],"emails":[{"email":"ana@example.com"}]},{"name":{"first_name":"Bo"},"phones":[{"wa_id":"123"}]}]}"""));

    [Theory]
    [InlineData("""{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"row-2","title":"Refund","description":"Money back"}}}""", "Refund\nMoney back")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"yes","title":"Yes"}}}""", "Yes")]
    [InlineData("""{"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"size\":\"M\"}"}}}""", "[Form: flow]\nSent\n{\"size\":\"M\"}")]
    [InlineData("""{"type":"interactive","interactive":{"type":"later","later":{"x":1}}}""", "[interactive] {\"type\":\"later\",\"later\":{\"x\":1}}")]
    [InlineData("""{"type":"button","button":{"payload":"STOP","text":"Stop promotions"}}""", "Stop promotions")]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.1","emoji":"👍"}}""", "[Reaction 👍 to message wamid.1]")]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.1"}}""", "[Reaction to message wamid.1 removed]")]
    [InlineData("""{"type":"order","order":{"catalog_id":"194","text":"thanks","product_items":[{"product_retailer_id":"di9","quantity":2,"item_price":30.5,"currency":"USD"}]}}""", "[Order from catalogue 194]\n2 × di9 at 30.5 USD\nthanks")]
    [InlineData("""{"type":"system","system":{"body":"Kike changed numbers","type":"user_changed_number"}}""", "Kike changed numbers")]
    [InlineData("""{"type":"edit","edit":{"original_message_id":"wamid.2","message":{"type":"text","text":{"body":"better"}}}}""", "[Edited message wamid.2]\nbetter")]
    [InlineData("""{"type":"revoke","revoke":{"original_message_id":"wamid.2"}}""", "[Deleted message wamid.2]")]
    public void Replies_orders_and_changes_are_readable(string message, string expected) => Assert.Equal(expected, Render(message));

    [Fact]
    public void Unsupported_messages_say_their_kind_and_WhatsApps_error() => Assert.Equal(
        "[Unsupported message: poll_creation]\n[WhatsApp error 131051: Message type unknown: Not supported.]",
        Render("""{"type":"unsupported","errors":[{"code":131051,"title":"Message type unknown","message":"x","error_data":{"details":"Not supported."}}],"unsupported":{"type":"poll_creation"}}"""));

    [Theory]
    [InlineData("""{"type":"hologram","hologram":{"naïve":"ü","n":1.50}}""", "[hologram] {\"naïve\":\"ü\",\"n\":1.50}")]
    [InlineData("""{"id":"wamid.1"}""", "[message] {\"id\":\"wamid.1\"}")]
    [InlineData("""{"type":"text"}""", "[text] {\"type\":\"text\"}")]
    public void What_is_not_known_is_shown_as_it_came(string message, string expected) => Assert.Equal(expected, Render(message));

    [Theory]
    [InlineData("\"context\":{\"from\":\"562\",\"id\":\"wamid.9\"}", "[In reply to message wamid.9]")]
    [InlineData("\"context\":{\"forwarded\":true}", "[Forwarded]")]
    [InlineData("\"context\":{\"frequently_forwarded\":true,\"forwarded\":true}", "[Forwarded many times]")]
    [InlineData("\"context\":{\"referred_product\":{\"catalog_id\":\"1\",\"product_retailer_id\":\"2\"}}", "[About product 2 of catalogue 1]")]
    [InlineData("\"referral\":{\"source_type\":\"ad\",\"headline\":\"Sale\",\"body\":\"50 % off\",\"source_url\":\"https://fb.me/x\"}", "[Came from ad: Sale | 50 % off | https://fb.me/x]")]
    public void What_a_message_refers_to_is_its_first_line(string reference, string line) =>
        Assert.Equal($"{line}\nyes", Render($$$"""{"type":"text","text":{"body":"yes"},{{{reference}}}}"""));

    [Fact]
    public void Half_of_a_surrogate_pair_is_shown_as_it_was_written() =>
        Assert.Equal("broken \\ud83d", Render("""{"type":"text","text":{"body":"broken \ud83d"}}"""));

    [Theory]
    [InlineData(true, true, "text")]
    [InlineData(false, true, "reaction,text")]
    [InlineData(true, false, "sticker,text")]
    public void Reactions_and_stickers_are_left_out_on_request(bool ignoreReactions, bool ignoreStickers, string shown)
    {
        Dictionary<string, string> messages = new()
        {
            ["reaction"] = """{"type":"reaction","reaction":{"message_id":"m","emoji":"👍"}}""",
            ["sticker"] = """{"type":"sticker","sticker":{"id":"1"}}""",
            ["text"] = """{"type":"text","text":{"body":"hi"}}""",
        };

        IReadOnlyList<string> texts = [.. AgentText.Shown(messages.Values.Select(Events.Message), ignoreReactions, ignoreStickers).Select(AgentText.Render)];

        Assert.Equal(shown.Split(',').Select(name => Render(messages[name])), texts);
    }

    [Fact]
    public void Every_sample_of_the_project_has_a_text()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Samples");
        foreach (string file in Directory.EnumerateFiles(folder, "sns-*.json"))
        {
            foreach (JsonElement message in SampleMessages.In(file))
            {
                Assert.NotEqual("", AgentText.Render(message));
            }
        }
    }

    private static string Render(string json) => AgentText.Render(Events.Message(json));
}
