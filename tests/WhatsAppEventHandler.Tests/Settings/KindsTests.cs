using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Settings;

public class KindsTests
{
    [Theory]
    [InlineData("""{"type":"text"}""", "Call")]
    [InlineData("""{"type":"hologram_2027"}""", "Call")]
    [InlineData("""{"type":null}""", "Call")]
    [InlineData("{}", "Call")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button_reply"}}""", "Call")]
    [InlineData("""{"type":"unsupported","unsupported":{"type":"poll_creation"}}""", "Call")]
    [InlineData("""{"type":"unsupported"}""", "Call")]
    [InlineData("""{"type":"system","system":{"type":"user_changed_number"}}""", "Show")]
    [InlineData("""{"type":"request_welcome"}""", "Show")]
    [InlineData("""{"type":"edit"}""", "Show")]
    [InlineData("""{"type":"revoke"}""", "Show")]
    [InlineData("""{"type":"unsupported","unsupported":{"type":"edit"}}""", "Show")]
    [InlineData("""{"type":"unknown","unsupported":{"type":"revoke"}}""", "Show")]
    [InlineData("""{"type":"interactive","interactive":{"type":"call_permission_reply"}}""", "Show")]
    [InlineData("""{"type":"reaction"}""", "Ignore")]
    [InlineData("""{"type":"sticker"}""", "Ignore")]
    public void Nobody_is_called_for_what_no_human_must_act_on(string message, string attention)
    {
        Assert.Equal(attention, Of("{}", message));
    }

    [Theory]
    [InlineData("""{"ignore_reactions":"no"}""", "Show")]
    [InlineData("""{"ignore_reactions":"no","kinds":{"reaction":"call"}}""", "Call")]
    [InlineData("""{"ignore_reactions":"yes","kinds":{"reaction":" Show "}}""", "Show")]
    [InlineData("""{"kinds":{"sticker":"call"}}""", "Ignore")]
    [InlineData("""{"kinds":{}}""", "Ignore")]
    [InlineData("""{"kinds":null}""", "Ignore")]
    public void A_kind_is_as_kinds_say_and_else_as_the_guides_key_does(string settings, string attention)
    {
        Assert.Equal(attention, Of(settings, """{"type":"reaction"}"""));
    }

    [Theory]
    [InlineData("revoke", """{"type":"unsupported","unsupported":{"type":"revoke"}}""")]
    [InlineData("unsupported", """{"type":"unsupported","unsupported":{"type":"poll_creation"}}""")]
    [InlineData("call_permission_reply", """{"type":"interactive","interactive":{"type":"call_permission_reply"}}""")]
    [InlineData("mystery_2027", """{"type":"mystery_2027"}""")]
    public void Any_kind_may_be_named(string kind, string message)
    {
        Assert.Equal("Ignore", Of($$$"""{"kinds":{"{{{kind}}}":"ignore"}}""", message));
    }

    [Theory]
    [InlineData("""{"kinds":{"text":"maybe"}}""", "kinds.text is \"maybe\": write ignore, show or call.")]
    [InlineData("""{"kinds":{"text":true}}""", "kinds.text is true: write ignore, show or call.")]
    [InlineData("""{"kinds":["text"]}""", "kinds is [\"text\"]: write an object, with ignore, show or call as the values of its members.")]
    [InlineData("""{"kinds":"call"}""", "kinds is \"call\": write an object, with ignore, show or call as the values of its members.")]
    public void What_is_wrong_is_said(string settings, string error)
    {
        Assert.Equal($"SSM parameter /c: {error}", Assert.Throws<ConfigurationException>(() => Of(settings, "{}")).Message);
    }

    [Fact]
    public void There_are_fifty_at_most()
    {
        string kinds = string.Join(',', Enumerable.Range(0, 51).Select(kind => $"\"k{kind}\":\"call\""));

        Assert.Equal("SSM parameter /c: kinds has more than 50 members.", Assert.Throws<ConfigurationException>(() => Of($$"""{"kinds":{ {{kinds}} } }""", "{}")).Message);
    }

    private static string Of(string settings, string message) => $"{Kinds.Read(SettingsReader.OfParameter("/c", settings)).Of(Events.Message(message))}";
}
