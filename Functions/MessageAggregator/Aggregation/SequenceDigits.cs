namespace WhatsAppBuffer.MessageAggregator.Aggregation;

/// <summary>A DynamoDB Streams sequence number: at most 40 digits, compared as a number.</summary>
internal static class SequenceDigits
{
    public const int MaxDigits = 40;

    public static bool IsValid(ReadOnlySpan<byte> digits) => digits.Length is > 0 and <= MaxDigits && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        left = left.TrimStart((byte)'0');
        right = right.TrimStart((byte)'0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }

    /// <summary>With leading zeros to <see cref="MaxDigits"/>, so that DynamoDB compares two of them rightly as strings.</summary>
    public static string Pad(ReadOnlySpan<byte> digits)
    {
        Span<char> padded = stackalloc char[MaxDigits];
        padded.Fill('0');
        for (int i = 0; i < digits.Length; i++)
        {
            padded[MaxDigits - digits.Length + i] = (char)digits[i];
        }

        return new string(padded);
    }
}
