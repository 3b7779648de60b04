using System.Globalization;
using System.Text;

namespace WhatsAppBuffer.Contracts.Text;

/// <summary>
/// Cuts a text into pieces within a limit: at the last line break that fits, else at the last white space, else between two grapheme
/// clusters (what a reader sees as one character). Nothing is lost; see <see cref="TextPiece.Separator"/>.
/// </summary>
public static class TextSplitter
{
    /// <summary>The smallest limit: the longest code point in UTF-8, or twice a surrogate pair.</summary>
    public const int MinimumLimit = 4;

    /// <summary>Splits a text.</summary>
    /// <param name="text">Any text. The empty text has no pieces.</param>
    /// <param name="limit">Greatest size of a piece, at least <see cref="MinimumLimit"/>.</param>
    /// <param name="unit">What <paramref name="limit"/> counts.</param>
    /// <returns>
    /// The pieces in order. A single grapheme cluster above the limit is the one thing cut inside: between its code points.
    /// </returns>
    public static IReadOnlyList<TextPiece> Split(string text, int limit, TextUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, MinimumLimit);
        List<TextPiece> pieces = [];
        for (int start = 0; start < text.Length;)
        {
            Cut cut = Next(text.AsSpan(start), limit, unit);
            pieces.Add(new TextPiece(text.Substring(start, cut.Length), text.Substring(start + cut.Length, cut.Separator)));
            start += cut.Length + cut.Separator;
        }

        return pieces;
    }

    private static Cut Next(ReadOnlySpan<char> rest, int limit, TextUnit unit)
    {
        Cut line = default, word = default;
        int size = 0;
        for (int end = 0; end < rest.Length;)
        {
            int length = StringInfo.GetNextTextElementLength(rest[end..]);
            ReadOnlySpan<char> cluster = rest.Slice(end, length);
            if (end > 0 && cluster is "\n" or "\r\n" or "\r")
            {
                line = new Cut(end, length);
            }
            else if (end > 0 && length == 1 && char.IsWhiteSpace(cluster[0]))
            {
                word = new Cut(end, length);
            }

            size += SizeOf(cluster, unit);
            if (size > limit)
            {
                return line.Length > 0 ? line
                    : word.Length > 0 ? word
                    : end > 0 ? new Cut(end, 0)
                    : new Cut(CodePointsWithin(cluster, limit, unit), 0);
            }

            end += length;
        }

        return new Cut(rest.Length, 0);
    }

    private static int CodePointsWithin(ReadOnlySpan<char> cluster, int limit, TextUnit unit)
    {
        int end = 0;
        int size = 0;
        while (true)
        {
            Rune.DecodeFromUtf16(cluster[end..], out _, out int length);
            size += SizeOf(cluster.Slice(end, length), unit);
            if (size > limit)
            {
                return end;
            }

            end += length;
        }
    }

    private static int SizeOf(ReadOnlySpan<char> text, TextUnit unit) =>
        unit == TextUnit.Utf16Chars ? text.Length : Encoding.UTF8.GetByteCount(text);

    private readonly record struct Cut(int Length, int Separator);
}
