using System.Globalization;
using System.Text;
using System.Text.Json;
using WhatsAppBuffer.Contracts;

namespace WhatsAppBuffer.WhatsAppEventHandler.Rendering;

/// <summary>What of a text a reader sees, and how much of it has room.</summary>
internal static class VisibleText
{
    /// <summary>Stands for what was left out.</summary>
    public const string Ellipsis = "…";

    /// <summary>A member as a person reads it; null when it is absent, or there is nothing to see in it.</summary>
    public static string? Readable(this JsonElement element, string name) => element.Words(name) is { } words && IsVisible(words) ? words : null;

    /// <summary>Whether a reader sees anything. A character that this version of Unicode does not know yet is seen, if only as a box.</summary>
    public static bool IsVisible(string text) => text.EnumerateRunes().Any(IsVisible);

    /// <summary>On one line, cut when it is longer, and without what would turn the words around that stand behind it.</summary>
    public static string Brief(string text, int most) =>
        Cut(string.Concat(string.Join(' ', text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)).Where(c => c == '\t' || (!char.IsControl(c) && !TurnsTextAround(c)))), most, Ellipsis);

    /// <summary>As much as fits, between two of what a reader takes for one character.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">The greatest length of the result.</param>
    /// <param name="end">What stands at the end of a text that was cut.</param>
    public static string Cut(string text, int most, string end)
    {
        if (text.Length <= most)
        {
            return text;
        }

        most -= end.Length;
        int cut = 0;
        while (StringInfo.GetNextTextElementLength(text, cut) is var length && cut + length <= most)
        {
            cut += length;
        }

        // One single grapheme can be longer than all that fits; then any whole character will do.
        return (cut > 0 ? text[..cut] : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)]) + end;
    }

    /// <summary>Unicode's embeddings, overrides and isolates: one that is opened holds until the end of the line.</summary>
    private static bool TurnsTextAround(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        // Signs that stand around Arabic, Syriac and Kaithi numbers.
        UnicodeCategory.Format => rune.Value is (>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or 0x110BD or 0x110CD,
        _ => !IsBlank(rune.Value),
    };

    /// <summary>Letters, signs and marks that draw nothing: Unicode's Default_Ignorable_Code_Point beyond the category Format, and the blank Braille pattern.</summary>
    private static bool IsBlank(int value) => value is 0x34F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x2800 or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);
}
