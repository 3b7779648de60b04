using WhatsAppBuffer.Simulator.App.Words;

namespace App.Tests.Words;

public class PluralTests
{
    [Theory]
    [InlineData(0, "0 messages")]
    [InlineData(1, "1 message")]
    [InlineData(2, "2 messages")]
    [InlineData(10_000, "10,000 messages")]
    public void One_is_singular_and_everything_else_plural(int count, string words) => Assert.Equal(words, Plural.Of(count, "message"));

    [Fact]
    public void A_word_may_have_a_plural_of_its_own() => Assert.Equal("2 processes", Plural.Of(2, "process", "processes"));
}
