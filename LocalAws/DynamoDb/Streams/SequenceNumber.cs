using System.Globalization;

namespace LocalAws.DynamoDb.Streams;

/// <summary>Sequence numbers as DynamoDB writes them: 21 digits here (AWS: 21 to 40), growing within a stream.</summary>
internal static class SequenceNumber
{
    private const string Lead = "1";
    private const int Digits = 20;

    public static string Format(ulong number) => Lead + number.ToString("D20", CultureInfo.InvariantCulture);

    public static ulong? Parse(string? text) =>
        text is { Length: Digits + 1 }
        && text.StartsWith(Lead, StringComparison.Ordinal)
        && ulong.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : null;
}
