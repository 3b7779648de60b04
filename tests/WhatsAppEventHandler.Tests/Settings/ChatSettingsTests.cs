using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.Contracts.Settings;
using WhatsAppBuffer.WhatsAppEventHandler.Rendering;
using WhatsAppBuffer.WhatsAppEventHandler.Settings;
using WhatsAppEventHandler.Tests.World;

namespace WhatsAppEventHandler.Tests.Settings;

public class ChatSettingsTests
{
    [Fact]
    public void The_guides_example_is_understood()
    {
        ChatSettings settings = Parse("""{"instance_id":"i-1","contact_flow_id":" f-1 ","chat_duration_minutes":90,"ignore_reactions":"yes","ignore_stickers":"no"}""");

        Assert.Equal(("i-1", "f-1", 90), (settings.InstanceId, settings.ContactFlowId, settings.ChatDurationMinutes));
        Assert.Equal((Attention.Ignore, Attention.Show), (Of("reaction", settings), Of("sticker", settings)));
    }

    [Fact]
    public void What_may_be_missing_has_the_guides_defaults()
    {
        ChatSettings settings = Parse("""{"instance_id":"i-1","contact_flow_id":"f-1","ignore_stickers":null}""");

        Assert.Equal((60, null, Texts.English, JoiningSettings.Default), (settings.ChatDurationMinutes, settings.LateMarker, settings.Texts, settings.Joining));
        Assert.Equal((Attention.Ignore, Attention.Ignore), (Of("reaction", settings), Of("sticker", settings)));
    }

    [Theory]
    [InlineData("\"yes\"", true)]
    [InlineData("\"Yes \"", true)]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"no\"", false)]
    [InlineData("false", false)]
    [InlineData("\"False\"", false)]
    public void Yes_and_no_may_be_words_or_booleans(string value, bool expected) =>
        Assert.Equal(expected, Of("reaction", Parse($$"""{"instance_id":"i","contact_flow_id":"f","ignore_reactions":{{value}}}""")) is Attention.Ignore);

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
    [InlineData("""{"instance_id":"i","contact_flow_id":"f","join_within_seconds":"5"}""", "SSM parameter /config: join_within_seconds is \"5\": write whole seconds from 0 to 86400.")]
    [InlineData("""[]""", "SSM parameter /config is not a JSON object.")]
    public void What_is_wrong_is_said_with_the_name_of_the_parameter_and_the_member(string json, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Parse(json)).Message);

    [Theory]
    [InlineData("en", "[Late: written 29 Nov 2026, 14:05 UTC]")]
    [InlineData("es", "[Con retraso: escrito el 29 nov 2026, 14:05 UTC]")]
    [InlineData(" PT", "[Com atraso: escrito em 29 nov 2026, 14:05 UTC]")]
    public void The_language_is_a_setting_and_the_late_line_is_in_it(string language, string line)
    {
        ChatSettings settings = Parse($$"""{"instance_id":"i","contact_flow_id":"f","language":"{{language}}"}""");

        Assert.Equal((Texts.Languages[language.Trim().ToLowerInvariant()], line), (settings.Texts, settings.LateLine(1_795_961_100)));
    }

    [Theory]
    [InlineData("Lima")]
    [InlineData("GMT+25")]
    [InlineData("../etc/passwd")]
    public void A_time_zone_that_is_not_known_is_said_with_what_to_write(string zone) => Assert.Equal(
        $"SSM parameter /config: time_zone is \"{zone}\": write the name of a zone in the IANA database, such as America/Lima.",
        Assert.Throws<ConfigurationException>(() => Parse($$"""{"instance_id":"i","contact_flow_id":"f","time_zone":"{{zone}}"}""")).Message);

    [Fact]
    public void A_parameter_that_is_not_JSON_is_named() =>
        Assert.StartsWith("SSM parameter /config is not JSON: ", Assert.Throws<ConfigurationException>(() => Parse("{instance")).Message, StringComparison.Ordinal);

    private static Attention Of(string type, ChatSettings settings) => settings.Kinds.Of(Events.Message($$"""{"type":"{{type}}"}"""));

    private static ChatSettings Parse(string json) => ChatSettings.Parse("/config", json);
}
