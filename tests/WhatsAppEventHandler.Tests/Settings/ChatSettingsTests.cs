using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;

namespace WhatsAppEventHandler.Tests.Settings;

public class ChatSettingsTests
{
    [Fact]
    public void The_guides_example_is_understood() => Assert.Equal(
        new ChatSettings("i-1", "f-1", 90, IgnoreReactions: true, IgnoreStickers: false, "[Late: written before what is above]", Texts.English),
        Parse("""{"instance_id":"i-1","contact_flow_id":" f-1 ","chat_duration_minutes":90,"ignore_reactions":"yes","ignore_stickers":"no"}"""));

    [Fact]
    public void What_may_be_missing_has_the_guides_defaults() => Assert.Equal(
        new ChatSettings("i-1", "f-1", 60, IgnoreReactions: true, IgnoreStickers: true, "[Late: written before what is above]", Texts.English),
        Parse("""{"instance_id":"i-1","contact_flow_id":"f-1","ignore_stickers":null}"""));

    [Theory]
    [InlineData("\"yes\"", true)]
    [InlineData("\"Yes \"", true)]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"no\"", false)]
    [InlineData("false", false)]
    [InlineData("\"False\"", false)]
    public void Yes_and_no_may_be_words_or_booleans(string value, bool expected) =>
        Assert.Equal(expected, Parse($$"""{"instance_id":"i","contact_flow_id":"f","ignore_reactions":{{value}}}""").IgnoreReactions);

    [Theory]
    [InlineData("""{"contact_flow_id":"f"}""", "SSM parameter /config: instance_id is missing or empty: write the id from the Amazon Connect console.")]
    [InlineData("""{"instance_id":"i","contact_flow_id":""}""", "SSM parameter /config: contact_flow_id is missing or empty: write the id from the Amazon Connect console.")]
    [InlineData("""{"instance_id":"<your-connect-instance-id>","contact_flow_id":"f"}""", "SSM parameter /config: instance_id is still the placeholder <your-connect-instance-id>: write the id from the Amazon Connect console.")]
    [InlineData("""{"instance_id":"i","contact_flow_id":"f","chat_duration_minutes":59}""", "SSM parameter /config: chat_duration_minutes is 59: write a whole number from 60 to 10080.")]
    [InlineData("""{"instance_id":"i","contact_flow_id":"f","chat_duration_minutes":10081}""", "SSM parameter /config: chat_duration_minutes is 10081: write a whole number from 60 to 10080.")]
    [InlineData("""{"instance_id":"i","contact_flow_id":"f","chat_duration_minutes":"60"}""", "SSM parameter /config: chat_duration_minutes is \"60\": write a whole number from 60 to 10080.")]
    [InlineData("""{"instance_id":"i","contact_flow_id":"f","ignore_stickers":"maybe"}""", "SSM parameter /config: ignore_stickers is \"maybe\": write yes or no.")]
    [InlineData("""{"instance_id":"i","contact_flow_id":"f","language":"fr"}""", "SSM parameter /config: language is \"fr\": write en, es or pt.")]
    [InlineData("""{"instance_id":"i","contact_flow_id":"f","language":1}""", "SSM parameter /config: language is 1: write en, es or pt.")]
    [InlineData("""[]""", "SSM parameter /config is not a JSON object.")]
    public void What_is_wrong_is_said_with_the_name_of_the_parameter_and_the_member(string json, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Parse(json)).Message);

    [Theory]
    [InlineData("en", "[Late: written before what is above]")]
    [InlineData("es", "[Con retraso: escrito antes de lo anterior]")]
    [InlineData(" PT", "[Com atraso: escrito antes do que está acima]")]
    public void The_language_is_a_setting_and_the_late_marker_is_in_it(string language, string marker)
    {
        ChatSettings settings = Parse($$"""{"instance_id":"i","contact_flow_id":"f","language":"{{language}}"}""");

        Assert.Equal((Texts.Languages[language.Trim().ToLowerInvariant()], marker), (settings.Texts, settings.LateMarker));
    }

    [Fact]
    public void A_parameter_that_is_not_JSON_is_named() =>
        Assert.StartsWith("SSM parameter /config is not JSON: ", Assert.Throws<ConfigurationException>(() => Parse("{instance")).Message, StringComparison.Ordinal);

    private static ChatSettings Parse(string json) => ChatSettings.Parse("/config", json);
}
