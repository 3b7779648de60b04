namespace WhatsAppBuffer.Contracts.Text;

/// <summary>One piece of a text that was too long.</summary>
/// <param name="Text">The piece, never empty.</param>
/// <param name="Separator">
/// What was taken out between this piece and the next: a line break, one white-space character, or nothing. All pieces with their
/// separators, in order, are the original text.
/// </param>
public readonly record struct TextPiece(string Text, string Separator);

/// <summary>What a length limit counts.</summary>
public enum TextUnit
{
    /// <summary>UTF-16 code units, as <see cref="string.Length"/> does.</summary>
    Utf16Chars,

    /// <summary>Bytes of the text in UTF-8.</summary>
    Utf8Bytes,
}
