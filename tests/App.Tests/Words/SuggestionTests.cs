using WhatsAppBuffer.Simulator.App.Words;

namespace App.Tests.Words;

public class SuggestionTests
{
    [Theory]
    [InlineData("txt", "text")]
    [InlineData("Text", "text")]
    [InlineData("sped", "speed")]
    [InlineData("rapid-brust", "rapid-burst")]
    [InlineData("nothing alike", null)]
    public void The_nearest_word_is_suggested_unless_none_is_near(string word, string? meant) =>
        Assert.Equal(meant, Suggestion.Nearest(word, ["text", "type", "speed", "rapid-burst"]));
}
