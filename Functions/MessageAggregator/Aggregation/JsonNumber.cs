namespace WhatsAppBuffer.MessageAggregator.Aggregation;

internal static class JsonNumber
{
    /// <summary>Whether a text is a number by JSON's grammar (RFC 8259, section 6): <c>-0.5e+10</c>, but not <c>.5</c>, <c>+1</c> or <c>01</c>.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'-', ..])
        {
            text = text[1..];
        }

        int digits = DigitsOf(text);
        if (digits == 0 || (digits > 1 && text[0] == '0'))
        {
            return false;
        }

        text = text[digits..];
        if (text is [(byte)'.', ..])
        {
            digits = DigitsOf(text[1..]);
            if (digits == 0)
            {
                return false;
            }

            text = text[(digits + 1)..];
        }

        if (text is [(byte)'e' or (byte)'E', ..])
        {
            text = text is [_, (byte)'+' or (byte)'-', ..] ? text[2..] : text[1..];
            digits = DigitsOf(text);
            if (digits == 0)
            {
                return false;
            }

            text = text[digits..];
        }

        return text.IsEmpty;
    }

    private static int DigitsOf(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}
