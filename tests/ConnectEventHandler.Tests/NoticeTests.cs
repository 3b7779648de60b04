using WhatsAppBuffer.ConnectEventHandler.Agents;

namespace ConnectEventHandler.Tests;

public class NoticeTests
{
    [Theory]
    [InlineData(131047, Cause.OutsideTheWindow)]
    [InlineData(131026, Cause.Undeliverable)]
    [InlineData(131049, Cause.Marketing)]
    [InlineData(131050, Cause.Marketing)]
    [InlineData(130429, Cause.Rate)]
    [InlineData(131056, Cause.Rate)]
    [InlineData(131053, Cause.Other)]
    [InlineData(null, Cause.Other)]
    internal void A_code_has_a_cause(int? code, Cause cause) => Assert.Equal(cause, Notice.CauseOf(code));

    [Fact]
    public void Each_cause_is_said_in_each_language_in_words_of_its_own()
    {
        foreach (Cause cause in Enum.GetValues<Cause>())
        {
            IReadOnlyDictionary<string, string> words = Notice.Of("Ada", "Hello", cause, title: null);

            Assert.Equal(["en_US", "es_ES", "pt_BR"], words.Keys);
            Assert.Equal(3, words.Values.Distinct().Count());
            Assert.All(words.Values, text => Assert.Contains("Ada: \"Hello\"", text, StringComparison.Ordinal));
            Assert.All(words.Values, text => Assert.DoesNotMatch("[0-9]{5}", text));
        }
    }

    [Fact]
    public void Another_cause_is_said_in_Metas_words()
    {
        Assert.EndsWith(": Media upload error", Notice.Of(null, "Hello", Cause.Other, "Media upload error")["en_US"], StringComparison.Ordinal);
        Assert.DoesNotContain("upload", Notice.Of(null, "Hello", Cause.Rate, "Media upload error")["en_US"], StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_none() => Assert.Equal("\ufffd half", Notice.Plain("\ud83d half", 60));

    [Fact]
    public void However_long_its_parts_are_a_notice_is_as_long_as_Connect_takes()
    {
        string longest = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 100));

        Assert.All(Notice.Of(longest, Notice.Plain(longest, 60), Cause.Other, longest).Values, text => Assert.InRange(text.Length, 1, Notice.MaxCharacters));
    }

    [Theory]
    [InlineData("[click](http://evil)", "(click)(http://evil)")]
    [InlineData("<a href=x>\r\n\tb\u0007", "(a href=x)   b")]
    public void Words_of_others_are_one_line_without_a_link(string text, string expected) => Assert.Equal(expected, Notice.Plain(text, 60).Replace("    ", "   ", StringComparison.Ordinal));
}
