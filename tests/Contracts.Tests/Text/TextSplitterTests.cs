using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using WhatsAppBuffer.Contracts.Text;

namespace Contracts.Tests.Text;

public class TextSplitterTests
{
    private const string Family = "👩‍👩‍👧‍👦";

    [Fact]
    public void A_text_within_the_limit_is_one_piece() =>
        Assert.Equal([new TextPiece("abcd", "")], TextSplitter.Split("abcd", 4, TextUnit.Utf16Chars));

    [Fact]
    public void The_empty_text_has_no_pieces() => Assert.Empty(TextSplitter.Split("", 4, TextUnit.Utf16Chars));

    [Fact]
    public void It_is_cut_at_the_last_line_break_that_fits() =>
        Assert.Equal(
            [new TextPiece("one\ntwo", "\n"), new TextPiece("three four", "")],
            TextSplitter.Split("one\ntwo\nthree four", 10, TextUnit.Utf16Chars));

    [Fact]
    public void A_piece_may_fill_the_limit_because_its_separator_is_taken_out() =>
        Assert.Equal([new TextPiece("abcd", "\r\n"), new TextPiece("efgh", "")], TextSplitter.Split("abcd\r\nefgh", 4, TextUnit.Utf16Chars));

    [Fact]
    public void Without_a_line_break_it_is_cut_at_white_space() =>
        Assert.Equal([new TextPiece("one two", " "), new TextPiece("three", "")], TextSplitter.Split("one two three", 9, TextUnit.Utf16Chars));

    [Fact]
    public void Without_white_space_it_is_cut_between_grapheme_clusters() =>
        Assert.Equal([new TextPiece("ab", ""), new TextPiece(Family, "")], TextSplitter.Split("ab" + Family, 12, TextUnit.Utf16Chars));

    [Fact]
    public void Accents_stay_on_their_letter() =>
        Assert.Equal(["abc", "e\u0301f"], TextSplitter.Split("abce\u0301f", 4, TextUnit.Utf16Chars).Select(p => p.Text));

    [Fact]
    public void A_limit_in_bytes_counts_utf8() =>
        Assert.Equal(["ää", "ä"], TextSplitter.Split("äää", 5, TextUnit.Utf8Bytes).Select(p => p.Text));

    [Fact]
    public void A_grapheme_cluster_above_the_limit_is_cut_between_code_points()
    {
        IReadOnlyList<TextPiece> pieces = TextSplitter.Split(Family, 4, TextUnit.Utf16Chars);

        Assert.Equal(Family, string.Concat(pieces.Select(p => p.Text)));
        Assert.All(pieces, p => Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(p.Text))));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_too_small_for_one_character_is_refused(int limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TextSplitter.Split("abc", limit, TextUnit.Utf16Chars));

    [Property(MaxTest = 500)]
    public void Pieces_with_their_separators_are_the_text(int[] letters, byte limit, bool bytes)
    {
        string text = TextOf(letters);
        IReadOnlyList<TextPiece> pieces = TextSplitter.Split(text, 4 + limit % 60, UnitOf(bytes));

        Assert.Equal(text, string.Concat(pieces.Select(p => p.Text + p.Separator)));
    }

    [Property(MaxTest = 500)]
    public void No_piece_is_empty_or_above_the_limit(int[] letters, byte limit, bool bytes)
    {
        int max = 4 + limit % 60;
        Assert.All(TextSplitter.Split(TextOf(letters), max, UnitOf(bytes)), p =>
            Assert.InRange(bytes ? Encoding.UTF8.GetByteCount(p.Text) : p.Text.Length, 1, max));
    }

    [Property(MaxTest = 500)]
    public void Clusters_that_fit_are_never_cut(int[] letters)
    {
        string text = TextOf(letters);
        HashSet<int> boundaries = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
        int position = 0;
        foreach (TextPiece piece in TextSplitter.Split(text, 24, TextUnit.Utf16Chars))
        {
            Assert.Contains(position, boundaries);
            Assert.Contains(position + piece.Text.Length, boundaries);
            position += piece.Text.Length + piece.Separator.Length;
        }
    }

    [Property(MaxTest = 200)]
    public void Any_string_at_all_survives(string? text)
    {
        IReadOnlyList<TextPiece> pieces = TextSplitter.Split(text ?? "", 5, TextUnit.Utf16Chars);

        Assert.Equal(text ?? "", string.Concat(pieces.Select(p => p.Text + p.Separator)));
    }

    private static TextUnit UnitOf(bool bytes) => bytes ? TextUnit.Utf8Bytes : TextUnit.Utf16Chars;

    /// <summary>Texts of what makes splitting hard, more than of random characters.</summary>
    private static string TextOf(int[] letters)
    {
        string[] alphabet = ["a", "bc", " ", "\n", "\r\n", "ä", "e\u0301", "😀", Family, "🇨🇱", "\t", "مر", "…", "word"];
        return string.Concat(letters.Select(letter => alphabet[(int)((uint)letter % alphabet.Length)]));
    }
}
