using WhatsAppBuffer.WhatsAppEventHandler.Rendering;

namespace WhatsAppEventHandler.Tests.Rendering;

public class VisibleTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData("\uFFA0")]
    [InlineData("\u115F\u1160")]
    [InlineData("\u200B\u200C\u200D\u2060\uFEFF")]
    [InlineData("\u200E\u202E\u2066")]
    [InlineData("\u00AD\u034F\u061C")]
    [InlineData("\u17B4\u180B\u180E\u2065\u3000")]
    [InlineData("\uFE0F\uFE00")]
    [InlineData("\U000E0041\U000E0100")]
    [InlineData("\u0085\u2028\u2029\0")]
    public void What_draws_nothing_is_not_seen(string text) => Assert.False(VisibleText.IsVisible(text));

    [Theory]
    [InlineData(".")]
    [InlineData("\u3164a")]
    [InlineData("👍🏽")]
    [InlineData("ㅎ")]
    [InlineData("\u2801")]
    [InlineData("\u06DD")]
    [InlineData("\uE000")]
    [InlineData("\U0001FAFF")]
    [InlineData("\u0378")]
    public void What_draws_something_is_seen_even_if_its_only_a_box(string text) => Assert.True(VisibleText.IsVisible(text));

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "long…")]
    [InlineData("two\r\nlines\n\nhere", 20, "two lines here")]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 14, "👩‍👩‍👧‍👦…")]
    public void What_has_no_room_is_cut_between_two_characters(string text, int most, string expected) => Assert.Equal(expected, VisibleText.Brief(text, most));
}
