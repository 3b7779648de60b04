using WhatsAppBuffer.Contracts.Joining;
using WhatsAppBuffer.Contracts.Settings;

namespace Contracts.Tests.Settings;

public class JoiningSettingsTests
{
    [Fact]
    public void Where_nothing_is_said_texts_of_five_minutes_are_joined_with_line_breaks_and_files_into_albums()
    {
        Assert.Equal(new JoiningSettings("\n", 300, JoinsMedia: true), JoiningSettings.Parse("/c", """{"join_separator":null}"""));
    }

    [Theory]
    [InlineData("\\n", "\n")]
    [InlineData(" ", " ")]
    [InlineData(" | ", " | ")]
    public void A_separator_keeps_its_white_space(string json, string separator)
    {
        Assert.Equal(separator, JoiningSettings.Parse("/c", $$"""{"join_separator":"{{json}}"}""").Separator);
    }

    [Theory]
    [InlineData("\"join_separator\":\"\"", "SSM parameter /c: join_separator is \"\": write a text of 1 to 20 characters.")]
    [InlineData("\"join_separator\":7", "SSM parameter /c: join_separator is 7: write a text of 1 to 20 characters.")]
    [InlineData("\"join_separator\":\"123456789012345678901\"", "SSM parameter /c: join_separator is longer than 20 characters.")]
    [InlineData("\"join_within_seconds\":-1", "SSM parameter /c: join_within_seconds is -1: write whole seconds from 0 to 86400.")]
    [InlineData("\"join_within_seconds\":86401", "SSM parameter /c: join_within_seconds is 86401: write whole seconds from 0 to 86400.")]
    [InlineData("\"join_media\":\"often\"", "SSM parameter /c: join_media is \"often\": write yes or no.")]
    public void A_setting_that_is_wrong_is_named_with_what_to_write(string member, string error)
    {
        Assert.Equal(error, Assert.Throws<ConfigurationException>(() => JoiningSettings.Parse("/c", $$"""{ {{member}} }""")).Message);
    }
}
