using System.Text.Json;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.App.Customers;

namespace App.Tests.Customers;

/// <summary>Any shape of a message can be played.</summary>
public class WebhookMessageTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_796_000_000);
    private static readonly Customer Ana = new("Ana", "1555", "US.1");

    [Fact]
    public void A_message_without_wishes_is_as_WhatsApp_writes_it()
    {
        WebhookMessage message = Of("""{"text":"hi"}""");

        Assert.Equal("""{"from":"1555","from_user_id":"US.1","id":"wamid.1","timestamp":"1796000000","type":"text","text":{"body":"hi"}}""", message.Message.ToJsonString());
        Assert.Equal("""{"profile":{"name":"Ana"},"user_id":"US.1","wa_id":"1555"}""", message.Contact?.ToJsonString());
        Assert.True(message.IsPlain);
    }

    [Theory]
    [InlineData("""{"type":"request_welcome","message":{"from_user_id":null}}""", """{"from":"1555","id":"wamid.1","timestamp":"1796000000","type":"request_welcome"}""")]
    [InlineData("""{"text":"hi","message":{"from":null,"from_user_id":null,"group_id":"G","timestamp":"1"}}""", """{"id":"wamid.1","timestamp":"1","type":"text","text":{"body":"hi"},"group_id":"G"}""")]
    [InlineData("""{"text":"hi","message":{"text":{"body":null,"preview_url":true}}}""", """{"from":"1555","from_user_id":"US.1","id":"wamid.1","timestamp":"1796000000","type":"text","text":{"preview_url":true}}""")]
    [InlineData("""{"type":"x","content":{"list":[1,2],"deep":{"a":1}},"message":{"x":{"list":[3],"deep":{"b":{"c":2}}},"y":{"gone":null}}}""",
        """{"from":"1555","from_user_id":"US.1","id":"wamid.1","timestamp":"1796000000","type":"x","x":{"list":[3],"deep":{"a":1,"b":{"c":2}}},"y":{}}""")]
    [InlineData("""{"text":"hi","message":{"text":7,"type":null}}""", """{"from":"1555","from_user_id":"US.1","id":"wamid.1","timestamp":"1796000000","text":7}""")]
    public void What_is_wished_is_merged_last(string request, string message) => Assert.Equal(message, Of(request).Message.ToJsonString());

    [Theory]
    [InlineData("null", null)]
    [InlineData("""{"wa_id":null,"profile":{"username":"ana.silva","name":null}}""", """{"profile":{"username":"ana.silva"},"user_id":"US.1"}""")]
    public void So_is_the_contact_and_null_is_none_on_any_way_to_the_simulator(string contact, string? expected)
    {
        SendMessageRequest request = Request($$"""{"text":"hi","contact":{{contact}}}""");
        SendMessageRequest sent = JsonSerializer.Deserialize(JsonSerializer.Serialize(request, ControlJsonContext.Default.SendMessageRequest), ControlJsonContext.Default.SendMessageRequest)!;

        Assert.Equal(expected, WebhookMessage.Of(sent, Ana, "wamid.1", Now).Contact?.ToJsonString());
    }

    [Theory]
    [InlineData("""{"text":"hi"}""", "US.1,1555")]
    [InlineData("""{"text":"hi","message":{"from_user_id":null},"contact":null}""", "1555")]
    [InlineData("""{"text":"hi","message":{"group_id":"G"}}""", "group:G")]
    [InlineData("""{"type":"system","message":{"from":null,"from_user_id":null,"system":{"type":"user_changed_user_id","user_id":"US.2","previous_user_id":"US.1"}},"contact":null}""", "US.2,US.1")]
    [InlineData("""{"type":"system","message":{"from_user_id":null,"system":{"type":"user_changed_number","wa_id":"1666"}},"contact":null}""", "1555,1666")]
    [InlineData("""{"text":"hi","message":{"from":7,"from_user_id":{}},"contact":null}""", "wamid.1")]
    public void The_ids_that_a_message_ties_together_are_known(string request, string ids) => Assert.Equal(ids.Split(','), Of(request).Ids.Distinct());

    [Theory]
    [InlineData("""{"text":"hi","message":{"context":{"forwarded":true}}}""", "hi")]
    [InlineData("""{"text":"hi","message":{"text":{"body":"ho"},"referral":{}}}""", "ho")]
    [InlineData("""{"type":"image","text":"hi","message":{"from":null}}""", null)]
    [InlineData("""{"message":{"type":"sticker"}}""", null)]
    public void Only_a_text_has_a_body_and_one_with_a_context_is_not_plain(string request, string? body)
    {
        WebhookMessage message = Of(request);

        Assert.Equal((body, false), (message.Body, message.IsPlain));
    }

    [Theory]
    [InlineData("{}", "neither 'text', 'content' nor 'message'")]
    [InlineData("""{"message":{"id":"mine"}}""", "give the 'id' beside it")]
    [InlineData("""{"type":"hologram","text":"hi"}""", "hologram")]
    [InlineData("""{"text":"hi","message":{"text":{"body":"\ud800"}}}""", "surrogate")]
    [InlineData("""{"text":"hi","message":{"\ud800":1}}""", "surrogate")]
    [InlineData("""{"text":"hi","contact":{"wa_id":"\ud800"}}""", "surrogate")]
    [InlineData("""{"content":{"body":"\ud800"}}""", "surrogate")]
    [InlineData("""{"text":"hi","message":{"x":{"a":1,"a":2}}}""", "Key: a")]
    public void What_cannot_be_sent_is_refused_with_a_reason(string request, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => Of(request)).Message, StringComparison.Ordinal);

    private static WebhookMessage Of(string request) => WebhookMessage.Of(Request(request), Ana, "wamid.1", Now);

    private static SendMessageRequest Request(string request) =>
        JsonSerializer.Deserialize(request.Insert(1, $"\"customer\":\"Ana\"{(request.Length > 2 ? "," : "")}"), ControlJsonContext.Default.SendMessageRequest)!;
}
