using System.Text.Json;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Rendering;

/// <summary>Whatever JSON comes, an agent gets lines with names and values, and not too many.</summary>
public class JsonLinesTests
{
    [Theory]
    [InlineData("""{"naïve":"ü","n":1.50,"off":null,"on":true,"not":false,"none":"","blank":"\u200b"}""", "naïve: ü\nn: 1.50\non: yes\nnot: no")]
    [InlineData("""{"a":{"b":{"c":1}},"list":[1,"two"],"rows":[{"x":1},{"x":2}],"empty":{},"nothing":[]}""", "a.b.c: 1\nlist: 1, two\nrows.1.x: 1\nrows.2.x: 2")]
    [InlineData("\"alone\"", "alone")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("""{"quoted":"wamid.HBgL"}""", "")]
    [InlineData("""{"x":"broken \ud83d"}""", "x: broken \\ud83d")]
    [InlineData("""{"\ud83d":"y"}""", "?: y")]
    [InlineData("""{"first":"a\nsecond: b"}""", "first: a\n  second: b")]
    public void Values_stand_behind_their_names(string json, string expected)
    {
        Assert.Equal(expected, Of(json, JsonView.Answers));
        Assert.Equal(expected, Of(json, JsonView.Unknown));
    }

    [Theory]
    [InlineData("""{"a":{"message_id":"1","id":"2","sha256":"3","access_token":"4","title":"hi"}}""", "a.title: hi")]
    [InlineData("""{"thumbnail":"iVBORw0KGgoiVBORw0KGgoiVBORw0KGgoiVBORw0KGgo"}""", "thumbnail: …")]
    public void Ids_tokens_and_hashes_are_left_out_of_what_is_not_known(string json, string expected) => Assert.Equal(expected, Of(json, JsonView.Unknown));

    [Fact]
    public void An_answer_may_be_an_id_that_the_customer_knows() => Assert.Equal("order_id: 42", Of("""{"order_id":"42","flow_token":"t"}""", JsonView.Answers));

    [Fact]
    public void Text_in_any_script_is_no_data() => Assert.Equal($"a: {new string('字', 60)}", Of($$"""{"a":"{{new string('字', 60)}}"}""", JsonView.Answers));

    [Fact]
    public void However_much_there_is_it_fits_into_one_message()
    {
        string many = Hologram(Members(5_000));
        string deep = Hologram($"{string.Concat(Enumerable.Repeat("{\"a\":", 50))}1{new string('}', 50)}");
        string type = new('t', 3_000);
        string wide = $"{{\"type\":\"{type}\",\"{type}\":{{\"{new string('n', 3_000)}\":\"{new string('v', 3_000)}\"}},\"referral\":{{\"headline\":\"{type}\"}}}}";
        string failing = $$"""{"type":"hologram","errors":[{{string.Join(',', Enumerable.Range(0, 500).Select(i => $"{{\"code\":{i},\"title\":\"{new string('e', 900)}\"}}"))}}]}""";

        Assert.All([many, deep, wide, failing], json => Assert.InRange(AgentText.Render(Events.Message(json), Texts.English).Length, 1, 1_000));
        Assert.EndsWith("\n…", AgentText.Render(Events.Message(many), Texts.English), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_Flow_costs_no_more_than_WhatsApps_longest_text()
    {
        string nestedWithoutEnd = new('[', 100_000);

        Assert.InRange(Form(Members(5_000)).Length, 4_000, 4_200);
        Assert.Equal($"[Form: flow]\n{nestedWithoutEnd[..4_095]}…", Form(nestedWithoutEnd));
    }

    private static string Hologram(string content) => $"{{\"type\":\"hologram\",\"hologram\":{content}}}";

    private static string Form(string answers)
    {
        string reply = $"{{\"name\":\"flow\",\"response_json\":{JsonSerializer.Serialize(answers)}}}";
        return AgentText.Render(Events.Message($"{{\"type\":\"interactive\",\"interactive\":{{\"type\":\"nfm_reply\",\"nfm_reply\":{reply}}}}}"), Texts.English);
    }

    private static string Members(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"name{i}\":\"value {i}\""))}}}";

    private static string Of(string json, JsonView view) => JsonLines.Of(Events.Message(json), view, Texts.English);
}
