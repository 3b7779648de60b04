using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace WhatsAppBuffer.Contracts;

/// <summary>
/// Escapes what JSON demands, that is control characters, quotation marks and backslashes, and U+FFFE and U+FFFF, which SQS refuses. What is no Unicode,
/// such as half an emoji, becomes U+FFFD. The framework's own encoders escape all that lies beyond U+FFFF; the pointers are their base class's.
/// </summary>
internal sealed class ReadableEncoder : JavaScriptEncoder
{
    private static readonly char[] EscapedAscii = [.. Enumerable.Range(0, ' ').Select(control => (char)control), '"', '\\'];
    private static readonly SearchValues<char> EscapedCharacters = SearchValues.Create([.. EscapedAscii, '\ufffe', '\uffff']);
    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([.. EscapedAscii.Select(character => (byte)character)]);

    /// <summary><c>\u001f</c>.</summary>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\' or 0xFFFE or 0xFFFF;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var characters = new ReadOnlySpan<char>(text, textLength);
        int escaped = characters.IndexOfAny(EscapedCharacters);
        int lone = LoneSurrogateIn(escaped < 0 ? characters : characters[..escaped]);
        return lone < 0 ? escaped : lone;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        int escaped = utf8Text.IndexOfAny(EscapedBytes);
        ReadOnlySpan<byte> before = escaped < 0 ? utf8Text : utf8Text[..escaped];
        bool isPlain = Utf8.IsValid(before) && before.IndexOf("\ufffe"u8) < 0 && before.IndexOf("\uffff"u8) < 0;
        return isPlain ? escaped : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        string written = unicodeScalar switch
        {
            '\b' => @"\b",
            '\t' => @"\t",
            '\n' => @"\n",
            '\f' => @"\f",
            '\r' => @"\r",
            '"' => "\\\"",
            '\\' => @"\\",
            < ' ' or 0xFFFE or 0xFFFF => string.Create(CultureInfo.InvariantCulture, $"\\u{unicodeScalar:x4}"),
            _ => char.ConvertFromUtf32(unicodeScalar),
        };
        bool fits = written.TryCopyTo(new Span<char>(buffer, bufferLength));
        numberOfCharactersWritten = fits ? written.Length : 0;
        return fits;
    }

    private static int LoneSurrogateIn(ReadOnlySpan<char> text)
    {
        for (int at = 0; text[at..].IndexOfAnyInRange('\ud800', '\udfff') is >= 0 and var next; at += 2)
        {
            at += next;
            if (Rune.DecodeFromUtf16(text[at..], out _, out _) != OperationStatus.Done)
            {
                return at;
            }
        }

        return -1;
    }
}
