using WhatsAppBuffer.ConnectEventHandler.WhatsApp;

namespace ConnectEventHandler.Tests;

public class MarkdownTextTests
{
    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("**bold** and *italic* and __bold__ and _italic_", "*bold* and _italic_ and *bold* and _italic_")]
    [InlineData("***both***", "_*both*_")]
    [InlineData("~~gone~~ `code`", "~gone~ `code`")]
    [InlineData("[our shop](https://example.com/a?b=c)", "our shop (https://example.com/a?b=c)")]
    [InlineData("<https://example.com>", "https://example.com")]
    [InlineData("- one\n- two", "- one\n- two")]
    [InlineData("1. one\n2. two", "1. one\n2. two")]
    [InlineData("* one\n  * deeper\n* two", "- one\n  - deeper\n- two")]
    [InlineData("# Title\n\nwords", "*Title*\n\nwords")]
    [InlineData("> quoted", "> quoted")]
    [InlineData("first\nsecond\n\nthird", "first\nsecond\n\nthird")]
    [InlineData("```\nlet x = 1;\n```", "```let x = 1;```")]
    [InlineData("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name")]
    [InlineData("a &amp; b <b>c</b>", "a & b <b>c</b>")]
    [InlineData("", "")]
    public void Formatting_is_spelt_as_WhatsApp_spells_it(string markdown, string expected) => Assert.Equal(expected, MarkdownText.Of(markdown));

    [Fact]
    public void Nesting_without_end_is_still_a_text() => Assert.NotEmpty(MarkdownText.Of(new string('>', 50) + " deep " + new string('*', 200)));
}
